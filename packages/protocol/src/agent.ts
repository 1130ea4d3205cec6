import { type Static, Type } from 'typebox'
import {
  NoteDelete,
  NoteEdit,
  type Tag,
  VisitorNoteAdd,
  VisitorTag,
  VisitorUntag,
} from './about-visitor.ts'
import { BanTerms, type BanView } from './ban.ts'
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
import { FileOfferCommand } from './file.ts'
import {
  type AgentId,
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
import type { InvitationView, PastInvitation, ValuesState } from './invitation.ts'
import { LIMITS } from './limits.ts'
import { OfflineAnswer, OfflineDone, OfflineRead, OfflineTake } from './offline.ts'
import { FilterDelete, FilterSave, FiltersArrange, type SavedFilter } from './saved-filter.ts'
import { Topic } from './topic.ts'
import { TranscriptMail } from './transcript.ts'

const strict = { additionalProperties: false } as const
const Sub = Type.Integer({ minimum: 1, maximum: 1_000_000 })

export const AgentHello = Type.Object({ type: Type.Literal('hello'), v: Type.Integer() }, strict)
export type AgentHello = Static<typeof AgentHello>

export type Role = 'agent' | 'manager' | 'administrator'

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
