import { type AgentServerFrame, LIMITS, type Topic } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { Refusal } from '../refusal.ts'
import type { OpenTopic, TopicDoor, TopicDoors } from './doors.ts'
import type { Refusals } from './refusals.ts'

type AnyDoor = TopicDoor<'window'>
type AnyOpen = OpenTopic<'window'>
type Sub = {
  topic: Topic
  open: AnyOpen | undefined
  /** Ends `open`, once, whoever comes first. */
  end: () => void
  /** Events numbered from 1 after the snapshot; what comes before it waits here. */
  n: number
  early: unknown[] | undefined
  /** Dropped events to save the queue: needs a new snapshot. */
  stale: boolean
  turn: number
}

/** Subscriptions of one connection. A console needs about ten. */
const MOST = 40
/** Topics whose events may be dropped and made good by a new snapshot. */
const COALESCED: ReadonlySet<Topic['topic']> = new Set(['window', 'map', 'counts'])

/**
 * What one agent's connection is subscribed to, each with its own numbering. A slow reader first
 * loses presence, which a new snapshot makes good; words of chats are never dropped.
 */
export function createSubscriptions(world: {
  topics: TopicDoors
  actor(): AgentActor
  send(frame: AgentServerFrame): void
  waitingBytes(): number
  refused: Refusals
  fault(error: unknown, what: string): void
}) {
  const subs = new Map<number, Sub>()
  let turns = 0

  async function open(number: number, topic: Topic): Promise<void> {
    const before = subs.get(number)
    if (!before && subs.size >= MOST) {
      return close(number, new Refusal('rate_limited', 'Too many subscriptions. Close some first.'))
    }
    const sub: Sub = {
      topic,
      open: before?.open,
      end: before?.end ?? (() => {}),
      n: 0,
      early: [],
      stale: false,
      turn: ++turns,
    }
    subs.set(number, sub)
    const current = () => subs.get(number) === sub
    const door = world.topics[topic.topic] as AnyDoor | undefined
    if (!door) return close(number, new Refusal('not_found', 'There is no such topic.'))
    const previous = before?.open && before.topic.topic === topic.topic ? before.open : undefined
    let opened: AnyOpen
    try {
      opened = await door.open(
        world.actor(),
        topic as Extract<Topic, { topic: 'window' }>,
        {
          emit: (event) => current() && emit(number, sub, event),
          lost: (message) => current() && close(number, new Refusal('not_found', message)),
        },
        previous,
      )
    } catch (error) {
      before?.end()
      sub.open = undefined
      if (!current()) return
      if (!(error instanceof Refusal)) world.fault(error, `subscribing to ${topic.topic} failed`)
      return close(number, error)
    }
    before?.end()
    // While it was opened, it was replaced or given up.
    if (!current()) return opened.close()
    sub.open = opened
    sub.end = once(() => opened.close())
    world.send({ type: 'snapshot', sub: number, state: opened.state })
    const early = sub.early ?? []
    sub.early = undefined
    for (const event of early) emit(number, sub, event)
  }

  function emit(number: number, sub: Sub, event: unknown): void {
    if (sub.early) return void sub.early.push(event)
    if (sub.stale) return
    if (COALESCED.has(sub.topic.topic) && world.waitingBytes() > LIMITS.sendQueueBytes / 2) {
      sub.stale = true
      return
    }
    sub.n += 1
    world.send({ type: 'event', sub: number, n: sub.n, event })
  }

  function close(number: number, error?: unknown): void {
    const sub = subs.get(number)
    subs.delete(number)
    sub?.end()
    if (error === undefined) return
    const refusal = error instanceof Refusal ? error : undefined
    const code = refusal?.code ?? 'internal'
    world.refused.count(code)
    world.send({
      type: 'closed',
      sub: number,
      code,
      message: refusal?.message ?? 'Something went wrong on our side. Try again.',
    })
  }

  return {
    open,
    close,
    /** Rights changed: everything is looked up again. */
    async reopen(): Promise<void> {
      for (const [number, sub] of [...subs]) await open(number, sub.topic)
    },
    /** Makes good what was dropped once the queue has emptied. */
    async refresh(): Promise<void> {
      if (world.waitingBytes() > LIMITS.sendQueueBytes / 4) return
      for (const [number, sub] of [...subs]) if (sub.stale) await open(number, sub.topic)
    },
    closeAll(): void {
      for (const number of [...subs.keys()]) close(number)
    },
  }
}
/** Whoever replaces a subscription and whoever gives it up may both close it. */
function once(close: () => void): () => void {
  let done = false
  return () => {
    if (done) return
    done = true
    close()
  }
}

export type Subscriptions = ReturnType<typeof createSubscriptions>
