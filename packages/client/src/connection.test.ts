import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { connect } from './connection.ts'

class FakeSocket {
  readyState = 0
  sent: { type: string }[] = []
  closedWith: number | undefined
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null

  send(text: string) {
    this.sent.push(JSON.parse(text))
  }
  close(code: number) {
    if (this.readyState < 2) this.closedWith = code
    this.readyState = 3
  }
  /** The far side. */
  accept() {
    this.readyState = 1
    this.onopen?.()
  }
  say(frame: object) {
    this.onmessage?.({ data: JSON.stringify(frame) })
  }
  welcome() {
    this.accept()
    this.say({ type: 'welcome' })
  }
  cut(code: number) {
    this.readyState = 3
    this.onclose?.({ code })
  }
}

function scene({
  random = () => 0.5,
  silenceMs,
}: {
  random?: () => number
  silenceMs?: number
} = {}) {
  let now = 0
  const timers = new Set<{ at: number; work: () => void }>()
  const sockets: FakeSocket[] = []
  const frames: string[] = []
  const states: string[] = []
  const waits: number[] = []
  const page = new EventTarget()
  let refuses = false
  const connection = connect<{ type: string }, { type: string }>({
    url: 'ws://test/ws',
    hello: () => ({ type: 'hello' }),
    onFrame: (frame) => frames.push(frame.type),
    onState: (state, { retryMs, code }) => {
      states.push(code ? `${state} ${code}` : state)
      if (retryMs !== undefined) waits.push(retryMs)
    },
    timers: {
      after(ms, work) {
        const timer = { at: now + ms, work }
        timers.add(timer)
        return () => timers.delete(timer)
      },
    },
    random,
    page,
    socket: () => {
      if (refuses) throw new Error('SecurityError')
      const socket = new FakeSocket()
      sockets.push(socket)
      return socket as unknown as WebSocket
    },
    ...(silenceMs ? { silenceMs } : {}),
  })
  return {
    connection,
    sockets,
    frames,
    states,
    waits,
    page,
    timers,
    last: () => sockets.at(-1) as FakeSocket,
    refuse: (on: boolean) => {
      refuses = on
    },
    advance(ms: number) {
      const end = now + ms
      for (;;) {
        const due = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
        if (!due) break
        timers.delete(due)
        now = Math.max(now, due.at)
        due.work()
      }
      now = end
    },
  }
}

/** Not closed, and not left to close itself when it opens. */
const isLive = ({ readyState, onclose }: FakeSocket) => readyState < 2 && onclose !== null

/** A connection that has been open long enough to count. */
function stableScene(options?: Parameters<typeof scene>[0]) {
  const it = scene(options)
  it.last().welcome()
  it.advance(10_000)
  return it
}

describe('opening', () => {
  test('R6 the hello goes first and it is open only after the welcome', () => {
    const it = scene()
    expect(it.connection.send({ type: 'early' })).toBe(false)
    it.last().accept()
    expect(it.last().sent).toEqual([{ type: 'hello' }])
    expect(it.connection.state).toBe('connecting')
    expect(it.connection.send({ type: 'early' })).toBe(false)
    it.last().say({ type: 'welcome' })
    expect(it.states).toEqual(['open'])
    expect(it.frames).toEqual(['welcome'])
    expect(it.connection.send({ type: 'page' })).toBe(true)
    expect(it.last().sent).toEqual([{ type: 'hello' }, { type: 'page' }])
  })

  test('R24 a server that accepts and says nothing is given up after 10 s', () => {
    const it = scene()
    it.last().accept()
    it.advance(10_000)
    expect(it.states).toEqual(['lost'])
    expect(it.sockets[0]?.closedWith).toBe(1000)
    it.advance(1_000)
    expect(it.sockets).toHaveLength(2)
  })

  test('R24 a constructor that throws is a failure like any other', () => {
    const it = scene()
    it.refuse(true)
    it.last().cut(1006)
    it.advance(500)
    expect(it.states).toEqual(['lost', 'connecting', 'lost'])
    it.refuse(false)
    it.advance(1_000)
    it.last().welcome()
    expect(it.states.at(-1)).toBe('open')
  })

  test('R24 text that is not JSON is ignored', () => {
    const it = scene()
    it.last().welcome()
    it.last().onmessage?.({ data: '{' })
    expect(it.frames).toEqual(['welcome'])
  })
})

