import type { Topic, TopicName } from '@beckon/protocol'
import { expect } from 'vitest'
import { applyEvent } from '../../client/src/streams.ts'
import type { AgentLine, Whole } from './whole.ts'

type Followed = {
  topic: Topic
  sub: number
  state: unknown
  n: number
  closed: boolean
}

/**
 * The law of the console (I17, R8), watched from outside: an agent's subscriptions are followed as
 * the console follows them, and after every command what they came to must equal what a new
 * subscription is given now.
 */
export async function holdToLaw(whole: Whole, agent: AgentLine, topics: readonly Topic[]) {
  const followed: Followed[] = []
  let read = 0

  function catchUp(): void {
    for (; read < agent.heard.length; read++) {
      const frame = agent.heard[read]
      if (frame?.type !== 'snapshot' && frame?.type !== 'event' && frame?.type !== 'closed')
        continue
      const one = followed.find(({ sub }) => sub === frame.sub)
      if (!one) continue
      if (frame.type === 'closed') one.closed = true
      if (frame.type === 'snapshot') Object.assign(one, { state: frame.state, n: 0, closed: false })
      if (frame.type === 'event') {
        expect(frame.n, `number of an event of ${one.topic.topic}`).toBe(++one.n)
        one.state = applyEvent(one.topic.topic, one.state as never, frame.event as never)
      }
    }
  }

  async function follow(topic: Topic): Promise<void> {
    const one: Followed = { topic, sub: agent.newSub(), state: undefined, n: 0, closed: false }
    followed.push(one)
    agent.say({ type: 'subscribe', sub: one.sub, topic })
    await agent.until(`a snapshot of ${topic.topic}`, () => {
      catchUp()
      return one.state === undefined && !one.closed ? undefined : true
    })
  }
  for (const topic of topics) await follow(topic)

  return {
    follow,
    /** The state of the first subscription to a topic, as the console has it now. */
    stateOf<N extends TopicName>(name: N) {
      catchUp()
      return followed.find(({ topic }) => topic.topic === name)?.state
    },
    async until(what: string, check: () => boolean): Promise<void> {
      await agent.until(what, () => {
        catchUp()
        return check() || undefined
      })
    },
    async holds(after: string): Promise<void> {
      await whole.settled()
      catchUp()
      for (const one of followed) {
        if (one.closed) continue
        const fresh = await agent.look(one.topic)
        const name = `${one.topic.topic} after: ${after}`
        // Who has left the list is followed to the end; whoever asks now is told what is stored.
        if ('refused' in fresh) expect(hasLeft(one), `${name}; refused ${fresh.refused}`).toBe(true)
        else if (!hasLeft(one)) expect(timeless(one.state), name).toEqual(timeless(fresh))
      }
    },
    get topics(): TopicName[] {
      return followed.map(({ topic }) => topic.topic)
    },
    /** Subscriptions that ended by themselves. */
    get closed() {
      return followed.filter(({ closed }) => closed).map(({ topic }) => topic.topic)
    },
  }
}

const hasLeft = ({ topic, state }: Followed): boolean =>
  (topic.topic === 'visit' && (state as { gone: boolean }).gone) ||
  (topic.topic === 'values' && (state as { status: string }).status === 'removed')

/** When it was said, and the name of a set of values, differ by nature; everything else must not. */
const timeless = (state: unknown) => ({ ...(state as object), at: 0, interval: 0, version: '' })
