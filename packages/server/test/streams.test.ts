import { CLOSE, LIMITS, type VisitId } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { dialStream } from '../../protocol/conformance/conformance.ts'
import { openWire } from '../../protocol/conformance/wire.ts'
import { ADA, actorNamed, aPage, BRAND, CHROME, type Floor, helloWith, openFloor } from './floor.ts'

/** What the conformance suite does not ask: who may speak, time, limits, and what does not end well. */

const ORIGIN = 'http://localhost:8080'
const PAGE = { origin: ORIGIN, 'user-agent': CHROME, 'x-forwarded-for': '203.0.113.7' }

const dial = (floor: Floor, path = '/ws/visitor', headers: Record<string, string> = PAGE) =>
  openWire(dialStream(`ws://127.0.0.1:${floor.port}${path}`, headers))

const post = (floor: Floor, path: string, body: string, headers: Record<string, string> = PAGE) =>
  fetch(`http://127.0.0.1:${floor.port}/stream${path}`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', ...headers },
    body,
  })

/** A stream opened by hand: the key, and everything that comes down. */
async function opened(floor: Floor, kind = '/visitor', headers: Record<string, string> = PAGE) {
  const gone = new AbortController()
  const answer = await fetch(`http://127.0.0.1:${floor.port}/stream${kind}`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', ...headers },
    body: kind === '/visitor' ? JSON.stringify(helloWith({})) : '{"type":"hello","v":1}',
    signal: gone.signal,
  })
  let text = ''
  const read = (async () => {
    for await (const part of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) text += part
  })().catch(() => {})
  const until = (what: RegExp) => expect.poll(() => text).toMatch(what)
  await until(/"type":"welcome"/)
  const key = /\["open","([^"]+)"\]/.exec(text)?.[1] ?? ''
  const visit = /"visit":"([^"]+)"/.exec(text)?.[1] as VisitId
  return { answer, key, visit, read, until, text: () => text, leave: () => gone.abort() }
}

const pageOf = (title: string) => JSON.stringify({ type: 'page', page: aPage({ title }) })

