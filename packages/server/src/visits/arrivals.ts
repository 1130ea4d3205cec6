import {
  CLOSE,
  type IdentityClaim,
  type IdentityProblem,
  type Page,
  PROTOCOL_VERSION,
  type PrivacyLevel,
  type VisitId,
  type VisitorHello,
  type VisitorId,
} from '@beckon/protocol'
import type { BanList } from '../bans/ban-list.ts'
import type { Directory, Site } from '../directory/directory.ts'
import type { Geo } from '../geo/geo.ts'
import { PROBLEM_SENTENCES } from '../identity/token.ts'
import type { Verify } from '../identity/verify.ts'
import { newId, newToken } from '../ids.ts'
import type { KnownVisitor } from '../store/visit-rows.ts'
import type { Clock } from '../time/clock.ts'
import { createAdmission, levelFor, Unwelcome } from './admission.ts'
import { type Caller, firstVisit, nextVisit } from './beginnings.ts'
import { type Claim, createClaims, isSomeoneElse } from './claims.ts'
import type { FirstCome } from './first-come.ts'
import type { History } from './history.ts'
import type { Visit } from './live.ts'
import { Visitor } from './live-visitor.ts'
import type { Looks } from './looks.ts'
import type { Over } from './over.ts'
import { personIdOf } from './person-id.ts'
import type { VisitorActor, WelcomeParts } from './presence.ts'
import { createPresenceKeys } from './presence-keys.ts'
import { createRecognition } from './recognition.ts'
import type { Roster } from './roster.ts'
import { readClaim, type SaidIdentity } from './said-identity.ts'
import type { Signals } from './signals.ts'
import { type Line, Tab } from './tab.ts'
import { hashOfToken } from './tokens.ts'
import { stopped } from './visit.ts'

type Said = Claim & { problem?: IdentityProblem }

