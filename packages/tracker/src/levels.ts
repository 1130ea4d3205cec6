import type { PrivacyLevel } from '@beckon/protocol'

/** What the page's consent tool says. `pending`: it has not asked yet; `none`: the visitor said no. */
export type Consent = PrivacyLevel | 'pending' | 'none'

const ranks: Record<PrivacyLevel, number> = { presence: 0, visit: 1, returning: 2 }

const isLevel = (value: unknown): value is PrivacyLevel =>
  value === 'presence' || value === 'visit' || value === 'returning'

const lower = (a: PrivacyLevel, b: PrivacyLevel): PrivacyLevel => (ranks[a] < ranks[b] ? a : b)

/** `beckon.consent(true | false | level | 'none')`; anything else is taken as no. */
export const consentOf = (value: unknown): Consent =>
  value === true || value === 'granted' ? 'returning' : isLevel(value) ? value : 'none'

/** The highest level this browser's side allows, or undefined: stay away. */
export function allowedLevel(consent: Consent, tag: string | null): PrivacyLevel | undefined {
  if (consent === 'pending' || consent === 'none') return undefined
  const level = isLevel(tag) ? lower(tag, consent) : consent
  // Global Privacy Control: nothing is stored (DESIGN §4).
  const { globalPrivacyControl } = navigator as { globalPrivacyControl?: unknown }
  return globalPrivacyControl === true ? lower('presence', level) : level
}

/** Storage went beyond what was allowed: a service the visitor asked for by replying. */
export const isAbove = (level: PrivacyLevel, allowed: PrivacyLevel): boolean =>
  ranks[level] > ranks[allowed]
