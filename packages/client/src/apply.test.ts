import type {
  ChatDetailState,
  ChatId,
  ChatRow,
  ChatsState,
  CountsState,
  MapState,
  MeState,
  Message,
  Place,
  VisitId,
  VisitorChatState,
  VisitRow,
  VisitState,
  WindowEvent,
  WindowState,
} from '@beckon/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEvent, applyVisitorChat, lastSeq, resumed } from './apply.ts'

const row = (id: string, hits = 1) => ({ id: id as VisitId, hits }) as VisitRow
const message = (seq: number) => ({ seq, clientId: `c${seq}`, text: `${seq}` }) as Message

/** Throws on any change in place, all the way down. */
function frozen<T>(value: T): T {
  if (value && typeof value === 'object') {
    for (const part of Object.values(value)) frozen(part)
    Object.freeze(value)
  }
  return value
}

describe('window', () => {
  const windowState = (order: string[], hits: Record<string, number>): WindowState => ({
    total: order.length,
    removed: 0,
    offset: 0,
    order: order as VisitId[],
    rows: Object.fromEntries(order.map((id) => [id, row(id, hits[id] ?? 1)])),
    waiting: 0,
    fresh: 0,
    at: 1,
    interval: 250,
  })

  /** What a server would say about the difference between two states. */
  const difference = (before: WindowState, after: WindowState): WindowEvent => {
    const rows = after.order
      .map((id) => after.rows[id] as VisitRow)
      .filter(({ id, hits }) => before.rows[id]?.hits !== hits)
    const moved = before.order.join() !== after.order.join()
    return {
      at: after.at,
      interval: after.interval,
      ...(after.total === before.total ? {} : { total: after.total }),
      ...(moved ? { order: after.order } : {}),
      ...(rows.length > 0 ? { rows } : {}),
      ...(after.waiting === before.waiting ? {} : { waiting: after.waiting }),
    }
  }

  test('I17 state + the difference to any other state = that state, and rows untouched stay the same object', () => {
    const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'))
    const hits = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), fc.nat(3))
    const state = fc.tuple(ids, hits, fc.nat(5)).map(([order, counts, waiting]) => ({
      ...windowState(order, counts),
      waiting,
    }))
    fc.assert(
      fc.property(state, state, (before, after) => {
        const next = applyEvent('window', frozen(before), frozen(difference(before, after)))
        expect(next).toEqual(after)
        for (const id of after.order) {
          if (before.rows[id]?.hits === after.rows[id]?.hits) {
            expect(next.rows[id]).toBe(before.rows[id])
          }
        }
      }),
      { numRuns: 2_000 },
    )
  })

  test('I17 a row that is not in the order is not held', () => {
    const before = windowState(['a', 'b'], {})
    const next = applyEvent('window', before, {
      at: 2,
      interval: 250,
      order: ['b'] as VisitId[],
      rows: [row('x')],
    })
    expect(Object.keys(next.rows)).toEqual(['b'])
  })

  test('I17 with only facts the rows are the same object', () => {
    const before = windowState(['a', 'b'], {})
    const next = applyEvent('window', before, { at: 2, interval: 500, waiting: 3 })
    expect(next).toMatchObject({ at: 2, interval: 500, waiting: 3 })
    expect(next.rows).toBe(before.rows)
    expect(next.order).toBe(before.order)
  })
})

test('I17 counts and values are replaced', () => {
  const counts = { online: 1 } as CountsState
  expect(applyEvent('counts', { online: 2 } as CountsState, counts)).toBe(counts)
})

test('I17 map: places are set and dropped by key', () => {
  const place = (key: string, active: number) => ({ key, active }) as Place
  const before: MapState = frozen({
    places: { a: place('a', 1), b: place('b', 1) },
    unlocated: 4,
    at: 1,
  })
  const next = applyEvent('map', before, { at: 2, set: [place('c', 1)], drop: ['a'] })
  expect(next).toEqual({ places: { b: place('b', 1), c: place('c', 1) }, unlocated: 4, at: 2 })
  expect(next.places.b).toBe(before.places.b)
  expect(applyEvent('map', before, { at: 3, unlocated: 0 }).places).toBe(before.places)
})