describe('coming back', () => {
  test.each([1000, 1005, 1011, 4004])('R18 at once after a local blip (%d)', (code) => {
    const it = stableScene()
    it.last().cut(code)
    expect(it.waits).toEqual([0])
  })

  test.each([1001, 1006, 1012, 4005])('R6 within 0–10 s after a server loss (%d)', (code) => {
    const waits = [0, 0.25, 0.999].map((chance) => {
      const it = stableScene({ random: () => chance })
      it.last().cut(code)
      return it.waits[0]
    })
    expect(waits).toEqual([0, 2_500, 9_990])
  })

  test('R6 once more within 10 s, then within 20 s, and after ten failures a minute apart', () => {
    const it = stableScene({ random: () => 1 })
    it.last().cut(1006)
    for (let failure = 0; failure < 10; failure++) {
      it.advance(it.waits.at(-1) as number)
      it.last().cut(1006)
    }
    expect(it.waits).toEqual([...[10_000, 10_000], ...Array(7).fill(20_000), ...[75_000, 75_000]])
  })

  test.each([2, 6, 15])(
    'R6 a server that is away for %d s has everybody within 20 s of its return, spread',
    (seconds) => {
      const away = seconds * 1_000
      let seed = 6
      const chance = () => {
        seed = (seed * 48_271) % 2_147_483_647
        return seed / 2_147_483_647
      }
      const back = Array.from({ length: 2_000 }, () => {
        const it = stableScene({ random: chance })
        it.last().cut(1006)
        let at = it.waits.at(-1) as number
        while (at < away) {
          it.advance(it.waits.at(-1) as number)
          it.last().cut(1006)
          at += it.waits.at(-1) as number
        }
        return at - away
      })
      expect(Math.max(...back)).toBeLessThan(20_000)
      // Nowhere do more than a fourth come within the same second.
      const perSecond = Array(20).fill(0)
      for (const ms of back) perSecond[Math.floor(ms / 1_000)] += 1
      expect(Math.max(...perSecond)).toBeLessThan(500)
    },
  )

  test('R6 10,000 visitors of a lost server spread over at least 80 % of the window', () => {
    const waits = Array.from({ length: 10_000 }, () => {
      const it = stableScene({ random: Math.random })
      it.last().cut(1006)
      return it.waits[0] as number
    })
    expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(8_000)
    expect(Math.max(...waits)).toBeLessThan(10_000)
  })

  test('R24 without a server at most one try a minute after 10 failures', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1 }),
        (chances) => {
          let at = 0
          const it = scene({ random: () => chances[at++ % chances.length] as number })
          for (let failure = 0; failure < 14; failure++) {
            it.last().cut(1006)
            it.advance(75_000)
          }
          expect(it.waits.slice(9).every((wait) => wait >= 60_000 && wait <= 75_000)).toBe(true)
          expect(it.waits[0]).toBeLessThanOrEqual(1_000)
        },
      ),
    )
  })

  test('R24 a connection that dies young does not reset the back-off', () => {
    const it = scene({ random: () => 1 })
    for (let life = 0; life < 4; life++) {
      it.last().welcome()
      it.last().cut(4003)
      it.advance(it.waits.at(-1) as number)
    }
    expect(it.waits).toEqual([1_000, 1_000, 2_000, 4_000])
  })

  test('R24 frames that break the protocol are not repeated at once', () => {
    const it = stableScene({ random: () => 1 })
    it.last().cut(4003)
    expect(it.waits).toEqual([1_000])
  })

  test('T20 too many connections: after the longest back-off', () => {
    const it = scene()
    it.last().accept()
    it.last().cut(4007)
    expect(it.waits[0]).toBeGreaterThanOrEqual(60_000)
  })

  test.each([4001, 4002, 4006])('T13 close code %d is final', (code) => {
    const it = stableScene()
    it.last().cut(code)
    expect(it.states.at(-1)).toBe(`stopped ${code}`)
    it.page.dispatchEvent(new Event('online'))
    it.connection.retry()
    it.advance(600_000)
    expect(it.sockets).toHaveLength(1)
  })

  test('R18 when the network returns it does not wait longer', () => {
    const it = stableScene()
    it.last().cut(1006)
    it.page.dispatchEvent(new Event('online'))
    expect(it.sockets).toHaveLength(2)
    it.page.dispatchEvent(new Event('online'))
    it.connection.retry()
    expect(it.sockets).toHaveLength(2)
    it.last().welcome()
    // Back from being offline: what was open then is not believed.
    it.page.dispatchEvent(new Event('online'))
    expect(it.sockets).toHaveLength(3)
    expect(it.sockets[1]?.closedWith).toBe(1000)
  })
})

