import { LIMITS } from '@beckon/protocol'
import type { Vouched } from '../identity/token.ts'
import type { Clock } from '../time/clock.ts'
import type { History } from './history.ts'
import { nameOf, type Visitor } from './live-visitor.ts'
import { personIdOf } from './person-id.ts'
import type { Roster } from './roster.ts'
import type { SaidIdentity } from './said-identity.ts'

/** What a page says of its visitor, and what of it its server has signed. */
export type Claim = { identity: Omit<SaidIdentity, 'token'>; vouched: Vouched | undefined }

/** Takes over what a page says about its visitor, into every row of theirs. True when they are called otherwise now. */
export function createClaims(deps: { roster: Roster; history: History; clock: Clock }) {
  const { roster, history, clock } = deps
  return function claim(visitor: Visitor, { identity, vouched }: Claim): boolean {
    const name = JSON.stringify(nameOf(visitor))
    const { attributes, person } = visitor
    if (vouched) {
      const id = personIdOf(visitor.brandId, vouched.subject)
      visitor.person = { id, ...vouched, at: clock.now() }
    }
    visitor.displayName = identity.name?.trim() || visitor.displayName
    visitor.username = identity.username?.trim() || visitor.username
    visitor.email = identity.email?.trim() || visitor.email
    const all = Object.entries({ ...visitor.attributes, ...identity.attributes })
    if (all.length > 0) visitor.attributes = Object.fromEntries(all.slice(0, LIMITS.attributes))
    const renamed = JSON.stringify(nameOf(visitor)) !== name
    const same = JSON.stringify(visitor.attributes) === JSON.stringify(attributes)
    if (!renamed && same && visitor.person === person) return false
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
export function isSomeoneElse(visitor: Visitor, { identity, vouched }: Claim): boolean {
  const { person } = visitor
  if (person && vouched) return person.subject !== vouched.subject
  const { email, toldEmail } = visitor
  const claimed = { ...nameOf(visitor), email: email === toldEmail ? undefined : email }
  const known = { ...claimed, ...defined(person) }
  const said = { ...identity, ...defined(vouched) }
  return differs(known.username, said.username) || differs(known.email, said.email)
}

const defined = (
  signed: { username?: string | undefined; email?: string | undefined } | undefined,
) => ({
  ...(signed?.username && { username: signed.username }),
  ...(signed?.email && { email: signed.email }),
})

const differs = (known: string | undefined, said: string | undefined): boolean =>
  Boolean(known && said?.trim() && known.toLowerCase() !== said.trim().toLowerCase())