test('I17 visit: pages are upserted by id and keep their order', () => {
  const page = (id: string, title = id) => ({ id, at: 1, url: '/', title })
  const before = frozen({
    row: row('v'),
    pages: [page('1'), page('2')],
    attributes: {},
    invitations: [],
    gone: false,
  }) as VisitState
  const next = applyEvent('visit', before, {
    pages: [{ ...page('2', 'new'), stayed: 5 }, page('3')],
    gone: true,
  })
  expect(next.pages).toEqual([page('1'), { ...page('2', 'new'), stayed: 5 }, page('3')])
  expect(next.pages[0]).toBe(before.pages[0])
  expect(next.gone).toBe(true)
  expect(next.row).toBe(before.row)
  expect(applyEvent('visit', before, { gone: true }).pages).toBe(before.pages)
})

test('I17 chats: rows are set and dropped', () => {
  const chat = (id: string) => ({ id: id as ChatId, unread: 0 }) as ChatRow
  const before: ChatsState = frozen({ chats: { a: chat('a'), b: chat('b') } })
  const next = applyEvent('chats', before, { set: [chat('c')], drop: ['a' as ChatId] })
  expect(Object.keys(next.chats)).toEqual(['b', 'c'])
  expect(next.chats['b' as ChatId]).toBe(before.chats['b' as ChatId])
})

describe('messages', () => {
  test('I14 chat: what is already here is dropped, what is new comes at the end', () => {
    const before = frozen({
      chat: {},
      messages: [message(1), message(2)],
      typing: 'visitor',
      visitorHere: true,
    }) as unknown as ChatDetailState
    const next = applyEvent('chat', before, {
      messages: [message(2), message(3)],
      typing: null,
    })
    expect(next.messages.map(({ seq }) => seq)).toEqual([1, 2, 3])
    expect(next.messages[1]).toBe(before.messages[1])
    expect(next.typing).toBeNull()
    expect(next.visitorHere).toBe(true)
    expect(applyEvent('chat', before, { typing: null }).messages).toBe(before.messages)
  })

  test('I14 a visitor’s chat: any stream with repeats gives each message once and in order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 20 }), (steps) => {
        let state: VisitorChatState = { chat: {} as never, messages: [], typing: true }
        let sent = 0
        for (const step of steps) {
          // Each frame begins with the last one again.
          const from = Math.max(sent, 1)
          const messages = Array.from({ length: sent + step - from + 1 }, (_, i) =>
            message(from + i),
          )
          sent += step
          state = applyVisitorChat(frozen(state), { messages, typing: false })
        }
        const seqs = state.messages.map(({ seq }) => seq)
        expect(seqs).toEqual(Array.from({ length: sent }, (_, i) => i + 1))
      }),
    )
  })

  test('I14 a snapshot of what came after joins what is held', () => {
    const held = { messages: [message(1), message(2)] }
    const seqs = (state: { messages: Message[] }) => state.messages.map(({ seq }) => seq)
    expect(seqs(resumed(held, { messages: [message(3)] }))).toEqual([1, 2, 3])
    expect(seqs(resumed(held, { messages: [] }))).toEqual([1, 2])
    expect(seqs(resumed(held, { messages: [1, 2, 3].map(message) }))).toEqual([1, 2, 3])
    expect(seqs(resumed(undefined, { messages: [message(1)] }))).toEqual([1])
    expect(lastSeq(held.messages)).toBe(2)
    expect(lastSeq([])).toBe(0)
  })
})

test('I17 me: fields that are absent or undefined change nothing', () => {
  const before = frozen({ available: true, activeChats: 2, invitations: [] }) as unknown as MeState
  const next = applyEvent('me', before, { available: false, name: undefined })
  expect(next).toEqual({ available: false, activeChats: 2, invitations: [] })
  expect('name' in next).toBe(false)
  expect(next.invitations).toBe(before.invitations)
})
