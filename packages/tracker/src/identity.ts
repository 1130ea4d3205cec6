import type { IdentityClaim } from '@beckon/protocol'

/** What a page may pass to `beckon.identify`. Keys beside the names become attributes. */
export type Person = {
  name?: unknown
  username?: unknown
  email?: unknown
  /** Signed by the website's server: proves who it is. */
  token?: unknown
  attributes?: Record<string, unknown>
  [attribute: string]: unknown
}

/** As in the protocol's limits; numbers, so that the table stays out of the script. */
const MOST_TEXT = 500
const MOST_TOKEN = 4_000

/** A claim the server accepts. It knows which of these texts are names, and leaves out what does not fit. */
export function claimOf(person: Person): IdentityClaim {
  const values: Record<string, unknown> = { ...person.attributes, ...person }
  const attributes: Record<string, string> = {}
  for (const key in values) {
    const value = values[key]
    // Texts, numbers and yes or no; `typeof` of nothing else that can be written out begins so.
    if (/^[sbn]/.test(typeof value)) {
      attributes[key] = `${value}`.slice(0, key === 'token' ? MOST_TOKEN : MOST_TEXT)
    }
  }
  return { attributes }
}
