import { type Static, Type } from 'typebox'
import {
  NoteDelete,
  NoteEdit,
  type Tag,
  type VisitorEvent,
  VisitorNoteAdd,
  type VisitorState,
  VisitorTag,
  VisitorUntag,
} from './about-visitor.ts'
import { BanTerms, type BanView } from './ban.ts'
import type { BoardEvent, BoardState } from './board.ts'
import type { ChatDetailEvent, ChatDetailState, ChatsEvent, ChatsState } from './chat.ts'
import {
  AgentSetActive,
  AgentSetAvailable,
  ChatContact,
  ChatJoin,
  ChatLeave,
  ChatNoteAdd,
  ChatTag,
  ChatTakeOver,
  ChatTransfer,
  ChatUntag,
  ChatWhisper,
} from './chat-work.ts'
import type { RefusalCode } from './codes.ts'
import type { ColleaguesEvent, ColleaguesState } from './colleague.ts'
import { FileOfferCommand } from './file.ts'
import { GroupBy, Sort, VisitFilter } from './filter.ts'
import {
  type AgentId,
  type BrandId,
  type ChatId,
  type ChatNoteId,
  ClientId,
  type GroupId,
  Id,
  type InvitationId,
  type NoteId,
  type Timestamp,
  type VisitId,
  type VisitorId,
} from './ids.ts'
import type { InvitationView, PastInvitation, ValuesEvent, ValuesState } from './invitation.ts'
import { LIMITS } from './limits.ts'
import {
  OfflineAnswer,
  OfflineDone,
  type OfflineEvent,
  OfflineRead,
  type OfflineState,
  OfflineTake,
} from './offline.ts'
import type { Distribution } from './routing.ts'
import {
  FilterDelete,
  FilterSave,
  FiltersArrange,
  type FiltersEvent,
  type FiltersState,
  type SavedFilter,
} from './saved-filter.ts'
import { TranscriptMail } from './transcript.ts'
import type { VisitEvent, VisitState } from './visit.ts'
import type {
  CountsEvent,
  CountsState,
  MapEvent,
  MapState,
  WindowEvent,
  WindowState,
} from './whos-on.ts'

const strict = { additionalProperties: false } as const
const Sub = Type.Integer({ minimum: 1, maximum: 1_000_000 })

export const AgentHello = Type.Object({ type: Type.Literal('hello'), v: Type.Integer() }, strict)
export type AgentHello = Static<typeof AgentHello>

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

export type Role = 'agent' | 'manager' | 'administrator'

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

/** What an agent may ask for. Answered by `done` or `refused` naming `id`; the same id again has no second effect. */
export const AgentCommand = Type.Union([
  Type.Object(
    {
      type: Type.Literal('invitation.send'),
      id: ClientId,
      visitId: Id<VisitId>(),
      groupId: Id<GroupId>(),
      /** Up to 8,000 characters of template; what it renders to is limited to 4,000. */
      template: Type.String({ maxLength: 2 * LIMITS.messageCharacters }),
      /** The version of the values that were previewed. */
      version: Type.String({ maxLength: 64 }),
      /** A manager replaces this open invitation. */
      replace: Type.Optional(Id<InvitationId>()),
      /** The agent knows that the last one was declined or ignored. */
      again: Type.Optional(Type.Boolean()),
    },
    strict,
  ),
  Type.Object(
    { type: Type.Literal('invitation.withdraw'), id: ClientId, invitationId: Id<InvitationId>() },
    strict,
  ),
  Type.Object({ type: Type.Literal('visit.stop'), id: ClientId, visitId: Id<VisitId>() }, strict),
  Type.Object({ type: Type.Literal('visit.remove'), id: ClientId, visitId: Id<VisitId>() }, strict),
  /** By managers of the visitor's brand. With `range`, everybody at that address as well. */
  Type.Object(
    { type: Type.Literal('visitor.ban'), id: ClientId, visitorId: Id<VisitorId>(), ...BanTerms },
    strict,
  ),
  Type.Object(
    { type: Type.Literal('availability.set'), id: ClientId, available: Type.Boolean() },
    strict,
  ),
  Type.Object(
    {
      type: Type.Literal('group.setActive'),
      id: ClientId,
      groupId: Id<GroupId>(),
      active: Type.Boolean(),
    },
    strict,
  ),
  /** Leaving: all open chats of theirs go to others, or back to their queues. */
  Type.Object({ type: Type.Literal('chats.handOn'), id: ClientId }, strict),
  Type.Object({ type: Type.Literal('chat.take'), id: ClientId, chatId: Id<ChatId>() }, strict),
  Type.Object({ type: Type.Literal('chat.end'), id: ClientId, chatId: Id<ChatId>() }, strict),
  Type.Object(
    {
      type: Type.Literal('message.send'),
      id: ClientId,
      chatId: Id<ChatId>(),
      text: Type.String({ minLength: 1, maxLength: LIMITS.messageCharacters }),
    },
    strict,
  ),
  FilterSave,
  FilterDelete,
  FiltersArrange,
  VisitorNoteAdd,
  NoteEdit,
  NoteDelete,
  VisitorTag,
  VisitorUntag,
  OfflineRead,
  OfflineTake,
  OfflineAnswer,
  OfflineDone,
  TranscriptMail,
  FileOfferCommand,
  ChatTransfer,
  ChatNoteAdd,
  ChatWhisper,
  ChatJoin,
  ChatLeave,
  ChatTakeOver,
  ChatTag,
  ChatUntag,
  ChatContact,
  AgentSetAvailable,
  AgentSetActive,
])
export type AgentCommand = Static<typeof AgentCommand>

