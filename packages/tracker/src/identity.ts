import type { IdentityClaim } from '@beckon/protocol'
import { LIMITS } from '@beckon/protocol/limits'

/** What a page may pass to `beckon.identify`. Keys beside the three names become attributes. */
export type Person = Record<string, unknown> & { attributes?: Record<string, unknown> }

const LENGTHS: Record<string, number> = { name: 120, username: 120, email: 254 }

/** A claim the server accepts: what does not fit is cut or left out, never a reason to refuse it all. */
export function claimOf(person: Person): IdentityClaim {
  const claim: IdentityClaim = {}
  const attributes: Record<string, string> = {}
  let count = 0

  const take = (key: string, value: unknown) => {
    const type = typeof value
    if (type !== 'string' && type !== 'number' && type !== 'boolean') return
    const text = `${value}`
    if (key === 'name' || key === 'username' || key === 'email') {
      claim[key] = text.slice(0, LENGTHS[key])
      return
    }
    const name = key
      .toLowerCase()
      .replace(/[^a-z0-9_]/g, '_')
      .slice(0, 40)
    // A signature is not a thing to show to agents.
    if (name === 'token' || !/^[a-z]/.test(name) || count >= LIMITS.attributes) return
    if (attributes[name] === undefined) count++
    attributes[name] = text.slice(0, LIMITS.attributeCharacters)
  }

  const keys = Object.keys(person)
  for (let at = 0; at < keys.length; at++) take(keys[at] as string, person[keys[at] as string])
  const more = person.attributes
  if (typeof more === 'object' && more) {
    const names = Object.keys(more)
    for (let at = 0; at < names.length; at++) take(names[at] as string, more[names[at] as string])
  }
  if (count > 0) claim.attributes = attributes
  return claim
}