describe('moving', () => {
  test('R21 the new connection is open before the old one is closed', () => {
    const it = stableScene()
    const old = it.last()
    old.say({ type: 'move', withinMs: 4_000 })
    it.advance(1_999)
    expect(it.sockets).toHaveLength(1)
    it.advance(1)
    expect(it.sockets).toHaveLength(2)
    expect(it.connection.send({ type: 'still' })).toBe(true)
    expect(old.sent.at(-1)).toEqual({ type: 'still' })
    it.last().accept()
    expect(old.closedWith).toBeUndefined()
    it.last().say({ type: 'welcome' })
    expect(old.closedWith).toBe(1000)
    expect(it.states).toEqual(['open', 'open'])
    expect(it.frames).toEqual(['welcome', 'welcome'])
    it.connection.send({ type: 'now' })
    expect(it.last().sent.at(-1)).toEqual({ type: 'now' })
  })

  test('R21 a node that is gone before the new one answers: lost, then back', () => {
    const it = stableScene()
    const old = it.last()
    old.say({ type: 'move', withinMs: 1_000 })
    it.advance(500)
    old.cut(4005)
    expect(it.connection.state).toBe('connecting')
    it.last().cut(1006)
    expect(it.connection.state).toBe('lost')
    it.advance(10_000)
    it.last().welcome()
    expect(it.connection.state).toBe('open')
    expect(it.sockets).toHaveLength(3)
  })

  test('R21 a try that fails while the old one still lives loses nothing', () => {
    const it = stableScene()
    it.last().say({ type: 'move', withinMs: 1_000 })
    it.advance(500)
    it.last().cut(1006)
    expect(it.connection.state).toBe('open')
    expect(it.connection.send({ type: 'still' })).toBe(true)
    it.advance(10_000)
    it.last().welcome()
    expect(it.sockets[0]?.closedWith).toBe(1000)
    expect(it.connection.state).toBe('open')
  })
})

describe('silence', () => {
  test('R17 a server that beats and then is silent counts as lost', () => {
    const talking = scene({ silenceMs: 10_000 })
    talking.last().welcome()
    for (let beat = 0; beat < 20; beat++) {
      talking.advance(2_000)
      talking.last().say({ type: 'beat' })
    }
    expect(talking.states).toEqual(['open'])
    talking.advance(10_000)
    expect(talking.states).toEqual(['open', 'connecting'])
    expect(talking.sockets[0]?.closedWith).toBe(1000)
  })
})

describe('closing', () => {
  test('W17 closes with 1000, says nothing more and leaves no timer', () => {
    const it = stableScene({ silenceMs: 30_000 })
    const before = it.states.length
    it.connection.close()
    expect(it.last().closedWith).toBe(1000)
    expect(it.timers.size).toBe(0)
    it.last().cut(1000)
    it.page.dispatchEvent(new Event('online'))
    expect(it.states).toHaveLength(before)
    expect(it.sockets).toHaveLength(1)
    expect(it.connection.send({ type: 'late' })).toBe(false)
  })

  test('R24 it never has more than one try and one open connection', () => {
    const step = fc.constantFrom('welcome', 'cut', 'move', 'online', 'wait', 'long')
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const it = scene()
        for (const what of steps) {
          const live = it.sockets.filter(isLive)
          const any = live.at(-1)
          if (what === 'welcome' && any?.readyState === 0) any.welcome()
          if (what === 'cut') any?.cut(1006)
          if (what === 'move') live[0]?.say({ type: 'move', withinMs: 1_000 })
          if (what === 'online') it.page.dispatchEvent(new Event('online'))
          if (what === 'wait') it.advance(700)
          if (what === 'long') it.advance(61_000)
          const alive = it.sockets.filter(isLive)
          expect(alive.length).toBeLessThanOrEqual(2)
          expect(alive.filter(({ readyState }) => readyState === 1).length).toBeLessThanOrEqual(1)
          // It is never at rest: something is open, being tried or waiting.
          expect(alive.length + it.timers.size).toBeGreaterThan(0)
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
