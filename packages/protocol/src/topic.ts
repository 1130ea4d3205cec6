import { type Static, Type } from 'typebox'
import type { VisitorEvent, VisitorState } from './about-visitor.ts'
import type { Role } from './agent.ts'
import type { BoardEvent, BoardState } from './board.ts'
import type { ChatDetailEvent, ChatDetailState, ChatsEvent, ChatsState } from './chat.ts'
import type { ColleaguesEvent, ColleaguesState } from './colleague.ts'
import { GroupBy, Sort, VisitFilter } from './filter.ts'
import {
  type AgentId,
  type BrandId,
  type ChatId,
  type GroupId,
  Id,
  type Timestamp,
  type VisitId,
  type VisitorId,
} from './ids.ts'
import type { InvitationView, ValuesEvent, ValuesState } from './invitation.ts'
import { LIMITS } from './limits.ts'
import type { OfflineEvent, OfflineState } from './offline.ts'
import type { Distribution } from './routing.ts'
import type { FiltersEvent, FiltersState } from './saved-filter.ts'
import type { VisitEvent, VisitState } from './visit.ts'
import type {
  CountsEvent,
  CountsState,
  MapEvent,
  MapState,
  WindowEvent,
  WindowState,
} from './whos-on.ts'

/* What a console may follow: a state, then events. */

const strict = { additionalProperties: false } as const

/** What can be subscribed to. Subscribing again with the same `sub` replaces it (moving a window). */
export const Topic = Type.Union([
  Type.Object(
    {
      topic: Type.Literal('window'),
      filter: VisitFilter,
      sort: Sort,
      offset: Type.Integer({ minimum: 0 }),
      limit: Type.Integer({ minimum: 1, maximum: LIMITS.windowRows }),
      /** Keep order and membership as they are; only values and the number of waiting moves change. */
      hold: Type.Optional(Type.Boolean()),
      group: Type.Optional(GroupBy),
      /** Keys of the groups that show their heading only. */
      folded: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { maxItems: 300 })),
    },
    strict,
  ),
  /** `filter`: one that is not saved, to be counted as well. */
  Type.Object(
    {
      topic: Type.Literal('counts'),
      filter: Type.Optional(VisitFilter),
      /** Totals of this brand alone. */
      brandId: Type.Optional(Id<BrandId>()),
    },
    strict,
  ),
  Type.Object({ topic: Type.Literal('map'), filter: Type.Optional(VisitFilter) }, strict),
  Type.Object({ topic: Type.Literal('visit'), visitId: Id<VisitId>() }, strict),
  Type.Object({ topic: Type.Literal('visitor'), visitorId: Id<VisitorId>() }, strict),
  Type.Object({ topic: Type.Literal('values'), visitId: Id<VisitId>() }, strict),
  Type.Object({ topic: Type.Literal('chats') }, strict),
  Type.Object(
    {
      topic: Type.Literal('chat'),
      chatId: Id<ChatId>(),
      after: Type.Optional(Type.Integer({ minimum: 0 })),
    },
    strict,
  ),
  Type.Object({ topic: Type.Literal('board') }, strict),
  Type.Object({ topic: Type.Literal('me') }, strict),
  Type.Object({ topic: Type.Literal('filters') }, strict),
  Type.Object({ topic: Type.Literal('colleagues') }, strict),
  Type.Object({ topic: Type.Literal('offline') }, strict),
])
export type Topic = Static<typeof Topic>

/** The agent's own standing: availability, groups, open invitations with their live states. */
export type MeState = {
  agentId: AgentId
  name: string
  chatName: string
  roles: Role[]
  available: boolean
  activeChats: number
  chatLimit: number
  groups: MyGroup[]
  /** Open ones and those that ended in the last minute; toasts come from changes here. */
  invitations: InvitationView[]
  /** No invitation goes out by itself for so long after one was declined or ignored. */
  courtesyHours: number
}
export type MeEvent = Partial<MeState>

/** A group the agent is in, and its queue. */
export type MyGroup = {
  id: GroupId
  name: string
  department: string
  active: boolean
  liveChat: boolean
  distribution: Distribution
  /** Chats waiting, and since when the longest. */
  waiting: number
  waitingSince?: Timestamp
  /** A wait this long is too long; absent when the group does not say. */
  alertAfterMs?: number
  /** More wait, or longer, than the group lets pass. */
  alert: boolean
}

/** State and event type of each topic. */
export type TopicTypes = {
  window: { state: WindowState; event: WindowEvent }
  counts: { state: CountsState; event: CountsEvent }
  map: { state: MapState; event: MapEvent }
  visit: { state: VisitState; event: VisitEvent }
  visitor: { state: VisitorState; event: VisitorEvent }
  values: { state: ValuesState; event: ValuesEvent }
  chats: { state: ChatsState; event: ChatsEvent }
  chat: { state: ChatDetailState; event: ChatDetailEvent }
  board: { state: BoardState; event: BoardEvent }
  me: { state: MeState; event: MeEvent }
  filters: { state: FiltersState; event: FiltersEvent }
  colleagues: { state: ColleaguesState; event: ColleaguesEvent }
  offline: { state: OfflineState; event: OfflineEvent }
}
export type TopicName = keyof TopicTypes
