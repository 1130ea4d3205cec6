import type { AgentFrame, ChatId, CountsState, Message, WindowState } from '@beckon/protocol'
import { EVERYONE } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { createSubscriptions, type TopicOf } from './subscriptions.ts'

function scene() {
  const sent: AgentFrame[] = []
  const connection = {
    open: true,
    send(frame: AgentFrame) {
      if (connection.open) sent.push(frame)
      return connection.open
    },
  }
  const subscriptions = createSubscriptions(connection)
  return {
    sent,
    connection,
    subscriptions,
    /** What was sent since the last look. */
    news: () => sent.splice(0),
    snapshot: (sub: number, state: unknown) =>
      subscriptions.frame({ type: 'snapshot', sub, state }),
    event: (sub: number, n: number, event: unknown) =>
      subscriptions.frame({ type: 'event', sub, n, event }),
    closed: (sub: number) =>
      subscriptions.frame({ type: 'closed', sub, code: 'not_found', message: 'No such visit.' }),
  }
}

const counts = (online: number) => ({ online }) as CountsState
const window = (offset: number): TopicOf<'window'> => ({
  topic: 'window',
  filter: EVERYONE,
  sort: { by: 'started', dir: 'desc' },
  offset,
  limit: 50,
})

function watchCounts({ subscriptions }: ReturnType<typeof scene>) {
  const seen: number[] = []
  const subscription = subscriptions.subscribe(
    { topic: 'counts' },
    { onState: (state) => seen.push(state.online) },
  )
  return { seen, subscription }
}

test('I17 a snapshot and its events reach the listener as states', () => {
  const it = scene()
  const { seen, subscription } = watchCounts(it)
  expect(it.news()).toEqual([{ type: 'subscribe', sub: 1, topic: { topic: 'counts' } }])
  expect(subscription.state).toBeUndefined()
  it.snapshot(1, counts(5))
  it.event(1, 1, counts(6))
  it.event(1, 2, counts(7))
  expect(seen).toEqual([5, 6, 7])
  expect(subscription.state).toEqual(counts(7))
  expect(it.subscriptions.frame({ type: 'beat', now: 1 })).toBe(false)
})

test('R8 a gap asks for a new snapshot and ignores events until it comes', () => {
  const it = scene()
  const { seen } = watchCounts(it)
  it.snapshot(1, counts(1))
  it.event(1, 1, counts(2))
  it.news()
  it.event(1, 3, counts(99))
  it.event(1, 4, counts(98))
  expect(it.news()).toEqual([{ type: 'subscribe', sub: 1, topic: { topic: 'counts' } }])
  it.snapshot(1, counts(10))
  it.event(1, 1, counts(11))
  expect(seen).toEqual([1, 2, 10, 11])
})

test('R8 an event that came before is not applied twice', () => {
  const it = scene()
  const { seen } = watchCounts(it)
  it.snapshot(1, counts(1))
  it.event(1, 1, counts(2))
  it.event(1, 1, counts(3))
  expect(seen).toEqual([1, 2])
})

test('R7 after a reconnect everything is asked for again, also what was asked while away', () => {
  const it = scene()
  watchCounts(it)
  it.snapshot(1, counts(1))
  it.connection.open = false
  it.subscriptions.subscribe({ topic: 'me' }, { onState: () => {} })
  it.news()
  it.connection.open = true
  it.subscriptions.opened()
  expect(it.news()).toEqual([
    { type: 'subscribe', sub: 1, topic: { topic: 'counts' } },
    { type: 'subscribe', sub: 2, topic: { topic: 'me' } },
  ])
})

test('W19 a window that moves faster than the answers skips the places between', () => {
  const it = scene()
  const seen: number[] = []
  const subscription = it.subscriptions.subscribe(window(0), {
    onState: (state, topic) => {
      expect(state.offset).toBe(topic.offset)
      seen.push(topic.offset)
    },
  })
  const state = (offset: number) => ({ offset, order: [], rows: {} }) as unknown as WindowState
  it.news()
  for (const offset of [50, 100, 150]) subscription.replace(window(offset))
  expect(it.news()).toEqual([])
  it.snapshot(1, state(0))
  expect(it.news()).toMatchObject([{ sub: 1, topic: { offset: 150 } }])
  it.event(1, 1, { at: 1, interval: 250, total: 3 })
  it.snapshot(1, state(150))
  it.event(1, 1, { at: 1, interval: 250, total: 4 })
  expect(seen).toEqual([0, 150, 150])
  expect(subscription.state?.total).toBe(4)
})

test('I15 a closed subscription stays closed over a reconnect until it is asked for again', () => {
  const it = scene()
  const closed: string[] = []
  const subscription = it.subscriptions.subscribe(
    { topic: 'counts' },
    { onState: () => {}, onClosed: (code) => closed.push(code) },
  )
  it.closed(1)
  it.news()
  it.subscriptions.opened()
  expect(closed).toEqual(['not_found'])
  expect(it.news()).toEqual([])
  subscription.replace({ topic: 'counts' })
  expect(it.news()).toHaveLength(1)
})

test('I15 a refusal of params already replaced is not reported', () => {
  const it = scene()
  const closed: string[] = []
  const subscription = it.subscriptions.subscribe(window(0), {
    onState: () => {},
    onClosed: (code) => closed.push(code),
  })
  subscription.replace(window(50))
  it.news()
  it.closed(1)
  expect(closed).toEqual([])
  expect(it.news()).toMatchObject([{ topic: { offset: 50 } }])
})

test('R5 a chat is resumed after the last message held', () => {
  const it = scene()
  const chatId = 'chat-0001' as ChatId
  const message = (seq: number) => ({ seq }) as Message
  const detail = (...seqs: number[]) => ({ chat: { id: chatId }, messages: seqs.map(message) })
  const subscription = it.subscriptions.subscribe({ topic: 'chat', chatId }, { onState: () => {} })
  it.snapshot(1, detail(1, 2))
  it.event(1, 1, { messages: [message(3)] })
  it.news()
  it.subscriptions.opened()
  expect(it.news()).toMatchObject([{ topic: { topic: 'chat', chatId, after: 3 } }])
  it.snapshot(1, detail(4, 5))
  expect(subscription.state?.messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5])

  const other = 'chat-0002' as ChatId
  subscription.replace({ topic: 'chat', chatId: other })
  expect(it.news()).toMatchObject([{ topic: { chatId: other } }])
  it.snapshot(1, { chat: { id: other }, messages: [message(1)] })
  expect(subscription.state?.messages).toHaveLength(1)
})

test('I17 after closing nothing reaches the listener', () => {
  const it = scene()
  const { seen, subscription } = watchCounts(it)
  it.snapshot(1, counts(1))
  it.news()
  subscription.close()
  subscription.close()
  expect(it.news()).toEqual([{ type: 'unsubscribe', sub: 1 }])
  expect(it.event(1, 1, counts(2))).toBe(true)
  expect(seen).toEqual([1])
})
