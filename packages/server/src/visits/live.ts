import type {
  BrandId,
  LinkFace,
  Look,
  PageView,
  PersonId,
  PrivacyLevel,
  SiteId,
  Timestamp,
  VerifiedIdentity,
  VisitId,
  VisitorId,
  VisitorServerFrame,
  VisitRow,
} from '@beckon/protocol'
import type { Site } from '../directory/directory.ts'
import type { GeoPlace } from '../geo/geo.ts'
import type { KnownVisitor } from '../store/visit-rows.ts'
import type { Filterable } from './filter.ts'
import { identityOf } from './identity.ts'
import type { Entry } from './ordered-index.ts'
import type { SeenPages } from './pages-viewed.ts'
import type { LiveVisit, TabView, VisitorActor } from './presence.ts'
import { Trail } from './trail.ts'
import type { VisitState } from './visit.ts'

/*
 * What is kept in memory of everybody who is here: visitors, their visits and open tabs. Tens of
 * thousands of these live at once, so they are classes with few fields and shared strings. Rows and
 * pages are replaced, never changed in place: whoever holds one may compare by reference.
 */

const NO_ATTRIBUTES: Readonly<Record<string, string>> = Object.freeze({})
const NO_LINKS: readonly string[] = Object.freeze([])
const NO_TABS: readonly FarTab[] = Object.freeze([])
const NO_HITS: Readonly<Record<string, number>> = Object.freeze({})

/** Who a website has signed that somebody is: one in a brand, with the visitors that point to it. */
export type Person = Readonly<VerifiedIdentity> & { readonly id: PersonId }

/** A browser recognised again within one brand. In memory while it has a visit here. */
export class Visitor {
  readonly id: VisitorId
  readonly brandId: BrandId
  tokenHash: string | undefined
  presenceKey: string | undefined
  displayName: string | undefined
  username: string | undefined
  email: string | undefined
  /** That e-mail, where it was told in a form or a chat: it says nothing of who uses the page. */
  toldEmail: string | undefined
  attributes = NO_ATTRIBUTES
  person: Person | undefined
  visitCount = 0
  firstSeenAt: Timestamp
  invitation: VisitRow['invitation']
  chat: VisitRow['chat']
  tags: VisitRow['tags']
  previousChats: VisitRow['previousChats']
  readonly visits: Visit[] = []
  /** In the database. */
  saved = false
  /** Nothing about them is written down any more. */
  erased = false

  constructor(id: VisitorId, brandId: BrandId, now: Timestamp) {
    this.id = id
    this.brandId = brandId
    this.firstSeenAt = now
  }

  /** Whether the page has said who this is. */
  get known(): boolean {
    return Boolean(this.person || this.displayName || this.username || this.email)
  }

  /** The visit going on at a site: not removed, not gone. */
  visitAt(siteId: SiteId): Visit | undefined {
    return this.visits.find((visit) => visit.siteId === siteId && visit.open)
  }
}

export class Visit implements LiveVisit, Filterable {
  readonly id: VisitId
  readonly visitor: Visitor
  site: Site
  row: VisitRow
  state: VisitState
  trail = new Trail()
  /** Pages connected here. */
  readonly own: Tab[] = []
  /** Pages connected to other nodes. */
  far = NO_TABS
  /** The node that decides what becomes of it; undefined = this one. */
  home: string | undefined
  /** Counts what nodes have told each other of it: the higher one is newer. */
  version = 0
  /** Of its hits those that other nodes have counted; they add up, whoever hears of them when. */
  farHits = NO_HITS
  privacy: PrivacyLevel
  place: GeoPlace | undefined
  engine: string | undefined
  timeZone: string | undefined
  screen: string | undefined
  /** Last input in a visible tab. */
  inputAt: Timestamp = 0
  /** When a lost tab's page stops being the current one; 0 = nothing to settle. */
  settleAt: Timestamp = 0
  seenAt: Timestamp
  saved = false
  /** What the counters last counted of it. */
  tally = 0
  /** Its places in the lists that somebody looks at, by the number of each. */
  entries: (Entry | undefined)[] | undefined
  /** What filters have found in its pages. */
  seenPages: SeenPages | undefined

  constructor(made: {
    row: VisitRow
    visitor: Visitor
    site: Site
    privacy: PrivacyLevel
    state: VisitState
  }) {
    this.id = made.row.id
    this.row = made.row
    this.visitor = made.visitor
    this.site = made.site
    this.privacy = made.privacy
    this.state = made.state
    this.seenAt = made.row.navigatedAt
  }

  get tabs(): readonly (Tab | FarTab)[] {
    return this.far.length === 0 ? this.own : [...this.own, ...this.far]
  }
  /** Somebody else decides what becomes of it. */
  get elsewhere(): boolean {
    return this.home !== undefined
  }
  get pages(): readonly PageView[] {
    return this.trail.pages
  }
  get visitorId(): VisitorId {
    return this.visitor.id
  }
  get siteId(): SiteId {
    return this.site.id
  }
  get brandId(): BrandId {
    return this.visitor.brandId
  }
  get siteName(): string {
    return this.site.name
  }
  get placeKey(): string | undefined {
    return this.place?.key
  }
  get attributes(): Readonly<Record<string, string>> {
    return this.visitor.attributes
  }
  get campaign(): string | undefined {
    return this.row.campaign
  }
  get hostname(): string | undefined {
    return this.row.hostname
  }
  get username(): string | undefined {
    return this.visitor.person?.username ?? this.visitor.username
  }
  get displayName(): string | undefined {
    return this.visitor.person?.name ?? this.visitor.displayName
  }
  get person(): Person | undefined {
    return this.visitor.person
  }
  get open(): boolean {
    return this.state.status === 'active' || this.state.status === 'pending'
  }
  get gone(): boolean {
    return this.state.status === 'gone'
  }

