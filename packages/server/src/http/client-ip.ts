import type { IncomingHttpHeaders } from 'node:http'
import ipaddr from 'ipaddr.js'

/*
 * The one function that says which address a request came from (T27): limits, bans, geo and logs
 * all use it. Nothing is believed unless the operator named the proxies, by range or by number,
 * and then the list is read from its right end, where the nearest proxy wrote.
 */

type Address = ipaddr.IPv4 | ipaddr.IPv6
export type Trust =
  | { kind: 'nobody' }
  | { kind: 'hops'; hops: number }
  | { kind: 'ranges'; ranges: [Address, number][] }

const NAMED_RANGES: Record<string, string[]> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
}

/** What BECKON_TRUST_PROXY means: a number of proxies, or a list of addresses and CIDR ranges. */
export function parseTrust(setting: string | number | readonly string[] | undefined): Trust {
  if (setting === undefined || setting === '') return { kind: 'nobody' }
  if (typeof setting === 'number') return hops(setting)
  if (typeof setting === 'string' && /^\d+$/.test(setting.trim())) return hops(Number(setting))
  const parts = typeof setting === 'string' ? setting.split(/[\s,]+/) : setting
  const ranges = parts.filter(Boolean).flatMap((part) => NAMED_RANGES[part] ?? [part])
  return { kind: 'ranges', ranges: ranges.map(parseRange) }
}

const hops = (count: number): Trust =>
  count > 0 ? { kind: 'hops', hops: count } : { kind: 'nobody' }

function parseRange(text: string): [Address, number] {
  if (!text.includes('/')) {
    const address = ipaddr.process(text)
    return [address, address.kind() === 'ipv4' ? 32 : 128]
  }
  return ipaddr.parseCIDR(text)
}

/** Host headers of proxies may carry ports and brackets; a zone is local to the machine that wrote it. */
function parseAddress(text: string): Address | undefined {
  const bare =
    /^\[([^\]]+)\](?::\d{1,5})?$/.exec(text)?.[1] ?? text.replace(/^([\d.]+):\d{1,5}$/, '$1')
  const address = bare.replace(/%.*$/, '')
  const wellFormed = ipaddr.IPv4.isValidFourPartDecimal(address) || ipaddr.IPv6.isValid(address)
  return wellFormed ? ipaddr.process(address) : undefined
}

const within = (address: Address, [base, bits]: [Address, number]): boolean =>
  address.kind() === base.kind() && address.match(base as never, bits)

/** The client's address in canonical text; `0.0.0.0` when the socket itself has none (already closed). */
export function clientIp(
  request: { headers: IncomingHttpHeaders; peer: string | undefined },
  trust: Trust,
): string {
  let current = parseAddress(request.peer ?? '') ?? ipaddr.parse('0.0.0.0')
  if (trust.kind === 'nobody') return current.toString()

  const header = request.headers['x-forwarded-for']
  const list = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',')
  for (let hop = 1; list.length > 0; hop++) {
    const believed =
      trust.kind === 'hops'
        ? hop <= trust.hops
        : trust.ranges.some((range) => within(current, range))
    if (!believed) break
    const next = parseAddress((list.pop() ?? '').trim())
    // What a trusted proxy did not write as an address ends the chain: the rest is hearsay.
    if (!next) break
    current = next
  }
  return current.toString()
}

/** One household or server: an IPv4 address, or the /64 an IPv6 address belongs to. */
export function addressBlock(ip: string): string {
  const address = parseAddress(ip)
  if (!address) return 'unknown'
  if (address.kind() === 'ipv4') return address.toString()
  const parts = (address as ipaddr.IPv6).parts.slice(0, 4).map((part) => part.toString(16))
  return `${parts.join(':')}::/64`
}
