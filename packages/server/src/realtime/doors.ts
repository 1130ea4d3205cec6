import type {
  AgentCommand,
  AgentFrame,
  ChatId,
  CommandResult,
  Topic,
  TopicName,
  TopicTypes,
  VisitorFrame,
} from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import type { VisitorActor } from '../visits/presence.ts'

/*
 * The doors between connections and nouns. A socket parses and checks a frame, finds its door here
 * and passes it on with the actor; a noun never sees a socket, a socket never decides anything.
 */

type VisitorType = VisitorFrame['type']
type VisitorOf<T extends VisitorType> = Extract<VisitorFrame, { type: T }>

/** A command's answer (`done`) beside its id; void for frames without an id. A Refusal thrown becomes `refused`. */
export type VisitorDoors = {
  [T in VisitorType]?: (
    actor: VisitorActor,
    frame: VisitorOf<T>,
    // biome-ignore lint/suspicious/noConfusingVoidType: doors of frames without an id answer nothing
  ) => Promise<{ seq?: number; chatId?: ChatId } | void>
}

type CommandType = AgentCommand['type']

export type AgentDoors = {
  [T in CommandType]?: (
    actor: AgentActor,
    command: Extract<AgentCommand, { type: T }>,
  ) => Promise<CommandResult[T]>
} & {
  /** Frames without an answer. */
  'chat.typing'?: (actor: AgentActor, frame: Extract<AgentFrame, { type: 'chat.typing' }>) => void
  'chat.seen'?: (actor: AgentActor, frame: Extract<AgentFrame, { type: 'chat.seen' }>) => void
  'chat.delivered'?: (
    actor: AgentActor,
    frame: Extract<AgentFrame, { type: 'chat.delivered' }>,
  ) => void
  /** What one console attends to; `left` when its connection is gone. */
  attend?: (
    actor: AgentActor,
    frame: Extract<AgentFrame, { type: 'attend' }>,
    connectionId: string,
  ) => void
  left?: (connectionId: string) => void
  /** A console said hello. */
  came?: (actor: AgentActor, connectionId: string) => void
}

/**
 * Something agents can subscribe to. `open` checks the right by lookup (Refusal when there is none),
 * returns the state now, and from then on calls `emit` with every event after that state, in order,
 * so that apply(state, events) is what `open` would return then (the law of the console).
 * Between reading the state and registering there must be no gap. `lost` ends the subscription.
 */
export type TopicDoor<N extends TopicName> = {
  open(
    actor: AgentActor,
    params: Extract<Topic, { topic: N }>,
    out: { emit(event: TopicTypes[N]['event']): void; lost(message: string): void },
    /** What the same `sub` had open until now; it stays open until this one is. */
    previous?: OpenTopic<N>,
  ): Promise<OpenTopic<N>>
}
export type OpenTopic<N extends TopicName> = {
  state: TopicTypes[N]['state']
  close(): void
  /** Sends now what coalescing holds back; tests call it before comparing. */
  flush?(): void
}
export type TopicDoors = { [N in TopicName]?: TopicDoor<N> }
