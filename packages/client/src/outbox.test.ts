import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { leaseLock } from './lease-lock.ts'
import { createOutbox, type SendLock, type Storage, webLock } from './outbox.ts'
import { decoded, encoded, reunited, type UnsentList } from './unsent.ts'

/** Time, storage shared by tabs, and one lock of that storage. */
function origin() {
  let now = 1_000_000
  const timers = new Set<{ at: number; work: () => void }>()
  const entries = new Map<string, string>()
  const watchers = new Set<{ tab: object; key: string; changed: (value: string | null) => void }>()
  const after = (ms: number, work: () => void) => {
    const timer = { at: now + ms, work }
    timers.add(timer)
    return () => void timers.delete(timer)
  }
  const advance = (ms: number) => {
    const end = now + ms
    for (;;) {
      const due = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
      if (!due) break
      timers.delete(due)
      now = Math.max(now, due.at)
      due.work()
    }
    now = end
  }
  const storageOf = (tab: object): Storage => ({
    get: (key) => entries.get(key) ?? null,
    set(key, value) {
      if ((entries.get(key) ?? null) === value) return
      if (value === null) entries.delete(key)
      else entries.set(key, value)
      for (const watcher of watchers) {
        if (watcher.tab !== tab && watcher.key === key) after(1, () => watcher.changed(value))
      }
    },
    watch(key, changed) {
      const watcher = { tab, key, changed }
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },
  })
  const waiting: (() => void)[] = []
  let taken = false
  const lock: SendLock = {
    acquire(_, held) {
      let gone = false
      let mine = false
      const turn = () => {
        if (gone) return
        taken = mine = true
        held()
      }
      if (taken) waiting.push(turn)
      else after(0, () => (taken ? waiting.push(turn) : turn()))
      return () => {
        gone = true
        if (!mine) return
        taken = mine = false
        for (const next of waiting.splice(0)) after(0, () => (taken ? waiting.push(next) : next()))
      }
    },
  }
  return { advance, after, storageOf, lock, entries, now: () => now, timers }
}

/** A chat that stores each client id once, and loses answers when told to. */
function server() {
  const stored: { id: string; text: string }[] = []
  return {
    stored,
    texts: () => stored.map(({ text }) => text),
    take(unsent: { id: string; text: string }) {
      if (!stored.some(({ id }) => id === unsent.id)) stored.push({ ...unsent })
    },
  }
}

let ids = 0
function tab(
  it: ReturnType<typeof origin>,
  chat: ReturnType<typeof server>,
  { answer = true, lock = it.lock }: { answer?: boolean; lock?: SendLock } = {},
) {
  const my = {
    connected: false,
    answers: answer,
    wire: [] as string[],
    changes: [] as UnsentList[],
  }
  const outbox = createOutbox({
    key: 'chat-1',
    storage: it.storageOf(my),
    lock,
    send(unsent) {
      if (!my.connected) return false
      my.wire.push(unsent.id)
      chat.take(unsent)
      if (my.answers) it.after(5, () => my.connected && outbox.acknowledged(unsent.id))
      return true
    },
    onChange: (list) => my.changes.push(list),
    timers: { after: it.after },
    now: it.now,
    newId: () => `message-${++ids}`,
  })
  return {
    ...outbox,
    get list() {
      return outbox.list
    },
    my,
    connect() {
      my.connected = true
      outbox.opened()
    },
    disconnect() {
      my.connected = false
      outbox.lost()
    },
    texts: () => outbox.list.map(({ text }) => text),
  }
}

