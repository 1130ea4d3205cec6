import type { PageView, VisitRow } from '@beckon/protocol'
import { type Static, type TSchema, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { Visit } from './live.ts'
import type { Visitor } from './live-visitor.ts'
import type { Tab } from './tab.ts'
import { leavesOutUnknown } from './unknown-keys.ts'

/*
 * A visit as nodes tell each other of it. Whatever a newer node says beyond this is left out; what
 * does not fit is no visit. Who is invited and who chats is not in it: every node hears that of the
 * database's doorbells.
 */

const Id = Type.String({ pattern: '^[\\w-]{1,64}$' })
const Short = Type.String({ maxLength: 500 })
const Text = Type.String({ maxLength: 8_192 })
const Moment = Type.Number({ minimum: 0 })
const Count = Type.Integer({ minimum: 0 })
const Flag = Type.Boolean()
const May = Type.Optional
const Reason = Type.Enum(['silent', 'closed', 'stopped', 'idle', 'by_hand', 'banned', 'restart'])

const Row = Type.Object({
  who: Type.Object({
    rung: Type.Enum(['displayname', 'username', 'email', 'ip', 'code']),
    text: Text,
    verified: Flag,
    next: May(Text),
  }),
  email: May(Text),
  visitNumber: Count,
  title: Text,
  url: Text,
  referrer: May(Text),
  searchPhrase: May(Text),
  campaign: May(Text),
  landingUrl: Text,
  country: May(Short),
  region: May(Short),
  city: May(Short),
  language: May(Short),
  browser: May(Short),
  os: May(Short),
  device: May(Type.Enum(['desktop', 'phone', 'tablet', 'tv', 'other'])),
  ip: May(Short),
  hostname: May(Short),
  startedAt: Moment,
  navigatedAt: Moment,
  hits: Count,
  bot: Flag,
  test: May(Flag),
  tags: May(Type.Array(Type.Object({ name: Short, tint: Count }), { maxItems: 100 })),
  previousChats: May(Count),
})

const State = Type.Union([
  Type.Object({
    status: Type.Literal('active'),
    lostAt: May(Moment),
    lostReason: May(Type.Enum(['silent', 'closed'])),
  }),
  Type.Object({ status: Type.Literal('pending'), reason: Reason, since: Moment }),
  Type.Object({
    status: Type.Literal('removed'),
    reason: Type.Enum(['idle', 'by_hand', 'banned']),
    goneAt: Moment,
  }),
])

const Page = Type.Object({ id: Short, at: Moment, url: Text, title: Text, stayed: May(Count) })

const SharedTab = Type.Object({
  id: Id,
  visible: Flag,
  focused: Flag,
  focusedAt: Moment,
  links: Type.Array(Short, { maxItems: 20 }),
  pageId: Short,
  url: Text,
  title: Text,
})
const Tabs = Type.Array(SharedTab, { maxItems: 200 })

const SharedVisitor = Type.Object({
  id: Id,
  tokenHash: May(Short),
  presenceKey: May(Short),
  displayName: May(Text),
  username: May(Text),
  email: May(Text),
  attributes: Type.Record(Short, Text),
  person: May(
    Type.Object({
      id: Id,
      subject: Text,
      name: May(Text),
      username: May(Text),
      email: May(Text),
      at: Moment,
    }),
  ),
  visitCount: Count,
  firstSeenAt: Moment,
})

export const SharedVisit = Type.Object({
  type: Type.Literal('visit'),
  id: Id,
  siteId: Id,
  version: Count,
  row: Row,
  state: State,
  /** As each node has counted them. */
  hits: Type.Record(Id, Count),
  /** Those that changed since it was told last; all of them where it is put down. */
  pages: Type.Array(Page, { maxItems: 600 }),
  tabs: Tabs,
  privacy: Type.Enum(['presence', 'visit', 'returning']),
  place: May(
    Type.Object({
      country: May(Short),
      region: May(Short),
      city: May(Short),
      lat: May(Type.Number()),
      lon: May(Type.Number()),
      key: May(Short),
    }),
  ),
  engine: May(Short),
  timeZone: May(Short),
  screen: May(Short),
  inputAt: Moment,
  seenAt: Moment,
  visitor: SharedVisitor,
})
export type SharedVisit = Static<typeof SharedVisit>

/** Pages of a visit that another node decides about. */
const SharedTabs = Type.Object({
  type: Type.Literal('tabs'),
  id: Id,
  tabs: Tabs,
  /** Counted by this node; and its last pages, should its home not know them yet. */
  hits: Count,
  pages: Type.Array(Page, { maxItems: 20 }),
})
export type SharedTabs = Static<typeof SharedTabs>

const VisitGone = Type.Object({ type: Type.Literal('visit.gone'), id: Id, version: Count })
export type VisitGone = Static<typeof VisitGone>

const VisitHands = Type.Object({ type: Type.Literal('visit.hands'), id: Id })
export type VisitHands = Static<typeof VisitHands>

const VisitorErased = Type.Object({ type: Type.Literal('visitor.erased'), id: Id })
export type VisitorErased = Static<typeof VisitorErased>

const reader = <T>(schema: TSchema) => {
  const check = Compile(schema)
  const strip = leavesOutUnknown(schema)
  return (said: unknown): T | undefined => {
    if (!check.Check(said)) return undefined
    strip?.(said as never)
    return said as T
  }
}
export const readVisit = reader<SharedVisit>(SharedVisit)
export const readTabs = reader<SharedTabs>(SharedTabs)
export const readGone = reader<VisitGone>(VisitGone)

export const readHands = reader<VisitHands>(VisitHands)
export const readErased = reader<VisitorErased>(VisitorErased)

/** `pages`: those to tell; `node`: who tells them. */
export function shared(node: string, visit: Visit, pages: readonly PageView[]): SharedVisit {
  const { id, siteId, version, row, state, privacy, place, engine, timeZone, screen } = visit
  const { inputAt, seenAt, visitor } = visit
  // Who has left has no news.
  const told = state.status === 'gone' ? { status: 'pending', reason: 'closed', since: 0 } : state
  return {
    type: 'visit',
    id,
    siteId,
    version,
    row: rowOf(row),
    state: told as SharedVisit['state'],
    hits: { ...visit.farHits, [node]: ownHits(visit) },
    pages: [...pages],
    tabs: tabsOf(visit.own),
    privacy,
    place,
    engine,
    timeZone,
    screen,
    inputAt,
    seenAt,
    visitor: visitorOf(visitor),
  } as SharedVisit
}

/** Hits of a visit that this node has counted. */
export const ownHits = ({ row, farHits }: Visit): number => row.hits - sumOf(farHits)

export const sumOf = (hits: Readonly<Record<string, number>>): number =>
  Object.values(hits).reduce((sum, count) => sum + count, 0)

export const tabsOf = (own: readonly Tab[]): SharedTabs['tabs'] =>
  own.map(({ connectionId, visible, focused, focusedAt, links, pageId, url, title }) => ({
    id: connectionId,
    visible,
    focused,
    focusedAt,
    links: [...links],
    pageId,
    url,
    title,
  }))

function rowOf(row: VisitRow): SharedVisit['row'] {
  const { id, visitorId, siteId, status, reason, goneAt, invitation, chat, ...rest } = row
  return rest as SharedVisit['row']
}

const visitorOf = (visitor: Visitor): SharedVisit['visitor'] =>
  ({
    id: visitor.id,
    tokenHash: visitor.tokenHash,
    presenceKey: visitor.presenceKey,
    displayName: visitor.displayName,
    username: visitor.username,
    email: visitor.email,
    attributes: visitor.attributes,
    person: visitor.person,
    visitCount: visitor.visitCount,
    firstSeenAt: visitor.firstSeenAt,
  }) as SharedVisit['visitor']
