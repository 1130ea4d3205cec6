/**
 * Which pages may use a site's key (DESIGN §10): `[scheme://]host[:port]` or `*.host`. No scheme
 * means http and https; no port means the scheme's default one, but any port on loopback, where
 * development servers live. The Origin header is a browser's word: it stops other web pages, not
 * programs.
 */
type Rule = { scheme: string | undefined; host: string; below: boolean; port: string | undefined }

const PORTS: Readonly<Record<string, string>> = { http: '80', https: '443' }
const RULE = /^(?:(https?):\/\/)?(\*\.)?(\[[0-9a-f:.]+\]|[^\s/:?#@[\]*\\]+)(?::(\d{1,5}))?\/?$/

export function originAllowed(origin: string | undefined, rules: readonly string[]): boolean {
  const page = readOrigin(origin)
  if (!page) return false
  for (const text of rules) {
    const rule = ruleOf(text)
    if (rule && obeys(page, rule)) return true
  }
  return false
}

/** What is wrong with a rule somebody typed, or undefined. */
export const originRuleFault = (text: string): string | undefined =>
  ruleOf(text) ? undefined : 'Write an origin as [scheme://]host[:port] or *.host.'

export function isLoopbackHost(host: string): boolean {
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '[::1]' ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
  )
}

type Page = { scheme: string; host: string; port: string }

/** Only the exact serialisation a browser sends counts: no path, no user, no odd spelling. */
export function readOrigin(origin: string | undefined): Page | undefined {
  if (!origin || origin.length > 300) return undefined
  let url: URL
  try {
    url = new URL(origin)
  } catch {
    return undefined
  }
  const scheme = url.protocol.slice(0, -1)
  const standard = PORTS[scheme]
  if (!standard || url.origin !== origin || url.hostname.endsWith('.')) return undefined
  return { scheme, host: url.hostname, port: url.port || standard }
}

function obeys(page: Page, rule: Rule): boolean {
  if (rule.scheme && rule.scheme !== page.scheme) return false
  const hostFits = rule.below ? page.host.endsWith(`.${rule.host}`) : page.host === rule.host
  if (!hostFits) return false
  if (rule.port) return rule.port === page.port
  return isLoopbackHost(page.host) || page.port === PORTS[page.scheme]
}

// Rules are few and read on every hello; parsing them again each time would be waste.
const known = new Map<string, Rule | undefined>()

function ruleOf(text: string): Rule | undefined {
  if (known.has(text)) return known.get(text)
  if (known.size > 10_000) known.clear()
  const rule = readRule(text)
  known.set(text, rule)
  return rule
}

function readRule(text: string): Rule | undefined {
  const parts = RULE.exec(text.trim().toLowerCase())
  if (!parts) return undefined
  const [, scheme, star, name, port] = parts
  if (!name || Number(port ?? 1) > 65_535 || Number(port ?? 1) < 1) return undefined
  try {
    // The URL parser turns international names into what browsers send.
    const host = new URL(`http://${name}`).hostname
    if (!host || host.endsWith('.') || (star && /^[\d.]+$|^\[/.test(host))) return undefined
    return { scheme, host, below: star !== undefined, port: port && String(Number(port)) }
  } catch {
    return undefined
  }
}
