import { LIMITS, PROTOCOL_VERSION, type VisitorServerFrame } from '@beckon/protocol'
import { expect, test } from 'vitest'
import type { Tab } from '../visits/tab.ts'
import type { Carrier } from './connection.ts'
import { createRefusals } from './refusals.ts'
import type { Strain } from './strain.ts'
import { VisitorConnection, type VisitorWorld } from './visitor-socket.ts'

const CHAT = '01a20979-1c70-7368-9196-08c7d89bdcd8'

/** A page that has been welcomed; `seen` are the pages that were looked at. */
async function aPage(strain: Strain) {
  let now = 10_000
  const seen: string[] = []
  const done: string[] = []
  const said: VisitorServerFrame[] = []
  const carrier: Carrier = {
    readyState: 1,
    OPEN: 1,
    bufferedAmount: 0,
    send: (text) => void said.push(JSON.parse(text) as VisitorServerFrame),
    ping() {},
    close() {},
    terminate() {},
  }
  const tab = {} as Tab
  const visits = {
    arrive: async () => tab,
    page: (_: Tab, page: { url: string }) => void seen.push(page.url),
    closed() {},
  }
  const world = {
    visits,
    doors: { 'chat.end': async (_: Tab, { chatId }: { chatId: string }) => void done.push(chatId) },
    fault() {},
    refused: createRefusals(),
    strain,
    enter: () => true,
    leave() {},
    left() {},
  } as unknown as VisitorWorld
  const caller = { ip: '192.0.2.1', origin: undefined, sameOrigin: true, userAgent: 'a browser' }
  const connection = new VisitorConnection('v1', carrier, {
    caller: { ...caller, acceptLanguage: undefined, privacyControl: false },
    world,
    now: () => now,
  })
  const hear = (frame: object) => {
    connection.heardAt = now
    connection.hear(JSON.stringify(frame))
  }
  const page = (name: string) => ({
    id: `page-number-${name}`,
    url: `https://shop.example/${name}`,
    title: 'Shop',
  })
  hear({
    type: 'hello',
    v: PROTOCOL_VERSION,
    site: 'site-key-of-the-shop',
    privacy: 'returning',
    page: page('0'),
    visible: true,
    focused: true,
  })
  await Promise.resolve()
  return {
    connection,
    seen,
    done,
    said,
    goesTo: (name: string) => hear({ type: 'page', page: page(name) }),
    ends: (chatId: string) => hear({ type: 'chat.end', id: 'the-end-of-it', chatId }),
    after(ms: number) {
      now += ms
      connection.tick(now)
    },
    settled: () => new Promise((resolve) => setImmediate(resolve)),
  }
}

test('R25 behind, a page a second is looked at, the last one is not lost, and all else goes on', async () => {
  let behind = true
  const it = await aPage({ isBehind: () => behind, hasRoom: () => !behind })
  for (const name of ['a', 'b', 'c']) it.goesTo(name)
  it.ends(CHAT)
  await it.settled()
  expect(it.seen).toEqual(['https://shop.example/a'])
  expect(it.done).toEqual([CHAT])
  expect(it.said.filter(({ type }) => type === 'refused')).toMatchObject([{ code: 'rate_limited' }])
  // Still behind: it goes on waiting.
  it.after(900)
  expect(it.seen).toHaveLength(1)
  behind = false
  it.after(100)
  it.after(1_000)
  expect(it.seen.map((url) => url.at(-1))).toEqual(['a', 'c'])
})

test('R25 a page of its own after the late one is the newest; a closed page is none', async () => {
  let behind = true
  const it = await aPage({ isBehind: () => behind, hasRoom: () => !behind })
  it.goesTo('a')
  it.goesTo('b')
  it.after(1_000)
  it.goesTo('c')
  it.goesTo('d')
  behind = false
  it.goesTo('e')
  it.after(1_000)
  expect(it.seen.map((url) => url.at(-1))).toEqual(['a', 'c', 'e'])
  behind = true
  it.goesTo('f')
  it.goesTo('g')
  it.connection.close(1000, 'over')
  behind = false
  it.after(1_000)
  expect(it.seen.at(-1)).not.toContain('g')
})

test('T21 with time to spare every page is looked at, up to the limit of frames', async () => {
  const it = await aPage({ isBehind: () => false, hasRoom: () => true })
  for (let n = 0; n < LIMITS.frameBurst + 5; n++) it.goesTo(String(n))
  // The hello was one of them.
  expect(it.seen).toHaveLength(LIMITS.frameBurst - 1)
})
