import type {
  AgentFrame,
  AgentServerFrame,
  RefusalCode,
  Topic,
  TopicName,
  TopicTypes,
} from '@beckon/protocol'
import { applyEvent, lastSeq, resumed } from './apply.ts'

/*
 * An agent's subscriptions over one connection. A subscription outlives connections: after a
 * reconnect, or when an event is missing, it is asked for again and begins with a new snapshot.
 * At most one request of a subscription is on its way at any time, so an answer always belongs to
 * the params last sent; a window that moves faster than the server answers skips the places between.
 */

export type TopicOf<N extends TopicName> = Extract<Topic, { topic: N }>

export type SubscriptionListener<N extends TopicName> = {
  /** After each snapshot and each event. `topic` is what this state was asked for with. */
  onState(state: TopicTypes[N]['state'], topic: TopicOf<N>): void
  /** It is over: not there, or not this agent's any more. `replace` asks again. */
  onClosed?(code: RefusalCode, message: string): void
}

export type Subscription<N extends TopicName> = {
  /** The state now; undefined until the first snapshot. */
  readonly state: TopicTypes[N]['state'] | undefined
  /** Moves it: other params, same subscription. The old state stays until the new snapshot. */
  replace(topic: TopicOf<N>): void
  close(): void
}

export type Subscriptions = {
  subscribe<N extends TopicName>(
    topic: TopicOf<N>,
    listener: SubscriptionListener<N>,
  ): Subscription<N>
  /** Give it every frame; true when the frame was one of a subscription. */
  frame(frame: AgentServerFrame): boolean
  /** The connection has been welcomed (again): everything is asked for again. */
  opened(): void
}

type Entry = {
  sub: number
  topic: Topic
  /** What the request on its way, or else the held state, was asked with. */
  sent: Topic | undefined
  awaiting: boolean
  closed: boolean
  /** Number of the last event since the snapshot. */
  n: number
  state: unknown
  onState(state: unknown, topic: Topic): void
  onClosed?(code: RefusalCode, message: string): void
}

export function createSubscriptions(connection: {
  send(frame: AgentFrame): boolean
}): Subscriptions {
  const entries = new Map<number, Entry>()
  let lastSub = 0

  const ask = (entry: Entry) => {
    const topic = withResume(entry.topic, entry.state)
    if (!connection.send({ type: 'subscribe', sub: entry.sub, topic })) return
    entry.sent = entry.topic
    entry.awaiting = true
  }

  const answered = (entry: Entry) => {
    entry.awaiting = false
    if (entry.topic !== entry.sent) ask(entry)
  }

  const onSnapshot = (entry: Entry, state: unknown) => {
    const topic = entry.sent ?? entry.topic
    entry.n = 0
    entry.state = sameChat(entry, topic) ? resumedChat(entry.state, state) : state
    answered(entry)
    entry.onState(entry.state, topic)
  }

  const onEvent = (entry: Entry, { n, event }: { n: number; event: unknown }) => {
    if (entry.awaiting || entry.closed || n <= entry.n) return
    // Something in between is missing: only a new snapshot can mend it.
    if (n !== entry.n + 1 || entry.state === undefined) return ask(entry)
    entry.n = n
    entry.state = applyUnknown(entry.topic.topic, entry.state, event)
    entry.onState(entry.state, entry.sent ?? entry.topic)
  }

  const onClosed = (entry: Entry, { code, message }: { code: RefusalCode; message: string }) => {
    const replaced = entry.topic !== entry.sent
    entry.closed = !replaced
    answered(entry)
    if (!replaced) entry.onClosed?.(code, message)
  }

  return {
    subscribe<N extends TopicName>(topic: TopicOf<N>, listener: SubscriptionListener<N>) {
      do lastSub = (lastSub % 1_000_000) + 1
      while (entries.has(lastSub))
      const entry: Entry = {
        sub: lastSub,
        topic,
        sent: undefined,
        awaiting: false,
        closed: false,
        n: 0,
        state: undefined,
        // The wire says `unknown`; which state belongs to which topic is fixed here, once.
        onState: (state, asked) =>
          listener.onState(state as TopicTypes[N]['state'], asked as TopicOf<N>),
        onClosed: (code, message) => listener.onClosed?.(code, message),
      }
      entries.set(entry.sub, entry)
      ask(entry)
      return {
        get state() {
          return entry.state as TopicTypes[N]['state'] | undefined
        },
        replace(next: TopicOf<N>) {
          entry.topic = next
          entry.closed = false
          if (!entry.awaiting) ask(entry)
        },
        close() {
          if (entries.delete(entry.sub)) connection.send({ type: 'unsubscribe', sub: entry.sub })
        },
      }
    },

    frame(frame) {
      if (frame.type !== 'snapshot' && frame.type !== 'event' && frame.type !== 'closed')
        return false
      // Unknown: the rest of one that was closed here meanwhile.
      const entry = entries.get(frame.sub)
      if (!entry) return true
      if (frame.type === 'snapshot') onSnapshot(entry, frame.state)
      else if (frame.type === 'event') onEvent(entry, frame)
      else onClosed(entry, frame)
      return true
    },

    opened() {
      for (const entry of entries.values()) {
        entry.awaiting = false
        if (!entry.closed) ask(entry)
      }
    },
  }
}

type WithMessages = TopicTypes['chat']['state']

/** Chat messages are the one thing that is replayed: only those after the last one held. */
function withResume(topic: Topic, state: unknown): Topic {
  if (topic.topic !== 'chat' || state === undefined) return topic
  const held = state as WithMessages
  return held.chat.id === topic.chatId ? { ...topic, after: lastSeq(held.messages) } : topic
}

const sameChat = (entry: Entry, topic: Topic): boolean =>
  topic.topic === 'chat' &&
  entry.state !== undefined &&
  (entry.state as WithMessages).chat.id === topic.chatId

const resumedChat = (held: unknown, snapshot: unknown): WithMessages =>
  resumed(held as WithMessages, snapshot as WithMessages)

const applyUnknown = <N extends TopicName>(topic: N, state: unknown, event: unknown): unknown =>
  applyEvent(topic, state as TopicTypes[N]['state'], event as TopicTypes[N]['event'])
