import type {
  BrandId,
  PageView,
  PrivacyLevel,
  SiteId,
  Timestamp,
  VisitId,
  VisitorId,
  VisitRow,
} from '@beckon/protocol'
import type { Site } from '../directory/directory.ts'
import type { GeoPlace } from '../geo/geo.ts'
import type { Filterable } from './filter.ts'
import { identityOf } from './identity.ts'
import { emailOf, nameOf, type Person, type Visitor } from './live-visitor.ts'
import type { Entry } from './ordered-index.ts'
import type { SeenPages } from './pages-viewed.ts'
import type { LiveVisit } from './presence.ts'
import type { FarTab, Tab } from './tab.ts'
import { Trail } from './trail.ts'
import type { VisitState } from './visit.ts'

/*
 * What is kept in memory of everybody who is here: visits, their visitors (`live-visitor.ts`) and
 * open tabs (`tab.ts`). Tens of thousands of these live at once, so they are classes with few fields
 * and shared strings. Rows and pages are replaced, never changed in place: whoever holds one may
 * compare by reference.
 */

/**
 * Added to the version of a visit, it is newer than anything that others may still be saying of it:
 * for what somebody decided, and for taking over from the dead.
 */
export const OUTRANKS = 1_000
/** Who wants to be forgotten is not kept, in grey, by somebody who removed them at the same moment. */
export const OUTRANKS_ALL = 2 * OUTRANKS

export const NO_TABS: readonly never[] = Object.freeze([])
export const NO_HITS: Readonly<Record<string, number>> = Object.freeze({})

export class Visit implements LiveVisit, Filterable {
  readonly id: VisitId
  readonly visitor: Visitor
  site: Site
  row: VisitRow
  state: VisitState
  trail = new Trail()
  /** Pages connected here; this list and the next are replaced, never changed in place. */
  own: readonly Tab[] = NO_TABS
  /** Pages connected to other nodes. */
  far: readonly FarTab[] = NO_TABS
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