describe('one tab', () => {
  test('R12 messages wait in storage, go in order and leave when acknowledged', () => {
    const it = origin()
    const chat = server()
    const a = tab(it, chat)
    for (const text of ['one', 'two', 'three']) a.add(text)
    expect(a.texts()).toEqual(['one', 'two', 'three'])
    expect(decoded(it.entries.get('unsent:chat-1') ?? null)).toHaveLength(3)
    a.connect()
    it.advance(100)
    expect(chat.texts()).toEqual(['one', 'two', 'three'])
    expect(a.texts()).toEqual([])
    expect(it.entries.size).toBe(0)
    expect(it.timers.size).toBe(0)
  })

  test('R4 only one is on the wire at a time', () => {
    const it = origin()
    const chat = server()
    const a = tab(it, chat, { answer: false })
    a.add('one')
    a.add('two')
    a.connect()
    it.advance(1)
    expect(chat.texts()).toEqual(['one'])
    a.acknowledged(a.my.wire[0] as string)
    expect(chat.texts()).toEqual(['one', 'two'])
  })

  test('R4 a lost acknowledgment sends the same id again', () => {
    const it = origin()
    const chat = server()
    const a = tab(it, chat, { answer: false })
    a.add('one')
    a.connect()
    it.advance(1)
    a.disconnect()
    a.my.answers = true
    a.connect()
    it.advance(100)
    expect(a.my.wire).toHaveLength(2)
    expect(new Set(a.my.wire).size).toBe(1)
    expect(chat.texts()).toEqual(['one'])
    expect(a.texts()).toEqual([])
  })

  test('R4 an answer that does not come within 20 s is asked for again', () => {
    const it = origin()
    const a = tab(it, server(), { answer: false })
    a.add('one')
    a.connect()
    it.advance(20_100)
    expect(a.my.wire).toHaveLength(2)
  })

  test('R21 what was said to a node that moved its pages away is said to the new one at once', () => {
    const it = origin()
    const chat = server()
    const a = tab(it, chat, { answer: false })
    a.add('one')
    a.add('two')
    a.connect()
    it.advance(1)
    // The answer is on its way through a connection that the new one takes the place of.
    a.my.answers = true
    a.connect()
    it.advance(100)
    expect(a.my.wire.map((_, at, all) => all.indexOf(all[at] as string))).toEqual([0, 0, 2])
    expect(chat.texts()).toEqual(['one', 'two'])
    expect(a.texts()).toEqual([])
  })

  test('R19 what was written before a page change is sent by the next page', () => {
    const it = origin()
    const chat = server()
    const before = tab(it, chat)
    before.add('written on the old page')
    before.close()
    const next = tab(it, chat)
    expect(next.texts()).toEqual(['written on the old page'])
    next.connect()
    it.advance(100)
    expect(chat.texts()).toEqual(['written on the old page'])
  })

  test('R12 a message seen in the chat has arrived', () => {
    const it = origin()
    const a = tab(it, server(), { answer: false })
    const unsent = a.add('one')
    a.connect()
    it.advance(1)
    a.seen(['somebody-else', unsent?.id as string])
    expect(a.texts()).toEqual([])
  })

  test('R12 a refusal for good marks it, the others go on', () => {
    const it = origin()
    const chat = server()
    const a = tab(it, chat, { answer: false })
    const one = a.add('one')?.id as string
    a.add('two')
    a.connect()
    it.advance(1)
    expect(a.refused(one, 'too_long', 'Too long.')).toBe(true)
    expect(a.refused('not-of-this-box', 'too_long', '')).toBe(false)
    expect(a.list[0]?.refused).toEqual({ code: 'too_long', message: 'Too long.' })
    expect(chat.texts()).toEqual(['one', 'two'])
    a.my.answers = true
    a.acknowledged(a.my.wire[1] as string)
    it.advance(100)
    expect(a.my.wire).toHaveLength(2)
    a.retry(one)
    it.advance(100)
    expect(a.my.wire).toHaveLength(3)
    expect(a.texts()).toEqual([])
  })

  test('R12 a discarded one is gone', () => {
    const it = origin()
    const a = tab(it, server())
    a.discard(a.add('one')?.id as string)
    expect(a.texts()).toEqual([])
    expect(it.entries.size).toBe(0)
  })

  test('R13 a passing refusal is tried again, not at once, and in order', () => {
    const it = origin()
    const chat = server()
    const a = tab(it, chat, { answer: false })
    const one = a.add('one')?.id as string
    a.connect()
    it.advance(1)
    a.refused(one, 'storage_full', '')
    a.add('two')
    expect(a.my.wire).toEqual([one])
    expect(a.list[0]?.refused).toBeUndefined()
    it.advance(3_000)
    expect(a.my.wire).toEqual([one, one])
  })

  test('R12 the 201st is not taken', () => {
    const a = tab(origin(), server())
    for (let n = 0; n < 200; n++) expect(a.add(`${n}`)).toBeDefined()
    expect(a.add('one more')).toBeUndefined()
    expect(a.list).toHaveLength(200)
  })
})