describe('a stream', () => {
  test('§7 is not held back on its way, and is readable by its own page only', async () => {
    await using floor = await openFloor()
    const { answer, text } = await opened(floor)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': expect.stringContaining('text/event-stream'),
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      'access-control-allow-origin': ORIGIN,
      vary: 'origin',
    })
    expect(answer.headers.has('access-control-allow-credentials')).toBe(false)
    expect(text().indexOf('data:')).toBeGreaterThan(2_000)
  })

  test('C3 the same frames again do nothing twice, and a gap ends it', async () => {
    await using floor = await openFloor()
    const { key, visit, until } = await opened(floor)
    const body = [JSON.stringify([key, 2]), pageOf('Second'), '{}', pageOf('Third')].join('\n')
    for (let n = 0; n < 3; n++)
      expect((await post(floor, '/visitor/frames', body)).status).toBe(204)
    expect(floor.visits.presence.find(visit)?.row).toMatchObject({ title: 'Third', hits: 3 })
    expect(floor.sockets.refused.visitor).toEqual({ bad_input: 1 })
    await post(floor, '/visitor/frames', `${JSON.stringify([key, 9])}\n${pageOf('Ninth')}`)
    await until(new RegExp(`\\["close",${CLOSE.bad_frame},`))
  })

  test('T3 T20 nobody speaks on it without its key and its origin, or its sign-in', async () => {
    await using floor = await openFloor()
    const { key } = await opened(floor)
    const head = JSON.stringify([key, 2])
    const says = async (body: string, headers = PAGE) =>
      (await post(floor, '/visitor/frames', body, headers)).status
    expect(await says(JSON.stringify([`${key}x`, 2]))).toBe(404)
    expect(await says(head, { ...PAGE, origin: 'https://evil.example' })).toBe(404)
    for (const bad of ['', '[]', '{}', 'nonsense', JSON.stringify([key]), JSON.stringify([key, 0])])
      expect(await says(bad), bad).toBe(400)
    expect(await says(head)).toBe(204)

    const console = { origin: `http://127.0.0.1:${floor.port}`, 'x-beckon': '1' }
    const ada = { ...console, cookie: `beckon-http=${'a'.repeat(43)}` }
    const bob = { ...console, cookie: `beckon-http=${'b'.repeat(43)}` }
    floor.actors.set('a'.repeat(43), actorNamed(ADA, [BRAND]))
    floor.actors.set('b'.repeat(43), actorNamed(ADA, [BRAND]))
    const agent = await opened(floor, '/agent', ada)
    const frames = (headers: Record<string, string>) =>
      post(floor, '/agent/frames', JSON.stringify([agent.key, 2]), headers)
    expect((await frames(bob)).status).toBe(404)
    expect((await frames(console)).status).toBe(404)
    expect((await frames(ada)).status).toBe(204)
  })

  test('T1 T14 a console’s needs the header and the console’s own origin', async () => {
    await using floor = await openFloor()
    floor.actors.set('a'.repeat(43), actorNamed(ADA, [BRAND]))
    const good = {
      origin: `http://127.0.0.1:${floor.port}`,
      'x-beckon': '1',
      cookie: `beckon-http=${'a'.repeat(43)}`,
    }
    for (const path of ['/agent', '/agent/frames']) {
      for (const bad of [{ 'x-beckon': '0' }, { origin: 'https://evil.example' }, { origin: '' }]) {
        const { status } = await post(floor, path, '', { ...good, ...bad })
        expect(status, `${path} ${JSON.stringify(bad)}`).toBe(403)
      }
    }
    expect(floor.sockets.figures.streams.agents).toBe(0)
  })

  test('T24 bytes that are no text are refused', async () => {
    await using floor = await openFloor()
    const answer = await fetch(`http://127.0.0.1:${floor.port}/stream/visitor/frames`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', ...PAGE },
      body: new Uint8Array([0x5b, 0xff, 0xfe]),
    })
    expect(answer.status).toBe(400)
  })

  test('T23 more than 64 KB at once is not read', async () => {
    await using floor = await openFloor()
    const { status } = await post(floor, '/visitor/frames', 'x'.repeat(65 * 1_024))
    expect(status).toBeGreaterThanOrEqual(400)
  })

  test('T22 without a hello in time, and without an answer to a ping, it ends', async () => {
    await using floor = await openFloor()
    const mute = await dial(floor)
    floor.clock.advance(LIMITS.helloMs + 1_000)
    expect(await mute.closed()).toBe(CLOSE.no_hello)

    // Opened by hand, it never answers.
    const silent = await opened(floor)
    expect(floor.sockets.figures.streams.visitors).toBe(1)
    floor.clock.advance(21_000)
    await silent.until(/\["ping"\]/)
    floor.clock.advance(11_000)
    await silent.read
    await expect.poll(() => floor.sockets.figures.visitors).toBe(0)
  })

  test('R17 answered pings keep it; a page that goes is pending after the grace', async () => {
    await using floor = await openFloor()
    const kim = await dial(floor)
    kim.say(helloWith({}))
    await kim.next('welcome')
    for (let n = 0; n < 4; n++) {
      floor.clock.advance(15_000)
      await kim.pinged()
    }
    expect(floor.sockets.figures.streams.visitors).toBe(1)
    kim.leave()
    await expect.poll(() => floor.sockets.figures.visitors).toBe(0)
  })

  test('T20 connections of one address are counted together', async () => {
    await using floor = await openFloor({ connectionsPerIp: 2 })
    await floor.visitor({ ip: '203.0.113.7' })
    await opened(floor)
    const third = await dial(floor)
    third.say(helloWith({}))
    expect(await third.next('refused')).toMatchObject({ code: 'too_many_connections' })
    expect(await third.closed()).toBe(CLOSE.too_many)
  })

  test('R16 a page that does not read is cut as slow', async () => {
    await using floor = await openFloor()
    const kim = await opened(floor)
    const { visitorId } = floor.visits.presence.find(kim.visit) ?? { visitorId: '' as never }
    const { look } = JSON.parse(/^data: (.*"type":"welcome".*)$/m.exec(kim.text())?.[1] ?? '')
    const large = { ...look, siteName: 'x'.repeat(100_000) }
    // Said at once, nothing of it can have been read.
    for (let n = 0; n < 120; n++)
      floor.visits.presence.say(visitorId, { type: 'look', look: large })
    await kim.until(new RegExp(`\\["close",${CLOSE.slow},"slow"\\]`))
    expect(kim.text().length).toBeLessThan(3 * LIMITS.sendQueueBytes)
  })

  test('R21 stopping tells it to move and ends it', async () => {
    const floor = await openFloor()
    const kim = await opened(floor)
    await floor.stop()
    await kim.read
    expect(kim.text()).toContain('"type":"move"')
    expect(kim.text()).toContain(`["close",${CLOSE.moving},"moving"]`)
  })
})
