import type {
  BrandId,
  InvitationView,
  Look,
  PageView,
  PrivacyLevel,
  SiteId,
  Timestamp,
  VisitId,
  VisitorChat,
  VisitorId,
  VisitorInvitation,
  VisitorServerFrame,
  VisitRow,
} from '@beckon/protocol'
import type { Asked } from '../links/look.ts'
import type { Unsubscribe } from '../realtime/bus.ts'
import type { Tx } from '../store/store.ts'

/** What a link shows: whether somebody would answer, and where hours say so, when again. */
export type Face = { online: boolean; opensAt?: Timestamp }

/** One open page of a visit. */
export type TabView = {
  readonly connectionId: string
  readonly visible: boolean
  readonly focused: boolean
  /** Last time it had focus; the greatest of a visit is the focused tab. */
  readonly focusedAt: Timestamp
  readonly siteId: SiteId
  /** Ids of live chat links visible on the page, in document order. */
  readonly links: readonly string[]
  /** What it is spoken to in; absent: English. */
  readonly language?: string | undefined
  say(frame: VisitorServerFrame): void
}

/** A visit that is in the list: what other nouns may read of it. Never kept across an await. */
export type LiveVisit = {
  readonly id: VisitId
  readonly visitorId: VisitorId
  readonly siteId: SiteId
  readonly brandId: BrandId
  readonly row: VisitRow
  readonly pages: readonly PageView[]
  readonly attributes: Readonly<Record<string, string>>
  readonly username?: string
  readonly displayName?: string
  readonly timeZone?: string
  readonly screen?: string
  readonly campaign?: string
  readonly hostname?: string
  readonly privacy: PrivacyLevel
  readonly tabs: readonly TabView[]
  /** At home on another node, which does there what is to be done once. */
  readonly elsewhere?: boolean
}

/** Who acts on a visitor's connection. */
export type VisitorActor = {
  readonly connectionId: string
  readonly visitorId: VisitorId
  readonly visitId: VisitId
  readonly siteId: SiteId
  readonly brandId: BrandId
  /** What the page speaks; absent: English. */
  readonly language?: string | undefined
  /** The address it comes from; in memory only. */
  readonly ip: string
  /** Banned while a command of theirs was under way. */
  readonly banned?: boolean
  say(frame: VisitorServerFrame): void
}

/** What invitations and chats add to a visitor's welcome. */
export type WelcomeParts = { invitation?: VisitorInvitation; chat?: VisitorChat }

/**
 * Every visit not yet gone, those of other nodes as well. Memory only: page views and visit
 * summaries are appended to the database in batches behind it.
 */
export type Presence = {
  find(visitId: VisitId): LiveVisit | undefined
  /** Visits of a visitor (one a site), the one with the most recently focused tab first. */
  ofVisitor(visitorId: VisitorId): LiveVisit[]
  /** The tab to show an invitation in: the focused one of the brand, else the last focused. */
  focusedTab(visitorId: VisitorId): TabView | undefined
  /** Says it to every tab of the visitor; false when none is connected. */
  say(visitorId: VisitorId, frame: VisitorServerFrame): boolean
  /** What is shown in the row of every visit of this visitor; null clears. An open invitation or chat keeps the visit from idling out. */
  mark(
    visitorId: VisitorId,
    marks: {
      invitation?: VisitRow['invitation'] | null
      chat?: VisitRow['chat'] | null
      tags?: VisitRow['tags'] | null
      previousChats?: number
    },
  ): void
  /** Upserts visitor and visit rows inside a work: whoever is invited or chats is in the database. */
  upsert(tx: Tx, visitId: VisitId): Promise<void>
  /** After a first reply at level presence: storage is now a service the visitor asked for. Gives the browser a token. */
  raise(visitorId: VisitorId): void
  /** What the visitor said of themselves in a form, by names of attributes: in every row of theirs. */
  describe?(visitorId: VisitorId, attributes: Readonly<Record<string, string>>): void
  /** What the visitor is called by what was told in a form or a chat: in every row of theirs. */
  learn?(visitorId: VisitorId, told: { name?: string; email?: string }): void
  /** Style and launcher for a page of this site with these visible links (S33–S36). */
  look(siteId: SiteId, links: readonly string[]): Look
  /** Asked at every hello, before the welcome is sent. One provider. */
  provideWelcome(provider: (actor: VisitorActor) => Promise<WelcomeParts>): void
  /** Called when a visit has been removed (idle or by hand), when its visitor's last visit of the brand has gone pending, and when the visitor navigates. */
  onChange(
    listener: (change: {
      /**
       * `identified`: the page said another name; once, for one of the visits.
       * `changed`: anything else others may care about: tabs came or went, title, identity, place.
       */
      type: 'arrived' | 'navigated' | 'pending' | 'removed' | 'reset' | 'changed' | 'identified'
      visit: LiveVisit
    }) => void,
  ): Unsubscribe
  /** Everybody who has a visit that is not yet gone. */
  everybody?(): VisitorId[]
  /** Whether a chat started on a page of a site would reach somebody now. One provider. */
  provideFace?(provider: Asked): void
  /** Availability changed: tabs whose look is different now are told. No site = all. */
  lookChanged?(siteId?: SiteId): void
  /** Invitations of a visitor, newest first, for the details pane. One provider; changes come by the bus. */
  provideInvitations?(provider: (visitorId: VisitorId) => Promise<InvitationView[]>): void
}
