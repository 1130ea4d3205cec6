import { type Static, Type } from 'typebox'

const strict = { additionalProperties: false } as const
const Seconds = Type.Integer({ minimum: 1, maximum: 86_400 })
const orOff = <T extends ReturnType<typeof Type.Integer>>(schema: T) =>
  Type.Union([schema, Type.Null()])

/** How the chats of a group find their agents (C8). */
export const Distribution = Type.Union([Type.Literal('pull'), Type.Literal('round_robin')])
export type Distribution = Static<typeof Distribution>

/** Open chats of one agent at once. */
export const ChatLimit = Type.Integer({ minimum: 1, maximum: 99 })

/** When a chat is taken from an agent who lets it wait; null is never. */
export const HandOffTimers = Type.Object(
  {
    /** Given the chat, no word to the visitor yet. */
    firstReply: orOff(Seconds),
    /** The visitor wrote last. */
    followUp: orOff(Seconds),
    /** No console of the agent is connected. */
    gone: orOff(Seconds),
  },
  strict,
)
export type HandOffTimers = Static<typeof HandOffTimers>

/** When the agents of a group are told of its queue; null is never. */
export const QueueAlert = Type.Object(
  {
    /** So many wait. */
    waiting: orOff(Type.Integer({ minimum: 1, maximum: 999 })),
    /** Somebody has waited so long. */
    seconds: orOff(Seconds),
  },
  strict,
)
export type QueueAlert = Static<typeof QueueAlert>

/** As shipped; the same stands in the tables' defaults. */
export const DEFAULT_HAND_OFF: HandOffTimers = { firstReply: 60, followUp: 300, gone: 120 }
export const DEFAULT_ALERT: QueueAlert = { waiting: null, seconds: 60 }

/** Why a chat left its agent. */
export type HandOffReason = 'no_first_reply' | 'no_follow_up' | 'agent_gone' | 'left'
/** Why it is not its agent's any more: handed off, or a manager did it. */
export type TakenReason = HandOffReason | 'taken_over' | 'passed_on'
