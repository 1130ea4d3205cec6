import {
  type AgentCommand,
  DEFAULT_SORT,
  DEFAULT_STYLE,
  EVERYONE,
  LANGUAGES,
  type MapState,
  type VisitState,
  type WindowState,
} from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { fakeGeo } from '../src/geo/geo.ts'
import { Refusal } from '../src/refusal.ts'
import {
  ADA,
  actorNamed,
  aPage,
  BRAND,
  helloWith,
  linkOf,
  OTHER_BRAND,
  openFloor,
  SHOP,
  siteNamed,
} from './floor.ts'

const WINDOW = {
  topic: 'window',
  filter: EVERYONE,
  sort: DEFAULT_SORT,
  offset: 0,
  limit: 50,
} as const
const titles = (state: unknown) => {
  const { order, rows } = state as WindowState
  return order.map((id) => rows[id]?.title)
}

describe('the visitors’ socket', () => {
  test('T24 a first frame that is no hello ends the connection', async () => {
    await using floor = await openFloor()
    for (const text of [
      'nonsense',
      '[]',
      '{"type":"page"}',
      JSON.stringify({ ...helloWith(), extra: 1 }),
      '['.repeat(5_000),
    ]) {
      const wire = floor.dial<never, { type: string; code?: string }>('/ws/visitor', {
        origin: 'http://localhost',
      })
      wire.say(text)
      expect(await wire.next('refused')).toMatchObject({ code: 'bad_input' })
      expect((await wire.closed()).code).toBe(4000)
    }
    expect(floor.visits.figures.visits).toBe(0)
  })

  test('T21 more than 60 frames at once are refused, and others are not', async () => {
    await using floor = await openFloor()
    const kim = await floor.visitor()
    const lee = await floor.visitor()
    for (let n = 0; n < 200; n++) kim.say({ type: 'page', page: aPage() })
    lee.say({ type: 'page', page: aPage({ title: 'Fine' }) })
    await floor.settled()
    expect(kim.heard.filter((frame) => frame.type === 'refused')).toMatchObject([
      { code: 'rate_limited' },
    ])
    expect(floor.visits.presence.find(kim.welcome.visit)?.row.hits).toBe(60)
    expect(floor.visits.presence.find(lee.welcome.visit)?.row.title).toBe('Fine')
    expect(floor.sockets.refused.visitor).toMatchObject({ rate_limited: 141 })
  })

  test('T23 frames that are too large or in too many pieces end the connection', async () => {
    await using floor = await openFloor()
    const large = await floor.visitor()
    large.say(JSON.stringify({ type: 'page', page: aPage({ title: 'x'.repeat(20_000) }) }))
    expect((await large.closed()).code).toBe(1009)
    const pieces = await floor.visitor()
    for (let n = 0; n < 40; n++) pieces.socket.send('x', { fin: false })
    expect((await pieces.closed()).code).toBe(1008)
    const binary = await floor.visitor()
    binary.socket.send(Buffer.from('{}'), { binary: true })
    expect((await binary.closed()).code).toBe(4003)
  })

  test('T20 an address gets so many connections per site and no more', async () => {
    await using floor = await openFloor({ connectionsPerIp: 2 })
    const ip = '203.0.113.9'
    const first = await floor.visitor({ ip })
    await floor.visitor({ ip })
    const third = floor.knock({ ip })
    expect(await third.next('refused')).toMatchObject({ code: 'too_many_connections' })
    expect((await third.closed()).code).toBe(4007)
    await floor.visitor({ ip: '203.0.113.10' })
    await first.leave()
    await floor.settled()
    await floor.visitor({ ip })
  })

  test('R17 a silent connection is gone 30 s later and its visit pending after the grace', async () => {
    await using floor = await openFloor()
    const kim = await floor.visitor()
    kim.socket.pause()
    for (let n = 0; n < 32; n++) floor.clock.advance(1_000)
    await expect.poll(() => floor.sockets.figures.visitors).toBe(0)
    floor.clock.advance(11_000)
    expect(floor.visits.presence.find(kim.welcome.visit)?.row).toMatchObject({
      status: 'pending',
      reason: 'silent',
    })
  })

  test('R10 who was asked just before the server stood still has time to answer', async () => {
    await using floor = await openFloor({
      visitorDoors: { 'chat.start': async () => ({ seq: 1 }) },
    })
    const kim = await floor.visitor()
    for (let n = 0; n < 21; n++) floor.clock.advance(1_000)
    floor.clock.set(floor.clock.now() + 60_000)
    floor.clock.advance(1_000)
    kim.say({ type: 'chat.start', id: 'start-after-all', text: 'Still here' })
    expect(await kim.next('done')).toMatchObject({ id: 'start-after-all' })
  })

  test('C5 doors answer by id; refusals carry their code, faults say nothing', async () => {
    await using floor = await openFloor({
      visitorDoors: {
        'chat.start': async (_actor, { text }) => {
          if (text === 'no') throw new Refusal('no_agents', 'Nobody is here.')
          if (text === 'boom') throw new Error('secret detail')
          return { seq: 1 }
        },
      },
    })
    const kim = await floor.visitor()
    for (const text of ['hello', 'no', 'boom'])
      kim.say({ type: 'chat.start', id: `start-${text}`.padEnd(10, '0'), text })
    expect(await kim.next('done')).toEqual({ type: 'done', id: 'start-hello', seq: 1 })
    expect(await kim.next('refused')).toMatchObject({ id: 'start-no00', code: 'no_agents' })
    expect(await kim.next('refused')).toMatchObject({ id: 'start-boom', code: 'internal' })
    expect(JSON.stringify(kim.heard)).not.toContain('secret detail')
    expect(floor.faults).toHaveLength(1)
  })

  test('S34 S35 S36 the look follows the links on the page and the site', async () => {
    const links = [
      linkOf('link-main1', SHOP),
      linkOf('link-page1', SHOP),
      linkOf('link-alien', 'site-other' as never),
    ]
    const sites = [
      siteNamed(SHOP, BRAND, { mainLinkId: 'link-main1' as never }),
      siteNamed('site-bare-1' as never, BRAND),
    ]
    await using floor = await openFloor({ sites, links })
    const kim = await floor.visitor()
    expect(kim.welcome.look).toMatchObject({
      launcher: true,
      online: false,
      style: { title: 'link-main1' },
    })
    kim.say({ type: 'page', page: aPage({ links: ['link-alien', 'link-page1', 'link-main1'] }) })
    expect((await kim.next('look')).look).toMatchObject({
      launcher: true,
      style: { title: 'link-page1' },
    })
    const bare = await floor.visitor({ site: 'key-site-bare-1' })
    expect(bare.welcome.look).toMatchObject({ launcher: false, style: DEFAULT_STYLE })
    floor.visits.presence.provideFace?.(() => ({ online: true }))
    floor.visits.presence.lookChanged?.()
    expect((await bare.next('look')).look.online).toBe(true)
  })

  test('C1 S36 links on the page are told as they are, and again when they change', async () => {
    const links = [
      linkOf('link-main1', SHOP),
      {
        ...linkOf('link-text1', SHOP, { language: 'de' }),
        type: 'text' as const,
        css: '.own{}',
      },
      {
        ...linkOf('link-shy01', SHOP),
        offline: { do: 'hide' as const },
        departmentIds: ['shy' as never],
      },
      linkOf('link-alien', 'site-other' as never),
    ]
    await using floor = await openFloor({
      sites: [siteNamed(SHOP, BRAND, { mainLinkId: 'link-main1' as never })],
      links,
    })
    const kim = await floor.visitor({ language: 'ar' })
    kim.say({ type: 'links.ask', links: ['link-shy01', 'link-alien', 'link-text1', '<b>'] })
    const { links: faces } = await kim.next('links')
    expect(Object.keys(faces)).toEqual(['link-shy01', 'link-text1'])
    expect(faces['link-shy01']).toMatchObject({ hidden: true, look: { online: false } })
    expect(faces['link-text1']).toMatchObject({
      type: 'text',
      look: { linkId: 'link-text1', launcher: false, css: '.own{}' },
    })
    // Its own words are in its language; what it opens speaks as the page does.
    expect(faces['link-text1']?.look).toMatchObject({
      language: 'ar',
      words: { dir: 'rtl' },
      style: {
        onlineText: LANGUAGES.de.shipped.onlineText,
        greeting: LANGUAGES.ar.shipped.greeting,
      },
    })
    expect(floor.visits.signals.linkSeenAt('link-text1' as never)).not.toBeNull()
    expect(floor.visits.signals.linkSeenAt('link-alien' as never)).toBeNull()

    floor.visits.presence.provideFace?.((_, departments) => ({ online: departments !== null }))
    floor.visits.presence.lookChanged?.()
    const { links: later } = await kim.next('links')
    expect(later['link-shy01']?.hidden).toBeUndefined()
    expect(later['link-text1']?.look.online).toBe(false)

    // The launcher stays the main link's, whatever link gives the look.
    kim.say({ type: 'page', page: aPage({ links: ['link-text1'] }) })
    expect((await kim.next('look')).look).toMatchObject({
      launcher: true,
      linkId: 'link-text1',
      language: 'de',
      // The panel opened by the launcher is in the page's language, too.
      main: { style: { title: 'link-main1' }, language: 'de' },
    })
  })

  test('W18 a site switched off lets its visitors go', async () => {
    await using floor = await openFloor()
    const kim = await floor.visitor()
    floor.changeSite(SHOP, { off: true })
    expect((await kim.closed()).code).toBe(4001)
    const again = floor.knock()
    expect(await again.next('refused')).toMatchObject({ code: 'not_found' })
  })

  test('R21 stopping tells everybody to move', async () => {
    const floor = await openFloor()
    const kim = await floor.visitor()
    const ada = await floor.agent()
    const closing = floor.sockets.close()
    expect(await kim.next('move')).toMatchObject({ withinMs: 10_000 })
    expect((await kim.closed()).code).toBe(4005)
    expect((await ada.closed()).code).toBe(4005)
    await closing
    await floor.stop()
  })
})

