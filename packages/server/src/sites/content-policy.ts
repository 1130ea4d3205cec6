import { attributeOf, tagsNamed } from './tags.ts'

/*
 * What a page's Content-Security-Policy means for a script and its socket. Only as much of the
 * standard as decides that; in doubt it finds nothing, since the visitors themselves show the rest.
 */

export type ContentPolicy = {
  /** `nonce`: scripts are told by a nonce or a hash, not by their address. */
  script(url: URL, self: URL): 'yes' | 'no' | 'nonce'
  connect(url: URL, self: URL): boolean
}

/** Every policy holds, whether a header or the page itself says it. */
export function policiesOf(
  header: string | readonly string[] | undefined,
  html: string,
): ContentPolicy[] {
  const texts = [header ?? []].flat().flatMap((text) => text.split(','))
  for (const tag of tagsNamed(html, 'meta')) {
    const says = attributeOf(tag, 'http-equiv')
    const content = attributeOf(tag, 'content')
    if (says?.toLowerCase() === 'content-security-policy' && content) texts.push(content)
  }
  return texts.filter((text) => text.trim()).map(readPolicy)
}

function readPolicy(text: string): ContentPolicy {
  const directives = new Map<string, string[]>()
  for (const part of text.split(';')) {
    const [name, ...sources] = part.trim().split(/\s+/)
    const key = name?.toLowerCase()
    // Said twice, the first one holds.
    if (key && !directives.has(key)) directives.set(key, sources)
  }
  const first = (...names: string[]) => {
    for (const name of names) {
      const sources = directives.get(name)
      if (sources) return sources
    }
    return undefined
  }
  return {
    script(url, self) {
      const sources = first('script-src-elem', 'script-src', 'default-src')
      if (!sources) return 'yes'
      if (sources.some((source) => source.toLowerCase() === "'strict-dynamic'")) return 'nonce'
      if (sources.some((source) => matches(source, url, self))) return 'yes'
      return sources.some((source) => /^'nonce-/i.test(source)) ? 'nonce' : 'no'
    },
    connect(url, self) {
      const sources = first('connect-src', 'default-src')
      return !sources || sources.some((source) => matches(source, url, self))
    },
  }
}

const SOURCE =
  /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\*|(?:\*\.)?[^/:?#]+|\[[0-9a-f:.]+\])(?::(\d+|\*))?(\/[^?#]*)?$/i

function matches(source: string, url: URL, self: URL): boolean {
  if (source === '*') return true
  if (source.toLowerCase() === "'self'") return url.host === self.host
  if (source.startsWith("'")) return false
  const scheme = /^([a-z][a-z0-9+.-]*):$/i.exec(source)?.[1]
  if (scheme) return schemeFits(scheme, url)
  const parts = SOURCE.exec(source)
  if (!parts) return false
  const [, named, host = '', port, path] = parts
  if (named && !schemeFits(named, url)) return false
  const name = host.toLowerCase()
  const hostFits =
    name === '*' ||
    (name.startsWith('*.') ? url.hostname.endsWith(name.slice(1)) : url.hostname === name)
  if (!hostFits) return false
  const standard = /^(https|wss):$/.test(url.protocol) ? '443' : '80'
  if (port !== '*' && (port ?? standard) !== (url.port || standard)) return false
  if (!path || path === '/') return true
  return path.endsWith('/') ? url.pathname.startsWith(path) : url.pathname === path
}

/** http says https as well and ws says wss, but http does not say ws. */
const schemeFits = (scheme: string, url: URL): boolean => {
  const named = scheme.toLowerCase()
  const own = url.protocol.slice(0, -1)
  return named === own || (named === 'http' && own === 'https') || (named === 'ws' && own === 'wss')
}
