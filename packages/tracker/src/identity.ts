import type { IdentityClaim } from '@beckon/protocol'

/** What a page may pass to `beckon.identify`. Keys beside the names become attributes. */
export type Person = {
  name?: unknown
  username?: unknown
  email?: unknown
  /** A signature is not a thing to show to agents. */
  token?: unknown
  attributes?: Record<string, unknown>
  [attribute: string]: unknown
}

/** As in the protocol's limits; numbers, so that the table stays out of the script. */
const MOST_NAME = 120
const MOST_EMAIL = 254
const MOST_ATTRIBUTES = 40
const MOST_ATTRIBUTE = 500

/** A claim the server accepts: what does not fit is cut or left out, never a reason to refuse it all. */
export function claimOf(person: Person): IdentityClaim {
  const { name, username, email, token: _, attributes, ...more } = person
  const values: Record<string, unknown> = { ...more, ...attributes }
  const kept: Record<string, string> = {}
  let room = MOST_ATTRIBUTES
  for (const key in values) {
    const attribute = key.toLowerCase().replace(/\W/g, '_').slice(0, 40)
    const value = textOf(values[key], MOST_ATTRIBUTE)
    if (value && /^[a-z]/.test(attribute) && room-- > 0) kept[attribute] = value
  }
  return {
    name: textOf(name, MOST_NAME),
    username: textOf(username, MOST_NAME),
    email: textOf(email, MOST_EMAIL),
    attributes: kept,
  }
}

/** Texts, numbers and yes or no; `typeof` of nothing else that can be written out begins so. */
const textOf = (value: unknown, length: number): string | undefined =>
  /^[sbn]/.test(typeof value) ? `${value}`.slice(0, length) : undefined
