import { afterEach, expect, test, vi } from 'vitest'
import { openStream } from './stream-carrier.ts'

type Said = { path: string; lines: string[] }
type Answer = (said: Said) => Response | Promise<Response>

/** The module takes its `fetch` when it is loaded: one that asks whoever is there. */
const network = vi.hoisted(() => {
  const there: { answer?: (url: string, init: RequestInit) => Promise<Response> } = {}
  globalThis.fetch = (url, init) =>
    there.answer?.(String(url), init ?? {}) ?? Promise.reject(new Error('nobody is there'))
  return there
})
afterEach(() => {
  network.answer = undefined
})

const taken: Answer = () => new Response(null, { status: 204 })

/** A server that says what a test tells it to, and keeps what it heard. */
async function far(answer = taken) {
  const heard: Said[] = []
  let down: ReadableStreamDefaultController<Uint8Array> | undefined
  let gone = false
  network.answer = async (url, { body, signal }) => {
    const said = { path: new URL(url).pathname, lines: String(body).split('\n') }
    heard.push(said)
    if (said.path !== '/stream/visitor') return answer(said)
    signal?.addEventListener('abort', () => {
      gone = true
    })
    return new Response(
      new ReadableStream({
        start(controller) {
          down = controller
        },
      }),
    )
  }
  const say = (text: string) => down?.enqueue(new TextEncoder().encode(text))
  const frames: string[] = []
  const codes: number[] = []
  const carrier = openStream('ws://far.example/ws/visitor')
  carrier.onopen = () => carrier.send('hello')
  carrier.onmessage = ({ data }) => frames.push(data)
  carrier.onclose = ({ code }) => codes.push(code)
  await vi.waitFor(() => expect(down).toBeDefined())
  say(':   \n\ndata: ["open","the-key"]\n\ndata: {"first":1}\n\n')
  await vi.waitFor(() => expect(frames.splice(0)).toHaveLength(1))
  return {
    carrier,
    heard,
    frames,
    codes,
    say,
    spoken: () => heard.filter(({ path }) => path.endsWith('/frames')).map(({ lines }) => lines),
    cut: () => down?.error(new Error('cut')),
    gone: () => vi.waitFor(() => expect(gone).toBe(true)),
  }
}

test('§7 the hello goes along with the request that opens the stream', async () => {
  const it = await far()
  expect(it.heard).toEqual([{ path: '/stream/visitor', lines: ['hello'] }])
})

test('§7 frames come whole, however the network cuts them', async () => {
  const it = await far()
  it.say('data: {"text":"Gr')
  it.say('üße"}\n\n:  \n\nda')
  it.say('ta: {"n":2}\n\n')
  await vi.waitFor(() => expect(it.frames).toEqual(['{"text":"Grüße"}', '{"n":2}']))
})

test('C3 frames keep their order and their numbers, one request at a time', async () => {
  const it = await far()
  for (const frame of ['a', 'b', 'c']) it.carrier.send(frame)
  await vi.waitFor(() => expect(it.spoken().flatMap(([, ...rest]) => rest)).toHaveLength(3))
  const numbered = it.spoken().flatMap(([head = '', ...frames]) => {
    const [key, first] = JSON.parse(head)
    expect(key).toBe('the-key')
    return frames.map((frame, at) => [first + at, frame])
  })
  expect(numbered).toEqual([
    [2, 'a'],
    [3, 'b'],
    [4, 'c'],
  ])
})

test('C3 what was not acknowledged is sent again under the same number', async () => {
  let troubles = 1
  const it = await far((said) => {
    if (troubles-- > 0) throw new TypeError('the answer got lost')
    return taken(said)
  })
  it.carrier.send('a')
  await vi.waitFor(() => expect(it.spoken()).toHaveLength(2), { timeout: 40_000 })
  expect(it.spoken()).toEqual([
    ['["the-key",2]', 'a'],
    ['["the-key",2]', 'a'],
  ])
  expect(it.codes).toEqual([])
})

test('R17 a ping is answered, also when there is nothing to say', async () => {
  const it = await far()
  it.say('data: ["ping"]\n\n')
  await vi.waitFor(() => expect(it.spoken()).toEqual([['["the-key",2]']]))
})

test('R6 the close code arrives; an answer that just ends was lost', async () => {
  const closed = await far()
  closed.say('data: ["close",4001,"site_refused"]\n\n')
  await vi.waitFor(() => expect(closed.codes).toEqual([4001]))
  const cut = await far()
  cut.cut()
  await vi.waitFor(() => expect(cut.codes).toEqual([1006]))
})

test('R6 a server that no longer knows the stream ends it', async () => {
  const it = await far(() => new Response(null, { status: 404 }))
  it.carrier.send('a')
  await vi.waitFor(() => expect(it.codes).toEqual([1006]))
})

test('§4 what was said just before leaving still arrives, and leaving is silent', async () => {
  const it = await far()
  it.carrier.send('consent.withdrawn')
  it.carrier.close(1000)
  await it.gone()
  const said = it.spoken().find(([head]) => head?.includes('end'))
  expect(said).toEqual(['["the-key",2,"end"]', 'consent.withdrawn'])
  expect(it.codes).toEqual([])
})