describe('several tabs', () => {
  test('R19 a connected tab sends what an unconnected one wrote', () => {
    const it = origin()
    const chat = server()
    const a = tab(it, chat)
    const b = tab(it, chat)
    b.connect()
    a.add('from a')
    it.advance(100)
    expect(chat.texts()).toEqual(['from a'])
    expect(b.texts()).toEqual([])
    // a learns it from the chat.
    a.seen(chat.stored.map(({ id }) => id))
    expect(a.texts()).toEqual([])
    it.advance(100)
    expect(it.entries.size).toBe(0)
  })

  test.each(['web', 'lease'])(
    'R5 each message arrives once and in its tab’s order, whatever drops (%s lock)',
    (kind) => {
      const step = fc.tuple(
        fc.constantFrom('add', 'connect', 'disconnect', 'mute', 'hear', 'wait', 'leave', 'long'),
        fc.nat(1),
      )
      fc.assert(
        fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
          const it = origin()
          const chat = server()
          const open = (n: number) => {
            const lock = leaseLock(it.storageOf({}), {
              timers: { after: it.after },
              now: it.now,
              owner: `tab-${n}-${ids}`,
            })
            return tab(it, chat, kind === 'lease' ? { lock } : {})
          }
          const tabs = [open(0), open(1)]
          const written: string[][] = [[], []]
          for (const [what, n] of steps) {
            const one = tabs[n] as ReturnType<typeof tab>
            if (what === 'add') {
              const text = `${n}-${written[n]?.length}`
              one.add(text)
              written[n]?.push(text)
            }
            if (what === 'connect') one.connect()
            if (what === 'disconnect') one.disconnect()
            if (what === 'mute') one.my.answers = false
            if (what === 'hear') one.my.answers = true
            if (what === 'wait') it.advance(7)
            if (what === 'long') it.advance(30_000)
            if (what === 'leave') {
              one.my.connected = false
              one.close()
              tabs[n] = open(n)
            }
          }
          for (const one of tabs) {
            one.my.answers = true
            one.disconnect()
            one.connect()
          }
          it.advance(300_000)
          for (const one of tabs) one.seen(chat.stored.map(({ id }) => id))
          it.advance(60_000)
          for (const n of [0, 1]) {
            expect(chat.texts().filter((text) => text.startsWith(`${n}-`))).toEqual(written[n])
          }
          for (const one of tabs) expect(one.texts()).toEqual([])
        }),
        { numRuns: 1_000 },
      )
    },
  )
})

describe('locks', () => {
  test('R19 a lease is held by one tab, given on when released, and taken when its tab is gone', () => {
    const it = origin()
    const lockOf = (owner: string) =>
      leaseLock(it.storageOf({}), { timers: { after: it.after }, now: it.now, owner })
    const held: string[] = []
    const releaseA = lockOf('a').acquire('x', () => held.push('a'))
    lockOf('b').acquire('x', () => held.push('b'))
    it.advance(20_000)
    expect(held).toEqual(['a'])
    releaseA()
    it.advance(1_000)
    expect(held).toEqual(['a', 'b'])

    // b's tab dies: its timers are gone, the lease stays.
    it.timers.clear()
    lockOf('c').acquire('x', () => held.push('c'))
    it.advance(4_000)
    expect(held).toEqual(['a', 'b'])
    it.advance(3_000)
    expect(held).toEqual(['a', 'b', 'c'])
  })

  test('R19 a lease from a clock far ahead is not believed', () => {
    const it = origin()
    it.entries.set('lease:x', `${it.now() + 86_400_000} ghost`)
    const held: string[] = []
    leaseLock(it.storageOf({}), { timers: { after: it.after }, now: it.now, owner: 'a' }).acquire(
      'x',
      () => held.push('a'),
    )
    it.advance(100)
    expect(held).toEqual(['a'])
  })

  test('R19 a web lock is released, given up while waiting, and does without when refused', async () => {
    const waiting: { turn: () => Promise<void>; signal: AbortSignal }[] = []
    const locks = {
      request: (_: string, { signal }: { signal: AbortSignal }, turn: () => Promise<void>) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')))
          waiting.push({ turn, signal })
        }),
    } as unknown as LockManager
    let held = 0
    const release = webLock(locks).acquire('x', () => held++)
    const done = waiting[0]?.turn()
    expect(held).toBe(1)
    release()
    await done

    webLock(locks).acquire('x', () => held++)()
    expect(waiting[1]?.signal.aborted).toBe(true)
    expect(held).toBe(1)

    const refusing = { request: () => Promise.reject(new Error('SecurityError')) }
    await new Promise<void>((resolve) => {
      webLock(refusing as unknown as LockManager).acquire('x', resolve)
    })
  })
})

describe('the list as text', () => {
  test('T3 what cannot be one of ours is left out of a stranger’s storage', () => {
    const good = { id: 'message-1', text: 'Hi', at: 1 }
    const bad = [
      null,
      1,
      'x',
      {},
      { ...good, id: '<b>' },
      { ...good, text: '' },
      { ...good, at: 'x' },
    ]
    expect(decoded(JSON.stringify([...bad, good]))).toEqual([good])
    expect(decoded('{')).toEqual([])
    expect(decoded('{"length":1}')).toEqual([])
    expect(decoded(null)).toEqual([])
    expect(encoded([])).toBeNull()
    expect(decoded(encoded([good]))).toEqual([good])
  })

  test('R19 an overwritten message comes back in its place', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((id) => ({ id, text: id, at: 1 })) as [
      UnsentList[number],
      UnsentList[number],
      UnsentList[number],
    ]
    expect(reunited([c], [a, b])).toEqual([c, a, b])
    expect(reunited([b, c], [a, b])).toEqual([a, b, c])
    const same = [a, b]
    expect(reunited(same, [a])).toBe(same)
  })
})
