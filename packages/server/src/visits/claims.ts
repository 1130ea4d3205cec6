import { type IdentityClaim, LIMITS } from '@beckon/protocol'
import type { History } from './history.ts'
import { nameOf, type Visitor } from './live.ts'
import type { Roster } from './roster.ts'

/** Takes over what a page says about its visitor, into every row of theirs. True when they are called otherwise now. */
export function createClaims({ roster, history }: { roster: Roster; history: History }) {
  return function claim(visitor: Visitor, identity: IdentityClaim): boolean {
    const name = JSON.stringify(nameOf(visitor))
    const { attributes } = visitor
    visitor.displayName = identity.name?.trim() || visitor.displayName
    visitor.username = identity.username?.trim() || visitor.username
    visitor.email = identity.email?.trim() || visitor.email
    if (identity.attributes) {
      const all = Object.entries({ ...visitor.attributes, ...identity.attributes })
      visitor.attributes = Object.fromEntries(all.slice(0, LIMITS.attributes))
    }
    const renamed = JSON.stringify(nameOf(visitor)) !== name
    if (!renamed && JSON.stringify(visitor.attributes) === JSON.stringify(attributes)) return false
    history.visitorChanged(visitor)
    for (const visit of visitor.visits) {
      visit.refresh()
      roster.changed(visit)
      roster.tell('changed', visit)
    }
    return renamed
  }
}

/** Unverified names change the display; another login or address means another person (shared computers). */
export const isSomeoneElse = (visitor: Visitor, identity: IdentityClaim): boolean =>
  differs(visitor.username, identity.username) || differs(visitor.email, identity.email)

const differs = (known: string | undefined, said: string | undefined): boolean =>
  Boolean(known && said?.trim() && known.toLowerCase() !== said.trim().toLowerCase())
