import type { PrivacyLevel } from '@beckon/protocol'
import { quietly } from './guest.ts'

// From the least to the most kept.
const ranks: Record<string, number> = { presence: 1, visit: 2, returning: 3 }
/** Not a number, and so neither above nor below anything, for what is no level. */
const rank = (level: unknown): number => ranks[level as string] as number

export const isAbove = (a: unknown, b: unknown): boolean => rank(a) > rank(b)

/** Global Privacy Control. */
type Signalling = { globalPrivacyControl?: boolean }

/** `beckon.consent(true | level)`; anything else is a no: undefined. */
export const consentOf = (value: unknown): PrivacyLevel | undefined =>
  value === true ? 'returning' : rank(value) ? (value as PrivacyLevel) : undefined

/** The highest level this browser's side allows, or undefined: stay away. */
export function allowedLevel(
  consent: PrivacyLevel | undefined,
  tag: string | undefined,
): PrivacyLevel | undefined {
  let hidden: unknown
  // Set by the privacy panel, and taken away there (DESIGN §4).
  quietly(() => {
    hidden = localStorage['beckon-hidden']
  })
  if (hidden) return
  // Nothing is stored then (DESIGN §4).
  if (consent && (navigator as Signalling).globalPrivacyControl) return 'presence'
  return isAbove(consent, tag) ? (tag as PrivacyLevel) : consent
}
