import type { SiteSignals } from '@beckon/protocol'
import { timeOfDay } from '../parts/durations.ts'

/** One of the four checks; it turns by itself as signals arrive. */
export type Check = {
  id: string
  state: 'passed' | 'running' | 'later' | 'failed'
  title: string
  text: string
  /** The origin a click would allow. */
  allow?: string
  /** A line to copy into the website's security policy. */
  line?: string
}

export type CheckInput = {
  signals: SiteSignals | undefined
  /** How long the last answer took; undefined while there is none. */
  answeredMs: number | undefined
  publicUrl: string
  origins: readonly string[]
  siteUrl: string | undefined
  off: boolean
  now: number
}

/** The tracker says hello within 10 s of being fetched, or something stops it. */
const HELLO_WITHIN_MS = 10_000

/** Explains “nobody shows up” from what the server has really seen (W18). */
export function checksOf(input: CheckInput): Check[] {
  return [reachable(input), allowed(input), loaded(input), arrived(input)]
}

function reachable({ signals, answeredMs, publicUrl }: CheckInput): Check {
  const base = { id: 'reachable' as const, title: 'Beckon can be reached from here' }
  if (signals && answeredMs !== undefined) {
    const scheme = publicUrl.startsWith('https:') ? 'HTTPS' : 'HTTP'
    return { ...base, state: 'passed', text: `It answers over ${scheme} in ${answeredMs} ms.` }
  }
  return { ...base, state: 'running', text: 'Asking.' }
}

function allowed({ signals, origins, off }: CheckInput): Check {
  const base = { id: 'allowed' as const, title: 'The website is allowed' }
  if (off) {
    return {
      ...base,
      state: 'failed',
      text: 'This site is switched off. Switch it on below and save.',
    }
  }
  const refused = signals?.refusedOrigins[0]
  // A later hit shows that what was refused before is not the website we wait for.
  if (refused && refused.at > (signals?.lastHit?.at ?? 0)) {
    if (!/^https?:/.test(refused.origin)) {
      return {
        ...base,
        state: 'failed',
        text: 'A hit came from a page without an address of its own, such as a file or a sandboxed frame. Open the page from its web server.',
      }
    }
    return {
      ...base,
      state: 'failed',
      text: `A hit came from ${refused.origin}, which is not allowed.`,
      allow: refused.origin,
    }
  }
  const first = origins.find((origin) => !origin.startsWith('*')) ?? origins[0]
  if (!first)
    return {
      ...base,
      state: 'failed',
      text: 'No origin is allowed yet. Add the address of the website.',
    }
  const subdomains = origins.includes(`*.${first}`) ? ' Subdomains too.' : ''
  return { ...base, state: 'passed', text: `Pages on ${first} may send hits.${subdomains}` }
}

function loaded({ signals, publicUrl, siteUrl, now }: CheckInput): Check {
  const base = { id: 'loaded' as const, title: 'The script has loaded' }
  if (signals?.helloAt || signals?.lastHit) {
    const at = signals.helloAt ?? signals.lastHit?.at ?? now
    return { ...base, state: 'passed', text: `It reported at ${timeOfDay(at)}.` }
  }
  const { wrongKey } = signals ?? {}
  if (wrongKey) {
    return {
      ...base,
      state: 'failed',
      text: `It came at ${timeOfDay(wrongKey.at)} with the site key “${wrongKey.key}”, which no site has. Copy the snippet above again.`,
    }
  }
  if (siteUrl?.startsWith('https:') && publicUrl.startsWith('http:') && !isLoopback(publicUrl)) {
    return {
      ...base,
      state: 'failed',
      text: 'The website uses HTTPS, but Beckon answers over HTTP, so browsers refuse the script. Give Beckon an https address.',
    }
  }
  const fetched = signals?.scriptFetchedAt
  if (fetched && now - fetched > HELLO_WITHIN_MS) {
    return {
      ...base,
      state: 'failed',
      text: `It was fetched at ${timeOfDay(fetched)} but has not reported. The visitor’s consent may be pending, a network may block WebSockets, or the website’s security policy stops it; “Check a page” below tells which. For the policy:`,
      line: policyLine(publicUrl),
    }
  }
  if (fetched) return { ...base, state: 'running', text: 'It was fetched. Waiting for its report.' }
  return {
    ...base,
    state: 'running',
    text: 'Not yet seen. If it stays like this, a content blocker or a security policy may stop it.',
  }
}

function arrived({ signals }: CheckInput): Check {
  const base = { id: 'arrived' as const, title: 'A page view has arrived' }
  const hit = signals?.lastHit
  if (!hit && signals?.botAt) {
    return {
      ...base,
      state: 'failed',
      text: `Only automated browsers came, last at ${timeOfDay(signals.botAt)}. They stand apart under bots in Who’s On; open the website in an ordinary browser.`,
    }
  }
  if (!hit) return { ...base, state: 'later', text: 'Follows the script.' }
  return { ...base, state: 'passed', text: `Last hit at ${timeOfDay(hit.at)}.` }
}

/** What a strict security policy of the website must allow. */
export function policyLine(publicUrl: string): string {
  const socket = publicUrl.replace(/^http/, 'ws')
  return `script-src ${publicUrl}; connect-src ${publicUrl} ${socket}`
}

const isLoopback = (url: string) => /^https?:\/\/(localhost|127\.|\[::1\])/.test(url)