  /** Replaces the row by a changed copy. */
  edit(change: (row: VisitRow) => void): void {
    const row = { ...this.row }
    change(row)
    this.row = row
  }

  /** Takes over a state; the row tells it unless the visit is gone. */
  become(state: VisitState): void {
    const before = this.state
    this.state = state
    if (state.status === 'gone' || (before.status === 'active' && state.status === 'active')) return
    this.edit((row) => {
      row.status = state.status
      row.reason = state.status === 'active' ? undefined : state.reason
      row.goneAt = state.status === 'removed' ? state.goneAt : undefined
    })
  }

  /** The tab whose page the row shows: most recently focused, else the newest. */
  currentTab(): Tab | FarTab | undefined {
    let current: Tab | FarTab | undefined
    for (const tab of this.own) if (!current || tab.focusedAt >= current.focusedAt) current = tab
    for (const tab of this.far) if (!current || tab.focusedAt > current.focusedAt) current = tab
    return current
  }

  /** Names, marks and place as they are now, in the row. */
  refresh(): void {
    this.edit((row) => {
      row.who = identityOf({ ...nameOf(this.visitor), ip: row.ip })
      row.email = emailOf(this.visitor)
      row.invitation = this.visitor.invitation
      row.chat = this.visitor.chat
      row.tags = this.visitor.tags
      row.previousChats = this.visitor.previousChats
      row.country = this.place?.country ?? row.country
      row.region = this.place?.region ?? row.region
      row.city = this.place?.city ?? row.city
    })
  }
}

export const nameOf = (visitor: Visitor) => ({
  displayName: visitor.displayName,
  username: visitor.username,
  email: visitor.email,
  visitorId: visitor.id,
  person: visitor.person,
})

export const emailOf = ({ person, email }: Visitor): string | undefined => person?.email ?? email

/** The socket as a tab sees it. */
export type Line = {
  readonly id: string
  /** The address it comes from. */
  readonly ip: string
  send(frame: VisitorServerFrame): void
  close(code: number, reason: string): void
}

/** One open page of a visit, and who acts on its connection. */
export class Tab implements TabView, VisitorActor {
  readonly line: Line
  visit: Visit
  visible: boolean
  focused: boolean
  focusedAt: Timestamp
  pageId = ''
  url = ''
  title = ''
  links = NO_LINKS
  look: Look | undefined
  /** Every live chat link the page asked for, and how they were last told. */
  askedLinks = NO_LINKS
  faces: Readonly<Record<string, LinkFace>> = {}
  /** Nothing it says is heard any more; its connection is about to end. */
  banned = false
  /** The token its browser keeps, so that it can be named again with a new visit. */
  token: string | undefined
  /** What was said before the welcome; undefined afterwards. */
  #early: VisitorServerFrame[] | undefined = []

  constructor(
    line: Line,
    visit: Visit,
    sight: { visible: boolean; focused: boolean; now: Timestamp },
  ) {
    this.line = line
    this.visit = visit
    this.visible = sight.visible
    this.focused = sight.focused
    this.focusedAt = sight.focused ? sight.now : 0
  }

  get connectionId(): string {
    return this.line.id
  }
  get ip(): string {
    return this.line.ip
  }
  get siteId(): SiteId {
    return this.visit.siteId
  }
  get visitorId(): VisitorId {
    return this.visit.visitorId
  }
  get visitId(): VisitId {
    return this.visit.id
  }
  get brandId(): BrandId {
    return this.visit.brandId
  }
  get language(): string | undefined {
    return this.look?.language
  }

  say(frame: VisitorServerFrame): void {
    if (this.#early) this.#early.push(frame)
    else this.line.send(frame)
  }

  /** The first frame; what was said meanwhile follows. */
  welcome(frame: Extract<VisitorServerFrame, { type: 'welcome' }>): void {
    const early = this.#early ?? []
    this.#early = undefined
    this.line.send(frame)
    for (const waiting of early) this.line.send(waiting)
  }
}

/** One open page of a visit, connected to another node, which says to it what there is to say. */
export type FarTab = TabView & {
  readonly node: string
  readonly pageId: string
  readonly url: string
  readonly title: string
}

/** A visitor as the database remembers them. */
export function visitorFrom(record: KnownVisitor): Visitor {
  const visitor = new Visitor(record.id, record.brand_id, Number(record.first_seen_at))
  visitor.tokenHash = record.token_hash ?? undefined
  visitor.displayName = record.display_name ?? undefined
  visitor.username = record.username ?? undefined
  visitor.email = record.email ?? undefined
  visitor.attributes = JSON.parse(record.attributes)
  visitor.visitCount = Number(record.visits)
  const { person } = record
  visitor.person = person && {
    id: person.id,
    subject: person.subject,
    name: person.display_name ?? undefined,
    username: person.username ?? undefined,
    email: person.email ?? undefined,
    at: Number(person.verified_at),
  }
  visitor.saved = true
  return visitor
}
