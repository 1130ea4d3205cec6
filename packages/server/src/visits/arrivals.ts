import { CLOSE, type Page, PROTOCOL_VERSION, type VisitorHello } from '@beckon/protocol'
import type { BanList } from '../bans/ban-list.ts'
import type { Directory, Site } from '../directory/directory.ts'
import type { Geo } from '../geo/geo.ts'
import type { Verify } from '../identity/verify.ts'
import { newToken } from '../ids.ts'
import type { KnownVisitor } from '../store/visit-rows.ts'
import type { Clock } from '../time/clock.ts'
import { createAdmission, levelFor, Unwelcome } from './admission.ts'
import type { Caller } from './beginnings.ts'
import { createClaims, isSomeoneElse } from './claims.ts'
import { createComings } from './comings.ts'
import type { FirstCome } from './first-come.ts'
import { createHands, type Said } from './hands.ts'
import type { History } from './history.ts'
import type { Visitor } from './live-visitor.ts'
import type { Looks } from './looks.ts'
import type { Over } from './over.ts'
import { personIdOf } from './person-id.ts'
import type { VisitorActor, WelcomeParts } from './presence.ts'
import { createPresenceKeys } from './presence-keys.ts'
import { createRecognition } from './recognition.ts'
import type { Roster } from './roster.ts'
import { readClaim } from './said-identity.ts'
import type { Signals } from './signals.ts'
import { type Line, Tab } from './tab.ts'
import type { TabLooks } from './tab-looks.ts'
import { hashOfToken } from './tokens.ts'

/** Hellos: who is this, which visit goes on or begins, what does the browser get back. */
export function createArrivals(deps: {
  clock: Clock
  directory: Directory
  geo: Geo
  roster: Roster
  history: History
  looks: Looks
  tabLooks: Pick<TabLooks, 'sayLook'>
  signals: Signals
  bans: BanList
  findByToken: (hash: string) => Promise<KnownVisitor | undefined>
  verify: Verify
  first: FirstCome
  /** Visits of which other nodes may not know that they are over. */
  over: Pick<Over, 'has'>
}) {
  const { first, over, tabLooks } = deps
  const { clock, directory, geo, roster, history, looks, signals, bans, findByToken, verify } = deps
  let askWelcome: ((actor: VisitorActor) => Promise<WelcomeParts>) | undefined
  const presenceKeys = createPresenceKeys(clock, first)
  const admission = createAdmission({ directory, signals })
  const claim = createClaims({ roster, history, clock })
  const recognised = createRecognition({ roster, findByToken })
  const comings = createComings({ clock, geo, roster, history, over })
  const hands = createHands({ clock, roster, looks, signals, bans, verify, claim, comings })

  /** Refuses with `Unwelcome`; otherwise the tab is in the list and has been welcomed. */
  async function arrive(line: Line, hello: VisitorHello, caller: Caller): Promise<Tab> {
    const site = admission.site(hello, caller)
    const ceiling = levelFor(site, hello, caller)
    const keys = ceiling === 'presence' ? await presenceKeys(site, caller) : []
    const said = hello.identity && (await hands.claimed(site, readClaim(hello.identity)))
    let { visitor, level, token, fresh } = await recognised(hello, { site, level: ceiling, keys })
    refuseBanned(visitor, { site, caller, keys, said })
    if (visitor && (visitor.erased || (said && isSomeoneElse(visitor, said)))) {
      for (const visit of visitor.visits) if (visit.tabs.length === 0) comings.leave(visit)
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
      visitor = comings.visitor(site, fresh, { presenceKey, id: agreed })
    } else if (level === 'presence') rememberPresence(visitor, keys[0])
    const renamed = said ? claim(visitor, said) : false
    const asked = visitor.visitAt(site.id) ? undefined : first.visit(site.id, visitor.id)
    const next = asked && (await asked)
    if (asking || asked) refuseBanned(visitor, { site, caller, keys, said })
    // Erased while nodes agreed on it: their browser is a stranger's.
    if (visitor.erased) return arrive(line, hello, caller)
    const going = visitor.visitAt(site.id)
    const visit = going ?? comings.begin(visitor, site, { hello, caller, level, id: next })
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
    if (counted) hands.warn(tab, said?.problem)
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

  /** A page in a connected tab. Where its visit has been removed, the next visit begins. */
  function page(tab: Tab, page: Page) {
    if (tab.visit.open) return roster.page(tab, page)
    const { visitor } = tab.visit
    comings.enter(tab, visitor, page)
    if (tab.token) {
      const { token, visitId, visit } = tab
      tab.say({ type: 'token', token, visit: visitId, privacy: visit.privacy })
    }
    tabLooks.sayLook(tab)
  }

  /** Somebody came back to a tab whose visit had idled out: they are here, so the list says so. */
  function attention(tab: Tab, sight: { visible: boolean; focused: boolean; active?: boolean }) {
    roster.attention(tab, sight)
    if (tab.visit.open || !sight.active || !sight.visible) return
    page(tab, { id: tab.pageId, url: tab.url, title: tab.title, links: [...tab.links] })
  }

  return {
    arrive,
    page,
    attention,
    identify: hands.identify,
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
