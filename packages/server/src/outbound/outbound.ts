import { lookup } from 'node:dns/promises'
import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import https from 'node:https'
import { isIP } from 'node:net'
import { within } from '../time/pause.ts'
import { reachOf } from './address.ts'

/** Which addresses may be asked: loopback and further ports only where Beckon itself is on loopback. */
export type OutboundPolicy = { loopback: boolean; ports: readonly string[] }

export type FaultCode =
  | 'bad_address'
  | 'not_public'
  | 'port_closed'
  | 'unknown_host'
  | 'not_answering'
  | 'certificate'
  | 'slow'
  | 'too_many_redirects'

/** Why nothing came back; `url` is where it ended. */
export class OutboundFault extends Error {
  readonly code: FaultCode
  readonly url: string
  constructor(code: FaultCode, url: string) {
    super(`${code}: ${url}`)
    this.name = 'OutboundFault'
    this.code = code
    this.url = url
  }
}

export type Fetched = { url: string; status: number; headers: IncomingHttpHeaders; body: string }

type Resolve = (host: string) => Promise<readonly string[]>
type Limits = { ms: number; bytes: number; redirects: number }

const LIMITS: Limits = { ms: 5_000, bytes: 1024 * 1024, redirects: 3 }
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

const ask: Resolve = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address)

/**
 * The one way by which the server asks an address that somebody typed (T10). A name is resolved
 * once and the connection goes to the address that was looked at, so it cannot be another one by
 * then; every redirect is looked at anew. No cookie, no account, no more than a megabyte in five
 * seconds; a longer page is cut.
 */
export function createOutbound({
  policy,
  resolve = ask,
  limits = LIMITS,
}: {
  policy: () => OutboundPolicy
  resolve?: Resolve
  limits?: Limits
}) {
  async function follow(from: string, signal: AbortSignal): Promise<Fetched> {
    let url = from
    for (let hop = 0; hop <= limits.redirects; hop++) {
      const target = readTarget(url, policy())
      const address = await addressOf(target)
      signal.throwIfAborted()
      const { message, body } = await getOnce(target, address, signal)
      const { location } = message.headers
      if (!REDIRECTS.has(message.statusCode ?? 0) || !location) {
        return { url, status: message.statusCode ?? 0, headers: message.headers, body }
      }
      if (!URL.canParse(location, url)) throw new OutboundFault('bad_address', url)
      url = new URL(location, url).href
    }
    throw new OutboundFault('too_many_redirects', url)
  }

  /** One suspicious address among several is enough: which one is used is not ours to guess. */
  async function addressOf(target: URL): Promise<string> {
    const host = target.hostname.replace(/^\[|\]$/g, '')
    const addresses = isIP(host)
      ? [host]
      : await resolve(host).catch(() => {
          throw new OutboundFault('unknown_host', target.href)
        })
    const [first] = addresses
    if (first === undefined) throw new OutboundFault('unknown_host', target.href)
    const { loopback } = policy()
    for (const address of addresses) {
      const reach = reachOf(address)
      if (reach === 'public' || (loopback && reach === 'loopback')) continue
      throw new OutboundFault('not_public', target.href)
    }
    return first
  }

  function getOnce(
    target: URL,
    address: string,
    signal: AbortSignal,
  ): Promise<{ message: IncomingMessage; body: string }> {
    const { request } = target.protocol === 'https:' ? https : http
    const host = target.hostname.replace(/^\[|\]$/g, '')
    return new Promise((resolve, reject) => {
      const asked = request({
        method: 'GET',
        host: address,
        port: portOf(target),
        path: `${target.pathname}${target.search}`,
        headers: {
          host: target.host,
          accept: 'text/html',
          'accept-encoding': 'identity',
          'user-agent': 'Beckon page check',
        },
        ...(isIP(host) ? {} : { servername: host }),
        agent: false,
        signal,
      })
      const fail = (error: Error) => reject(faultOf(error, target.href))
      asked.on('error', fail)
      asked.once('response', (message) => {
        const chunks: Buffer[] = []
        let bytes = 0
        const done = () => {
          resolve({ message, body: Buffer.concat(chunks).subarray(0, limits.bytes).toString() })
          asked.destroy()
        }
        // Where it leads is all that a redirect has to say.
        if (REDIRECTS.has(message.statusCode ?? 0)) return done()
        message.on('data', (chunk: Buffer) => {
          chunks.push(chunk)
          bytes += chunk.length
          if (bytes >= limits.bytes) done()
        })
        message.once('end', done)
        message.on('error', fail)
      })
      asked.end()
    })
  }

  return {
    /** The page at an address, or an `OutboundFault`. */
    async get(url: string): Promise<Fetched> {
      const stop = new AbortController()
      return within(limits.ms, follow(url, stop.signal), () => {
        stop.abort()
        throw new OutboundFault('slow', url)
      })
    },
  }
}
export type Outbound = ReturnType<typeof createOutbound>

const portOf = (url: URL): string => url.port || (url.protocol === 'https:' ? '443' : '80')

function readTarget(address: string, policy: OutboundPolicy): URL {
  if (!URL.canParse(address)) throw new OutboundFault('bad_address', address)
  const url = new URL(address)
  const web = url.protocol === 'http:' || url.protocol === 'https:'
  if (!web || url.username || url.password || !url.hostname) {
    throw new OutboundFault('bad_address', url.href)
  }
  if (!policy.ports.includes(portOf(url))) throw new OutboundFault('port_closed', url.href)
  return url
}

function faultOf(error: Error & { code?: string }, url: string): OutboundFault {
  const certificate = /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(error.code ?? '')
  return new OutboundFault(certificate ? 'certificate' : 'not_answering', url)
}