/** Hellos: who is this, which visit goes on or begins, what does the browser get back. */
export function createArrivals(deps: {
  clock: Clock
  directory: Directory
  geo: Geo
  roster: Roster
  history: History
  looks: Looks
  signals: Signals
  bans: BanList
  findByToken: (hash: string) => Promise<KnownVisitor | undefined>
  verify: Verify
  first: FirstCome
  /** Visits of which other nodes may not know that they are over. */
  over: Pick<Over, 'has'>
}) {
  const { first, over } = deps
  const { clock, directory, geo, roster, history, looks, signals, bans, findByToken, verify } = deps
  let askWelcome: ((actor: VisitorActor) => Promise<WelcomeParts>) | undefined
  const presenceKeys = createPresenceKeys(clock, first)
  const admission = createAdmission({ directory, signals })
  const claim = createClaims({ roster, history, clock })
  const recognised = createRecognition({ roster, findByToken })

  /** Refuses with `Unwelcome`; otherwise the tab is in the list and has been welcomed. */
  async function arrive(line: Line, hello: VisitorHello, caller: Caller): Promise<Tab> {
    const site = admission.site(hello, caller)
    const ceiling = levelFor(site, hello, caller)
    const keys = ceiling === 'presence' ? await presenceKeys(site, caller) : []
    const said = hello.identity && (await claimed(site, readClaim(hello.identity)))
    let { visitor, level, token, fresh } = await recognised(hello, { site, level: ceiling, keys })
    refuseBanned(visitor, { site, caller, keys, said })
    if (visitor && (visitor.erased || (said && isSomeoneElse(visitor, said)))) {
      for (const visit of [...visitor.visits]) if (visit.tabs.length === 0) leave(visit)
      roster.register.forgetEmpty(visitor)
      visitor = undefined
      token = undefined
      fresh = undefined
    }
    const presenceKey = level === 'presence' ? keys[0] : undefined
    const known = presenceKey ?? (fresh && hashOfToken(fresh))
    // Nothing is waited for where nobody is to be agreed with: hellos of one breath are one visitor.
    const asking = visitor || !known ? undefined : first.visitor(site.brandId, known)
    const named = asking && (await asking)
    const agreed = named && roster.register.wasErased(named) ? undefined : named
    visitor ??= agreed && roster.register.visitors.get(agreed)
    if (!visitor) {
      if (level !== 'presence') fresh ??= newToken()
      visitor = newVisitor(site, fresh, { presenceKey, id: agreed })
    } else if (level === 'presence') rememberPresence(visitor, keys[0])
    const renamed = said ? claim(visitor, said) : false
    const asked = visitor.visitAt(site.id) ? undefined : first.visit(site.id, visitor.id)
    const next = asked && (await asked)
    if (asking || asked) refuseBanned(visitor, { site, caller, keys, said })
    // Erased while nodes agreed on it: their browser is a stranger's.
    if (visitor.erased) return arrive(line, hello, caller)
    const going = visitor.visitAt(site.id)
    const visit = going ?? begin(visitor, site, { hello, caller, level, id: next })
    const now = clock.now()
    const tab = new Tab(line, visit, { visible: hello.visible, focused: hello.focused, now })
    tab.token = fresh ?? token
    tab.look = looks.look(site.id, hello.page.links ?? [], visit.row.language)
    if (hello.visible && hello.focused) visit.inputAt = now
    roster.attach(visit, tab)
    const counted = roster.recordPage(visit, tab, hello.page)
    roster.changed(visit)
    signals.hello(site.id)
    if (!going) roster.tell('arrived', visit)
    else roster.tell(counted ? 'navigated' : 'changed', visit)
    if (renamed) roster.tell('identified', visit)

    const parts = askWelcome ? await askWelcome(tab) : {}
    // The page moved on while we looked: what is true now goes out.
    tab.look = looks.look(site.id, tab.links, visit.row.language)
    tab.welcome({
      type: 'welcome',
      v: PROTOCOL_VERSION,
      now: clock.now(),
      privacy: level,
      token: fresh,
      visit: tab.visitId,
      look: tab.look,
      ...parts,
    })
    // Once a page: a connection that comes back has said it before.
    if (counted) warn(tab, said?.problem)
    return tab
  }

  /** As if an agent had stopped tracking: nobody learns from it which ban to get around. */
  function refuseBanned(
    visitor: Visitor | undefined,
    {
      site,
      caller,
      keys,
      said,
    }: { site: Site; caller: Caller; keys: readonly string[]; said: Said | undefined },
  ): void {
    const ban = bans.match({
      brandId: site.brandId,
      visitorId: visitor?.id,
      personId: said?.vouched
        ? personIdOf(site.brandId, said.vouched.subject)
        : visitor?.person?.id,
      addresses: [caller.ip],
      presenceKeys: keys,
    })
    if (!ban) return
    bans.counted(ban)
    if (visitor) roster.register.forgetEmpty(visitor)
    throw new Unwelcome('not_allowed', 'This page is not tracked.', CLOSE.stopped)
  }

  /** A new day's key, or the first one after a restart. */
  function rememberPresence(visitor: Visitor, key: string | undefined) {
    if (!key || visitor.presenceKey === key) return
    if (visitor.presenceKey) roster.register.byPresence.delete(visitor.presenceKey)
    visitor.presenceKey = key
    roster.register.byPresence.set(key, visitor)
  }

  function newVisitor(
    site: Site,
    token: string | undefined,
    more: { presenceKey: string | undefined; id?: VisitorId | undefined },
  ): Visitor {
    const visitor = new Visitor(more.id ?? newId(), site.brandId, clock.now())
    visitor.tokenHash = token && hashOfToken(token)
    visitor.presenceKey = more.presenceKey
    roster.register.add(visitor)
    return visitor
  }

  function begin(
    visitor: Visitor,
    site: Site,
    from: { hello: VisitorHello; caller: Caller; level: PrivacyLevel; id: VisitId | undefined },
  ): Visit {
    const place = geo.locate(from.caller.ip)
    // One that is over, and whose name is still remembered, is not begun again.
    const known = from.id && (roster.visits.has(from.id) || over.has(from.id))
    const id = from.id && !known ? from.id : newId<VisitId>()
    if (!roster.register.visitors.has(visitor.id)) roster.register.add(visitor)
    const visit = firstVisit({ visitor, site, place, ...from, id }, clock.now())
    roster.add(visit)
    history.visitorChanged(visitor)
    return visit
  }

  function beginAgain(before: Visit, visitor: Visitor, tab: Tab, page: Page) {
    const visit = nextVisit(before, { visitor, page }, clock.now())
    roster.add(visit)
    if (!roster.register.visitors.has(visitor.id)) roster.register.add(visitor)
    history.visitorChanged(visitor)
    moveTab(tab, visit, page)
    roster.tell('arrived', visit)
  }

  function moveTab(tab: Tab, visit: Visit, page: Page) {
    const before = tab.visit
    before.own = before.own.filter((one) => one !== tab)
    roster.attach(visit, tab)
    roster.recordPage(visit, tab, page)
    roster.changed(visit)
  }

  /** A page in a connected tab. Where its visit has been removed, the next visit begins. */
  function page(tab: Tab, page: Page) {
    if (tab.visit.open) return roster.page(tab, page)
    const { visitor } = tab.visit
    const going = visitor.visitAt(tab.siteId)
    if (going) moveTab(tab, going, page)
    else beginAgain(tab.visit, visitor, tab, page)
    if (tab.token) {
      const { token, visitId, visit } = tab
      tab.say({ type: 'token', token, visit: visitId, privacy: visit.privacy })
    }
    roster.sayLook(tab)
  }

  /** Somebody came back to a tab whose visit had idled out: they are here, so the list says so. */
  function attention(tab: Tab, sight: { visible: boolean; focused: boolean; active?: boolean }) {
    roster.attention(tab, sight)
    if (tab.visit.open || !sight.active || !sight.visible) return
    page(tab, { id: tab.pageId, url: tab.url, title: tab.title, links: [...tab.links] })
  }

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

  function warn(tab: Tab, code: IdentityProblem | undefined) {
    if (!code) return
    const message = `Beckon: this visitor is not verified, ${PROBLEM_SENTENCES[code]} (${code})`
    tab.say({ type: 'warning', code, message })
  }

  /** Waits for the check of a token, where there is one; without one it is done when this returns. */
  function identify(tab: Tab, identity: IdentityClaim | null): Promise<void> | undefined {
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
  }

  function become(tab: Tab, said: Claim | null) {
    const { visitor } = tab.visit
    if (said === null ? !visitor.known : !isSomeoneElse(visitor, said)) {
      if (said && claim(visitor, said)) roster.tell('identified', tab.visit)
      return
    }
    const presence = tab.visit.privacy === 'presence'
    const token = presence ? undefined : newToken()
    const next = newVisitor(tab.visit.site, token, {
      presenceKey: presence ? visitor.presenceKey : undefined,
    })
    // One browser, one person in front of it: all its tabs change hands, and the old chat is hidden.
    for (const visit of [...visitor.visits]) {
      for (const one of [...visit.own]) changeHands(one, next, token)
      leave(visit)
      roster.tell('reset', visit)
    }
    if (said && claim(next, said)) roster.tell('identified', tab.visit)
  }

  function changeHands(tab: Tab, next: Visitor, token: string | undefined) {
    const before = tab.visit
    const { pageId: id, url, title, links } = tab
    const page: Page = { id, url, title, links: [...links] }
    tab.say({ type: 'reset' })
    const going = next.visitAt(tab.siteId)
    if (going) moveTab(tab, going, page)
    else beginAgain(before, next, tab, page)
    tab.token = token
    const { visitId: visit } = tab
    const { privacy } = tab.visit
    if (token) return tab.say({ type: 'token', token, visit, privacy })
    const look = looks.look(tab.siteId, links, tab.visit.row.language)
    tab.say({ type: 'welcome', v: PROTOCOL_VERSION, now: clock.now(), privacy, visit, look })
  }

  function leave(visit: Visit) {
    roster.takeHome(visit)
    roster.setState(visit, stopped(visit.state, clock.now(), 'closed'))
  }

  return {
    arrive,
    page,
    attention,
    identify,
    describe(visitor: Visitor, attributes: Readonly<Record<string, string>>) {
      const nobody = { name: undefined, username: undefined, email: undefined }
      claim(visitor, { identity: { ...nobody, attributes: { ...attributes } }, vouched: undefined })
    },
    learn(visitor: Visitor, { name, email }: { name?: string; email?: string }) {
      if (email && email !== visitor.email) visitor.toldEmail = email
      const identity = { name, email, username: undefined, attributes: {} }
      claim(visitor, { identity, vouched: undefined })
    },
    provideWelcome(provider: (actor: VisitorActor) => Promise<WelcomeParts>) {
      askWelcome = provider
    },
    /** After a first reply at level presence: the browser may keep a token now. */
    raise(visitor: Visitor) {
      if (visitor.tokenHash) return
      const token = newToken()
      visitor.tokenHash = hashOfToken(token)
      roster.register.byToken.set(visitor.tokenHash, visitor)
      history.visitorChanged(visitor)
      for (const visit of visitor.visits) {
        visit.privacy = 'visit'
        roster.changed(visit)
        for (const tab of visit.own) {
          tab.token = token
          tab.say({ type: 'token', token, visit: visit.id, privacy: 'visit' })
        }
      }
    },
  }
}
