import type { VisitRow } from '@beckon/protocol'
import Bowser from 'bowser'
import { isbot } from 'isbot'

export type Browser = {
  readonly browser?: string
  readonly os?: string
  readonly device?: VisitRow['device']
  readonly bot: boolean
}

const DEVICES: Readonly<Record<string, VisitRow['device']>> = {
  desktop: 'desktop',
  mobile: 'phone',
  tablet: 'tablet',
  tv: 'tv',
}
/** A few hundred user agents cover nearly every visitor; a flood of made-up ones must not grow us. */
const KEPT = 2_000
const LENGTH = 512
const cache = new Map<string, Browser>()

/** What a User-Agent header says. Same object for the same header, so that visits share it. */
export function readBrowser(userAgent: string): Browser {
  const key = userAgent.length > LENGTH ? userAgent.slice(0, LENGTH) : userAgent
  const known = cache.get(key)
  if (known) {
    cache.delete(key)
    cache.set(key, known)
    return known
  }
  const fresh = parse(key)
  cache.set(key, fresh)
  if (cache.size > KEPT) {
    const oldest = cache.keys().next().value
    if (oldest !== undefined) cache.delete(oldest)
  }
  return fresh
}

function parse(userAgent: string): Browser {
  // No header at all is no browser of a person.
  if (!userAgent) return { bot: true }
  const bot = isbot(userAgent)
  try {
    const found = Bowser.parse(userAgent)
    const device = found.platform.type ? (DEVICES[found.platform.type] ?? 'other') : undefined
    const version = found.browser.version?.split('.')[0]
    const name = found.browser.name
    return {
      browser: name && (version ? `${name} ${version}` : name),
      os: found.os.name && [found.os.name, found.os.versionName].filter(Boolean).join(' '),
      device,
      bot,
    }
  } catch {
    return { bot }
  }
}
