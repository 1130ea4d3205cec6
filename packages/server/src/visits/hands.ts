import {
  type IdentityClaim,
  type IdentityProblem,
  type Page,
  PROTOCOL_VERSION,
} from '@beckon/protocol'
import type { BanList } from '../bans/ban-list.ts'
import type { Site } from '../directory/directory.ts'
import { PROBLEM_SENTENCES } from '../identity/token.ts'
import type { Verify } from '../identity/verify.ts'
import { newToken } from '../ids.ts'
import type { Clock } from '../time/clock.ts'
import { type Claim, isSomeoneElse } from './claims.ts'
import type { Comings } from './comings.ts'
import type { Visitor } from './live-visitor.ts'
import type { Looks } from './looks.ts'
import type { Roster } from './roster.ts'
import { readClaim, type SaidIdentity } from './said-identity.ts'
import type { Signals } from './signals.ts'
import type { Tab } from './tab.ts'

export type Said = Claim & { problem?: IdentityProblem }

/** Whose hands a browser is in: what its page says and its server signs, and that it is another person now. */
export function createHands(deps: {
  clock: Clock
  roster: Roster
  looks: Looks
  signals: Signals
  bans: BanList
  verify: Verify
  claim: (visitor: Visitor, said: Claim) => boolean
  comings: Comings
}) {
  const { clock, roster, looks, signals, bans, verify, claim, comings } = deps

  /** What of it is signed. A token that proves nothing leaves the rest as what the page says. */
  async function claimed(site: Site, said: SaidIdentity): Promise<Said> {
    const { token, ...identity } = said
    if (token === undefined) return { identity, vouched: undefined }
    const checked = await verify(site.id, token)
    if (!checked.ok) {
      signals.tokenRefused(site.id, checked.problem)
      return { identity, vouched: undefined, problem: checked.problem }
    }
    signals.verified(site.id, checked.key.id)
    return { identity, vouched: checked.vouched }
  }

  function warn(tab: Tab, code: IdentityProblem | undefined): void {
    if (!code) return
    const message = `Beckon: this visitor is not verified, ${PROBLEM_SENTENCES[code]} (${code})`
    tab.say({ type: 'warning', code, message })
  }

  function become(tab: Tab, said: Claim | null): void {
    const { visitor } = tab.visit
    if (said === null ? !visitor.known : !isSomeoneElse(visitor, said)) {
      if (said && claim(visitor, said)) roster.tell('identified', tab.visit)
      return
    }
    const presence = tab.visit.privacy === 'presence'
    const token = presence ? undefined : newToken()
    const next = comings.visitor(tab.visit.site, token, {
      presenceKey: presence ? visitor.presenceKey : undefined,
    })
    // One browser, one person in front of it: all its tabs change hands, and the old chat is hidden.
    for (const visit of visitor.visits) {
      for (const one of visit.own) change(one, next, token)
      comings.leave(visit)
      roster.tell('reset', visit)
    }
    if (said && claim(next, said)) roster.tell('identified', tab.visit)
  }

  function change(tab: Tab, next: Visitor, token: string | undefined) {
    const { pageId: id, url, title, links } = tab
    const page: Page = { id, url, title, links: [...links] }
    tab.say({ type: 'reset' })
    comings.enter(tab, next, page)
    tab.token = token
    const { visitId: visit } = tab
    const { privacy } = tab.visit
    if (token) return tab.say({ type: 'token', token, visit, privacy })
    const look = looks.look(tab.siteId, links, tab.visit.row.language)
    tab.say({ type: 'welcome', v: PROTOCOL_VERSION, now: clock.now(), privacy, visit, look })
  }

  return {
    claimed,
    warn,
    /** Waits for the check of a token, where there is one; without one it is done when this returns. */
    identify(tab: Tab, identity: IdentityClaim | null): Promise<void> | undefined {
      const read = identity && readClaim(identity)
      if (!read?.token) {
        become(tab, read && { identity: read, vouched: undefined })
        return
      }
      return claimed(tab.visit.site, read).then((said) => {
        if (!tab.visit.own.includes(tab)) return
        become(tab, said)
        warn(tab, said.problem)
        const { id: visitorId, brandId, person } = tab.visit.visitor
        if (bans.match({ brandId, visitorId, personId: person?.id, addresses: [] })) bans.found()
      })
    },
  }
}
