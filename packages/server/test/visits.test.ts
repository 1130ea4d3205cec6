import {
  type AgentId,
  type CountsState,
  DEFAULT_SORT,
  EVERYONE,
  type VisitState,
  type WindowState,
} from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import {
  ADA,
  actorNamed,
  aPage,
  BLOG,
  BRAND,
  CHROME,
  FOREIGN,
  OTHER_BRAND,
  openFloor,
  SHOP,
} from './floor.ts'

const WINDOW = {
  topic: 'window',
  filter: EVERYONE,
  sort: DEFAULT_SORT,
  offset: 0,
  limit: 50,
} as const
const rowsOf = (state: unknown) => {
  const { order, rows } = state as WindowState
  return order.map((id) => rows[id]!)
}

describe('visits over real sockets', () => {
  test("S1 S2 S4 visitors of several sites appear in Who's On", async () => {
    await using floor = await openFloor()
    const ada = await floor.agent()
    const list = await ada.subscribe(WINDOW)
    await floor.visitor({ page: aPage({ title: 'Shoes' }) })
    await floor.visitor({ site: `key-${BLOG}`, page: aPage({ title: 'News' }) })
    await floor.settled()
    expect(rowsOf(list.state).map((row) => [row.siteId, row.title, row.status, row.hits])).toEqual([
      [BLOG, 'News', 'active', 1],
      [SHOP, 'Shoes', 'active', 1],
    ])
    expect(floor.faults).toEqual([])
  })

  test('S3 a connection that says no hello is no visitor and is closed after 10 s', async () => {
    await using floor = await openFloor()
    const wire = floor.dial('/ws/visitor', { origin: 'http://localhost:8080' })
    await wire.opened
    floor.clock.advance(11_000)
    expect((await wire.closed()).code).toBe(4000)
    expect(floor.visits.figures.visits).toBe(0)
  })

  test('S6 S7 pages show without reloading, oldest first', async () => {
    await using floor = await openFloor()
    const ada = await floor.agent()
    const list = await ada.subscribe(WINDOW)
    const kim = await floor.visitor({ page: aPage({ title: 'Home' }) })
    const details = await ada.subscribe({ topic: 'visit', visitId: kim.welcome.visit })
    await floor.pass(5_000)
    kim.say({
      type: 'page',
      page: aPage({ title: 'Pricing', url: 'http://localhost:8080/pricing#top' }),
    })
    await floor.settled()
    expect(rowsOf(list.state)[0]).toMatchObject({
      title: 'Pricing',
      url: 'http://localhost:8080/pricing',
      hits: 2,
    })
    const { pages } = details.state as VisitState
    expect(pages.map((page) => [page.title, page.stayed])).toEqual([
      ['Home', 5_000],
      ['Pricing', undefined],
    ])
  })

  test('W2 active, pending after the grace, removed after the idle limit, gone a minute later', async () => {
    await using floor = await openFloor()
    const ada = await floor.agent()
    const list = await ada.subscribe(WINDOW)
    const counts = await ada.subscribe({ topic: 'counts' })
    const kim = await floor.visitor()
    await kim.leave()
    await floor.pass(9_000)
    expect(rowsOf(list.state)[0]?.status).toBe('active')
    await floor.pass(3_000)
    expect(rowsOf(list.state)[0]).toMatchObject({ status: 'pending', reason: 'closed' })
    expect(counts.state).toMatchObject({ online: 1, active: 0, pending: 1 })
    await floor.pass(14 * 60_000 + 49_000)
    expect(rowsOf(list.state)[0]).toMatchObject({ status: 'removed', reason: 'idle' })
    expect((counts.state as CountsState).online).toBe(0)
    await floor.pass(61_000)
    expect(rowsOf(list.state)).toEqual([])
    expect(floor.visits.figures).toMatchObject({ visits: 0, visitors: 0 })
  })

  test('W2 a reload within the grace does not blink and counts each page once', async () => {
    await using floor = await openFloor()
    const ada = await floor.agent()
    const list = await ada.subscribe(WINDOW)
    const kim = await floor.visitor()
    const { token, visit } = kim.welcome
    const page = aPage({ title: 'Next' })
    await kim.leave()
    await floor.pass(2_000)
    const again = await floor.visitor({ token, visit, page })
    const twice = await floor.visitor({ token, visit, page })
    await floor.settled()
    expect([again.welcome.visit, twice.welcome.visit]).toEqual([visit, visit])
    expect(again.welcome.token).toBeUndefined()
    expect(rowsOf(list.state)).toMatchObject([
      { id: visit, hits: 2, title: 'Next', status: 'active' },
    ])
    const statuses = ada.heard.flatMap((frame) =>
      frame.type === 'event' ? ((frame.event as { rows?: { status: string }[] }).rows ?? []) : [],
    )
    expect(new Set(statuses.map((row) => row.status))).toEqual(new Set(['active']))
  })

  test('I16 two tabs are one row that shows the tab with the focus', async () => {
    await using floor = await openFloor()
    const ada = await floor.agent()
    const list = await ada.subscribe(WINDOW)
    const one = await floor.visitor({ page: aPage({ title: 'One' }) })
    floor.clock.advance(1_000)
    const two = await floor.visitor({ token: one.welcome.token, page: aPage({ title: 'Two' }) })
    await floor.settled()
    expect(rowsOf(list.state)).toMatchObject([{ title: 'Two', hits: 2 }])
    floor.clock.advance(1_000)
    one.say({ type: 'attention', visible: true, focused: true })
    await floor.settled()
    expect(rowsOf(list.state)).toMatchObject([{ title: 'One', hits: 2 }])
    await one.leave()
    await floor.pass(12_000)
    expect(rowsOf(list.state)).toMatchObject([{ title: 'Two', status: 'active' }])
    await two.leave()
  })

  test('T2 a website that is not allowed is refused, and the site page can tell', async () => {
    await using floor = await openFloor()
    const wire = floor.knock({ origin: 'https://evil.example' })
    expect(await wire.next('refused')).toMatchObject({ code: 'origin_refused' })
    expect((await wire.closed()).code).toBe(4001)
    expect(floor.visits.signals.of(SHOP, 'ada' as AgentId).refusedOrigins).toMatchObject([
      { origin: 'https://evil.example', count: 1 },
    ])
    expect(floor.visits.figures.visits).toBe(0)
  })

  test('T18 W14 an agent hears nothing of another brand', async () => {
    await using floor = await openFloor()
    const ada = await floor.agent()
    const list = await ada.subscribe(WINDOW)
    const foreign = await floor.visitor({
      site: `key-${FOREIGN}`,
      page: aPage({ title: 'canary' }),
    })
    await floor.settled()
    expect(rowsOf(list.state)).toEqual([])
    ada.say({
      type: 'subscribe',
      sub: 9,
      topic: { topic: 'visit', visitId: foreign.welcome.visit },
    })
    expect(await ada.next('closed')).toMatchObject({ sub: 9, code: 'not_found' })
    ada.say({ type: 'visit.remove', id: 'command-1', visitId: foreign.welcome.visit })
    expect(await ada.next('refused')).toMatchObject({ id: 'command-1', code: 'not_found' })
    expect(JSON.stringify(ada.heard)).not.toContain('canary')
  })

  test('W14 who works in several brands looks at one of them, and its totals are its own', async () => {
    await using floor = await openFloor()
    const ada = await floor.agent(actorNamed(ADA, [BRAND, OTHER_BRAND]))
    await floor.visitor()
    await floor.visitor()
    await floor.visitor({ site: `key-${FOREIGN}` })
    await floor.settled()
    for (const [brand, online] of [
      [undefined, 3],
      [BRAND, 2],
      [OTHER_BRAND, 1],
    ] as const) {
      const list = await ada.subscribe({
        ...WINDOW,
        filter: { ...EVERYONE, ...(brand && { brand }) },
      })
      const counts = await ada.subscribe({ topic: 'counts', ...(brand && { brandId: brand }) })
      expect((list.state as WindowState).total).toBe(online)
      expect(counts.state).toMatchObject({ online, filters: { everyone: online, new: online } })
    }
  })

  test('W2 stop tracking makes it pending and the next page brings it back; remove begins anew', async () => {
    await using floor = await openFloor()
    const ada = await floor.agent()
    const list = await ada.subscribe(WINDOW)
    const kim = await floor.visitor()
    const { token, visit } = kim.welcome
    ada.say({ type: 'visit.stop', id: 'command-1', visitId: visit })
    await ada.next('done')
    expect((await kim.closed()).code).toBe(4006)
    await floor.settled()
    expect(rowsOf(list.state)).toMatchObject([{ status: 'pending', reason: 'stopped' }])
    const back = await floor.visitor({ token, visit })
    expect(back.welcome.visit).toBe(visit)
    ada.say({ type: 'visit.remove', id: 'command-2', visitId: visit })
    await ada.next('done')
    await back.closed()
    const third = await floor.visitor({ token, visit })
    expect(third.welcome.visit).not.toBe(visit)
    await floor.settled()
    expect(rowsOf(list.state).map((row) => [row.status, row.visitNumber])).toEqual([
      ['active', 2],
      ['removed', 1],
    ])
  })

  test('W2 after a restart visits wait as pending, and a hello goes on with start, hits and trail', async () => {
    const first = await openFloor()
    const kim = await first.visitor({ page: aPage({ title: 'Home' }) })
    kim.say({ type: 'page', page: aPage({ title: 'Cart' }) })
    await first.settled()
    const { token, visit } = kim.welcome
    await first.stop({ keepData: true })
    await using floor = await openFloor({
      dataDir: first.dataDir,
      databaseUrl: first.databaseUrl,
      clock: first.clock,
    })
    floor.clock.advance(20_000)
    const ada = await floor.agent()
    const list = await ada.subscribe(WINDOW)
    expect(rowsOf(list.state)).toMatchObject([
      { id: visit, status: 'pending', reason: 'restart', hits: 2 },
    ])
    const back = await floor.visitor({ token, visit, page: aPage({ title: 'Pay' }) })
    await floor.settled()
    expect(back.welcome.visit).toBe(visit)
    expect(rowsOf(list.state)).toMatchObject([
      { status: 'active', hits: 3, title: 'Pay', visitNumber: 1 },
    ])
    const details = await ada.subscribe({ topic: 'visit', visitId: visit })
    expect((details.state as VisitState).pages.map((page) => page.title)).toEqual([
      'Home',
      'Cart',
      'Pay',
    ])
  })

  test('W15 another person in front of the browser is another visitor and visit', async () => {
    await using floor = await openFloor()
    const ada = await floor.agent()
    const list = await ada.subscribe(WINDOW)
    const kim = await floor.visitor({ identity: { name: 'Kim', email: 'kim@example.com' } })
    kim.say({
      type: 'identify',
      identity: { email: 'KIM@example.com', attributes: { plan: 'gold' } },
    })
    await floor.settled()
    expect(rowsOf(list.state)).toMatchObject([
      { who: { rung: 'displayname', text: 'Kim', next: 'KIM@example.com' } },
    ])
    kim.say({ type: 'identify', identity: null })
    await kim.next('reset')
    const renewed = await kim.next('token')
    expect(renewed.visit).not.toBe(kim.welcome.visit)
    await floor.settled()
    expect(rowsOf(list.state).map((row) => [row.id, row.status, row.who.rung])).toEqual([
      [renewed.visit, 'active', 'ip'],
      [kim.welcome.visit, 'pending', 'displayname'],
    ])
    kim.say({ type: 'identify', identity: null })
    const next = await floor.visitor({ token: renewed.token })
    expect(next.welcome.visit).toBe(renewed.visit)
  })

  test('W21 presence only stores nothing in the browser, keeps no address and still bridges pages', async () => {
    await using floor = await openFloor()
    const ada = await floor.agent()
    const list = await ada.subscribe(WINDOW)
    const one = await floor.visitor({ privacy: 'presence', ip: '198.51.100.7' })
    await one.leave()
    const two = await floor.visitor({ privacy: 'presence', ip: '198.51.100.7' })
    const other = await floor.visitor({ privacy: 'presence', ip: '198.51.100.8' })
    await floor.settled()
    expect([one.welcome.token, two.welcome.token]).toEqual([undefined, undefined])
    expect(two.welcome.visit).toBe(one.welcome.visit)
    expect(other.welcome.visit).not.toBe(one.welcome.visit)
    const rows = rowsOf(list.state)
    expect(rows.map((row) => [row.ip, row.who.rung])).toEqual([
      [undefined, 'code'],
      [undefined, 'code'],
    ])
    expect(rows[0]?.who.text).toMatch(/^Visitor [0-9A-F]{4}$/)
    expect(
      JSON.stringify(await floor.store.read((db) => db.selectFrom('visits').selectAll().execute())),
    ).not.toContain('198.51')
  })

  test('T28 the live row has the full address, the database the masked one', async () => {
    await using floor = await openFloor()
    const ada = await floor.agent()
    const list = await ada.subscribe(WINDOW)
    await floor.visitor({ ip: '198.51.100.77' })
    await floor.settled()
    expect(rowsOf(list.state)[0]?.ip).toBe('198.51.100.77')
    expect(await floor.store.read((db) => db.selectFrom('visits').select('ip').execute())).toEqual([
      { ip: '198.51.0.0' },
    ])
  })

  test('W16 bots are kept apart', async () => {
    await using floor = await openFloor()
    const ada = await floor.agent()
    const people = await ada.subscribe(WINDOW)
    const bots = await ada.subscribe({ ...WINDOW, filter: { ...EVERYONE, bots: true } })
    const counts = await ada.subscribe({ topic: 'counts' })
    await floor.visitor({
      ua: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    })
    await floor.visitor({ robot: true, ua: CHROME })
    await floor.settled()
    expect(rowsOf(people.state)).toEqual([])
    expect(rowsOf(bots.state)).toHaveLength(2)
    expect(counts.state).toMatchObject({ online: 0, bots: 2, filters: { everyone: 0 } })
  })

  test('T4 hostile text passes as plain data everywhere', async () => {
    await using floor = await openFloor()
    const ada = await floor.agent()
    const list = await ada.subscribe(WINDOW)
    const nasty = `<img src=x onerror=alert(1)> ' " \u0000 \ud800 {{7*7}} %s \u202e`
    await floor.visitor({
      page: aPage({ title: nasty }),
      identity: { name: nasty, attributes: { constructor: nasty } },
    })
    await floor.settled()
    const kept = nasty.replace('\0', '').replace('\ud800', '\ufffd')
    // A name also loses the sign that would turn the words after it around (T34).
    const name = kept.replace('\u202e', '').trim()
    expect(rowsOf(list.state)[0]).toMatchObject({ title: kept, who: { text: name } })
    const stored = await floor.store.read((db) => db.selectFrom('visits').select('title').execute())
    expect(stored).toEqual([{ title: kept }])
    expect(floor.faults).toEqual([])
  })
})