describe('the agents’ socket', () => {
  test('T1 only the exact origin of the console opens it', async () => {
    await using floor = await openFloor()
    const { token } = await floor.agent()
    const own = `http://127.0.0.1:${floor.port}`
    const origins = [
      undefined,
      'null',
      'http://evil.example',
      `https://127.0.0.1:${floor.port}`,
      `http://localhost:${floor.port}`,
      `${own}.evil.example`,
      `http://127.0.0.1:${floor.port + 1}`,
      'http://127.0.0.1',
      `${own}/`,
      `http://x@127.0.0.1:${floor.port}`,
    ]
    for (const origin of origins) {
      const wire = floor.dial('/ws/agent', {
        cookie: `beckon-http=${token}`,
        ...(origin ? { origin } : {}),
      })
      expect(await wire.refused()).toContain('403')
    }
  })

  test('S5 without a sign-in it closes and says why', async () => {
    await using floor = await openFloor()
    const wire = floor.dial('/ws/agent', { origin: `http://127.0.0.1:${floor.port}` })
    expect((await wire.closed()).code).toBe(4002)
  })

  test('S5 R an administrator alone does not see visitors', async () => {
    await using floor = await openFloor()
    const boss = await floor.agent(actorNamed(ADA, [BRAND], ['administrator']))
    boss.say({ type: 'subscribe', sub: 1, topic: WINDOW })
    expect(await boss.next('closed')).toMatchObject({ sub: 1, code: 'not_allowed' })
  })

  test('T13 a revoked sign-in is cut at once, others stay', async () => {
    await using floor = await openFloor()
    const ada = await floor.agent()
    const ben = await floor.agent(actorNamed('agent-ben-1' as never, [BRAND]))
    floor.bus.publish({ type: 'revoked', agentId: ADA, signInIds: ['another'] })
    await floor.settled()
    floor.bus.publish({ type: 'revoked', agentId: ADA })
    expect((await ada.closed()).code).toBe(4002)
    await ben.pinged()
    expect(ben.socket.readyState).toBe(ben.socket.OPEN)
  })

  test('W14 other rights mean new snapshots', async () => {
    await using floor = await openFloor()
    const ada = await floor.agent()
    const list = await ada.subscribe(WINDOW)
    await floor.visitor({ site: 'key-site-other-1', page: aPage({ title: 'Foreign' }) })
    await floor.settled()
    expect(titles(list.state)).toEqual([])
    floor.actors.set(ada.token, actorNamed(ADA, [BRAND, OTHER_BRAND]))
    floor.changeSite(SHOP, { name: 'Shop' })
    await ada.next('snapshot')
    expect(titles(list.state)).toEqual(['Foreign'])
    floor.actors.delete(ada.token)
    floor.changeSite(SHOP, { name: 'Shop again' })
    expect((await ada.closed()).code).toBe(4002)
  })

  test('I13 the same command again gives the same answer and has no second effect', async () => {
    let times = 0
    const withdraw = async () => ({ invitation: { n: ++times } as never })
    await using floor = await openFloor({ agentDoors: { 'invitation.withdraw': withdraw } })
    const ada = await floor.agent()
    const command: AgentCommand = {
      type: 'invitation.withdraw',
      id: 'command-1',
      invitationId: 'invitation-1' as never,
    }
    ada.say(command)
    const first = await ada.next('done')
    ada.say(command)
    expect(await ada.next('done')).toEqual(first)
    const again = await floor.agent()
    again.say(command)
    expect(await again.next('done')).toEqual(first)
    ada.say({ ...command, invitationId: 'invitation-2' as never })
    expect(await ada.next('refused')).toMatchObject({ code: 'client_id_reused' })
    expect(times).toBe(1)
  })

  test('§7 a beat after two seconds of quiet', async () => {
    await using floor = await openFloor()
    const ada = await floor.agent()
    floor.clock.advance(2_000)
    expect(await ada.next('beat')).toMatchObject({ now: floor.clock.now() })
  })

  test('T24 frames that are none of ours are refused by id, and the connection lives', async () => {
    await using floor = await openFloor()
    const ada = await floor.agent()
    ada.say(JSON.stringify({ type: 'visit.stop', id: 'command-1', visitId: ['a'] }))
    expect(await ada.next('refused')).toMatchObject({ id: 'command-1', code: 'bad_input' })
    ada.say(
      JSON.stringify({
        type: 'subscribe',
        sub: 1,
        topic: { ...WINDOW, sort: { by: 'title; drop table', dir: 'asc' } },
      }),
    )
    expect(await ada.next('refused')).toMatchObject({ code: 'bad_input' })
    await ada.subscribe({ topic: 'counts' })
  })

  test('§7 the first change after quiet goes at once, the next ones at most four times a second', async () => {
    await using floor = await openFloor()
    const ada = await floor.agent()
    const list = await ada.subscribe(WINDOW)
    const framesOf = () => ada.heard.filter((frame) => frame.type === 'event').length
    floor.clock.advance(1_000)
    const kim = await floor.visitor({ page: aPage({ title: 'first' }) })
    floor.clock.advance(60)
    await ada.pinged()
    expect(titles(list.state)).toEqual(['first'])
    const before = framesOf()
    for (let n = 0; n < 40; n++) {
      kim.say({ type: 'page', page: aPage({ title: `page ${n}` }) })
      await kim.pinged()
      floor.clock.advance(50)
    }
    await ada.pinged()
    expect(framesOf() - before).toBeLessThanOrEqual(9)
    expect(framesOf() - before).toBeGreaterThanOrEqual(6)
  })

  test('UI 5.2 a held list keeps its places, updates values and counts what waits', async () => {
    await using floor = await openFloor()
    const ada = await floor.agent()
    const list = await ada.subscribe(WINDOW)
    const kim = await floor.visitor({ page: aPage({ title: 'Kim' }) })
    await floor.visitor({ page: aPage({ title: 'Lee' }) })
    await floor.settled()
    ada.say({ type: 'subscribe', sub: list.sub, topic: { ...WINDOW, hold: true } })
    await ada.next('snapshot')
    expect(titles(list.state)).toEqual(['Lee', 'Kim'])
    await floor.visitor({ page: aPage({ title: 'New' }) })
    kim.say({ type: 'page', page: aPage({ title: 'Kim moved' }) })
    await floor.settled()
    expect(titles(list.state)).toEqual(['Lee', 'Kim moved'])
    expect(list.state).toMatchObject({ waiting: 1, total: 3 })
    ada.say({ type: 'subscribe', sub: list.sub, topic: WINDOW })
    await ada.next('snapshot')
    expect(titles(list.state)).toEqual(['New', 'Lee', 'Kim moved'])
    expect(list.state).toMatchObject({ waiting: 0 })
  })

  test('S15 W6 the map counts visitors by place and counts who has none', async () => {
    const london = { country: 'GB', city: 'London', lat: 51.5, lon: -0.1 }
    await using floor = await openFloor({
      geo: fakeGeo({ '203.0.113.1': london, '203.0.113.2': london }),
    })
    const ada = await floor.agent()
    const map = await ada.subscribe({ topic: 'map' })
    const first = await floor.visitor({ ip: '203.0.113.1' })
    await floor.visitor({ ip: '203.0.113.2' })
    await floor.visitor({ ip: '203.0.113.3' })
    await floor.settled()
    const { places, unlocated } = map.state as MapState
    const [place] = Object.values(places)
    expect(place).toMatchObject({ ...london, active: 2, pending: 0 })
    expect(unlocated).toBe(1)
    const here = await ada.subscribe({
      ...WINDOW,
      filter: { match: 'all', conditions: [{ field: 'place', op: 'is', value: place?.key }] },
    })
    expect((here.state as WindowState).total).toBe(2)
    ada.say({ type: 'visit.remove', id: 'command-1', visitId: first.welcome.visit })
    await floor.settled()
    expect(Object.values((map.state as MapState).places)).toMatchObject([{ active: 1 }])
  })

  test('W4 the details keep the last state and say that the visit is gone', async () => {
    await using floor = await openFloor()
    const ada = await floor.agent()
    const kim = await floor.visitor({
      timeZone: 'Europe/Berlin',
      identity: { attributes: { plan: 'gold' } },
    })
    const pane = await ada.subscribe({ topic: 'visit', visitId: kim.welcome.visit })
    expect(pane.state).toMatchObject({
      timeZone: 'Europe/Berlin',
      attributes: { plan: 'gold' },
      gone: false,
    })
    ada.say({ type: 'visit.remove', id: 'command-1', visitId: kim.welcome.visit })
    await floor.settled()
    await floor.pass(62_000)
    expect(pane.state).toMatchObject({ gone: true })
    expect((pane.state as VisitState).pages).toHaveLength(1)
  })

  test('R16 a console that does not read loses presence first and gets it back as a snapshot', async () => {
    await using floor = await openFloor()
    const ada = await floor.agent()
    const list = await ada.subscribe({ ...WINDOW, limit: 200 })
    for (let n = 0; n < 40; n++) await floor.visitor({ ip: `203.0.113.${n}` })
    await floor.settled()
    const visitors = (list.state as WindowState).order.map((id) => floor.visits.presence.find(id))
    const shake = (n: number) => {
      for (const visit of visitors) {
        if (visit)
          floor.visits.presence.mark(visit.visitorId, {
            chat: { id: `${'x'.repeat(4_000)}${n}`, state: 'active' },
          })
      }
      floor.clock.advance(250)
    }
    ada.socket.pause()
    // 160 KB a frame for 15 seconds: far beyond what queue and kernel hold.
    for (let n = 0; n < 60; n++) {
      shake(n)
      await new Promise(setImmediate)
    }
    ada.socket.resume()
    const snapshots = () => ada.heard.filter((frame) => frame.type === 'snapshot').length
    await expect
      .poll(() => {
        floor.clock.advance(1_000)
        return snapshots()
      })
      .toBeGreaterThan(1)
    shake(99)
    await floor.settled()
    const [row] = Object.values((list.state as WindowState).rows)
    expect(row?.chat?.id.endsWith('x99')).toBe(true)
    expect(ada.heard.length).toBeLessThan(60)
  })

  test('R16 a page that does not read is cut as slow', async () => {
    await using floor = await openFloor()
    const kim = await floor.visitor()
    kim.socket.pause()
    const { visitorId } = floor.visits.presence.find(kim.welcome.visit)!
    const look = { ...kim.welcome.look, siteName: 'x'.repeat(100_000) }
    for (let n = 0; n < 120; n++) {
      floor.visits.presence.say(visitorId, { type: 'look', look })
      await new Promise(setImmediate)
    }
    kim.socket.resume()
    expect((await kim.closed()).code).toBe(4004)
  })
})