/** Everything an agent may send after the hello. */
export const AgentFrame = Type.Union([
  Type.Object({ type: Type.Literal('subscribe'), sub: Sub, topic: Topic }, strict),
  Type.Object({ type: Type.Literal('unsubscribe'), sub: Sub }, strict),
  Type.Object(
    { type: Type.Literal('chat.typing'), chatId: Id<ChatId>(), on: Type.Boolean() },
    strict,
  ),
  Type.Object(
    { type: Type.Literal('chat.seen'), chatId: Id<ChatId>(), seq: Type.Integer({ minimum: 0 }) },
    strict,
  ),
  Type.Object(
    {
      type: Type.Literal('chat.delivered'),
      chatId: Id<ChatId>(),
      seq: Type.Integer({ minimum: 0 }),
    },
    strict,
  ),
  /** All that this console attends to now; holds for 30 s unless it is said again. */
  Type.Object(
    {
      type: Type.Literal('attend'),
      looking: Type.Array(Id<VisitId>(), { maxItems: LIMITS.recipients }),
      writing: Type.Array(Id<VisitId>(), { maxItems: LIMITS.recipients }),
    },
    strict,
  ),
  AgentCommand,
])
export type AgentFrame = Static<typeof AgentFrame>

/** What `done` carries besides the id, by command. */
export type CommandResult = {
  'invitation.send': { invitation: InvitationView }
  'invitation.withdraw': { invitation: InvitationView }
  'visit.stop': Record<never, never>
  'visit.remove': Record<never, never>
  'visitor.ban': { ban: BanView }
  'availability.set': Record<never, never>
  'group.setActive': Record<never, never>
  'chats.handOn': { handed: number }
  'chat.take': { chatId: ChatId }
  'chat.end': Record<never, never>
  'message.send': { seq: number; at: Timestamp }
  'filter.save': { filter: SavedFilter }
  'filter.delete': Record<never, never>
  'filters.arrange': Record<never, never>
  'visitor.note': { noteId: NoteId }
  'note.edit': Record<never, never>
  'note.delete': Record<never, never>
  'visitor.tag': { tag: Tag }
  'visitor.untag': Record<never, never>
  'chat.transfer': Record<never, never>
  'chat.note': { noteId: ChatNoteId }
  'chat.whisper': { noteId: ChatNoteId }
  'chat.join': Record<never, never>
  'chat.leave': Record<never, never>
  'chat.takeOver': Record<never, never>
  'chat.tag': { tag: Tag }
  'chat.untag': Record<never, never>
  'chat.contact': Record<never, never>
  'agent.setAvailable': Record<never, never>
  'agent.setActive': Record<never, never>
  'offline.read': Record<never, never>
  'offline.take': Record<never, never>
  'offline.answer': Record<never, never>
  'offline.done': Record<never, never>
  'transcript.mail': Record<never, never>
  /** A pass to bring it; or, where it is stored already, the message it became. */
  'file.offer': { pass: string } | { seq: number; at: Timestamp }
}

export type AgentServerFrame =
  | { type: 'welcome'; v: number; now: Timestamp; agentId: AgentId; roles: Role[] }
  /** Begins or restarts a subscription; its events are numbered from 1 after this. */
  | { type: 'snapshot'; sub: number; state: unknown }
  | { type: 'event'; sub: number; n: number; event: unknown }
  /** The subscription is over: not there, or not yours any more. */
  | { type: 'closed'; sub: number; code: RefusalCode; message: string }
  /** Every 2 s of quiet: lets the screen say how old its data is. */
  | { type: 'beat'; now: Timestamp }
  | { type: 'done'; id: string; result: unknown }
  | {
      type: 'refused'
      id?: string
      code: RefusalCode
      message: string
      /** What the refusal is about: the other invitation, the open chat, the fresh values, the filter as it is now. */
      details?: {
        invitation?: InvitationView
        chatId?: ChatId
        values?: ValuesState
        past?: PastInvitation[]
        filter?: SavedFilter
      }
    }
  | { type: 'move'; withinMs: number }
