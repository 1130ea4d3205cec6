import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type {
  ChatId,
  SiteSignals,
  Topic,
  VisitId,
  VisitorHello,
  VisitorId,
  VisitorServerFrame,
  VisitRow,
} from '@beckon/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { random } from '../../../bench/src/random.ts'
import { newId } from '../src/ids.ts'
import { seal } from '../src/nodes/envelope.ts'
import { aPage, CHROME, helloWith } from './floor.ts'
import { postgresPrograms } from './postgres-server.ts'
import { redisServerProgram } from './redis-server.ts'
import { openSeveral, type Several } from './several.ts'
import { granted, type Whole } from './whole.ts'
import { wireTo } from './wire.ts'

/* The whole product on two and three nodes, with a real PostgreSQL and a real Redis. */

const EVERYONE: Extract<Topic, { topic: 'window' }> = {
  topic: 'window',
  filter: { match: 'all', conditions: [] },
  sort: { by: 'started', dir: 'asc' },
  offset: 0,
  limit: 50,
}

type AgentLine = Awaited<ReturnType<Whole['agent']>>

const listOf = async (agent: AgentLine) => {
  const { rows } = granted(await agent.look(EVERYONE))
  return Object.values(rows)
}

describe.skipIf(!postgresPrograms || !redisServerProgram)('two nodes', () => {
  let several: Several
  let here: Whole
  let there: Whole
  let cookie: string
  /** A console on the other node. */
  let ada: AgentLine
  beforeAll(async () => {
    several = await openSeveral(2)
    here = several.node(0)
    there = several.node(1)
    cookie = await here.signIn()
    ada = await there.agent(cookie)
  })
  afterAll(async () => {
    expect([here?.faults, there?.faults]).toEqual([[], []])
    await several?.[Symbol.asyncDispose]()
  })

  const rowOf = async (visitId: string, agent = ada) =>
    (await listOf(agent)).find(({ id }) => id === visitId)
  const rowSees = (visitId: string, what: object, agent = ada) =>
    expect.poll(() => rowOf(visitId, agent)).toMatchObject(what)

  async function invite(visitId: VisitId, template = 'Hello #site#') {
    const values = granted(await ada.look({ topic: 'values', visitId }))
    const groupId = values.groups[0]?.id as never
    const { version } = values
    const sent = await ada.ask<'invitation.send'>({
      type: 'invitation.send',
      visitId,
      groupId,
      template,
      version,
    })
    return granted(sent).invitation
  }

  test('W1 S5 C1 C7 a visitor on one node is listed, invited and talked to from the other', async () => {
    const kim = await here.visitor()
    const visitId = kim.welcome.visit as VisitId
    await rowSees(visitId, { status: 'active', hits: 1 })
    const invitation = await invite(visitId)
    const card = await kim.next('invitation')
    expect(card.invitation.text).toBe(invitation.text)
    kim.say({ type: 'invitation.delivered', invitationId: invitation.id })
    kim.say({ type: 'invitation.viewed', invitationId: invitation.id })
    await rowSees(visitId, { invitation: { state: 'viewed' } })
    const reply = granted(
      await kim.ask({ type: 'invitation.reply', invitationId: invitation.id, text: 'Yes please' }),
    )
    const chatId = reply.chatId as ChatId
    kim.say({ type: 'chat.open', chatId, after: 0 })
    await kim.next('chat.snapshot')
    await rowSees(visitId, { chat: { state: 'active' } })
    granted(await ada.ask({ type: 'message.send', chatId, text: 'What are you looking for?' }))
    const heard = await kim.next('chat.event', ({ event }) => event.messages !== undefined)
    expect(heard.event.messages).toMatchObject([{ seq: 3, text: 'What are you looking for?' }])

    const sub = ada.newSub()
    ada.say({ type: 'subscribe', sub, topic: { topic: 'chat', chatId } })
    kim.say({ type: 'chat.typing', chatId, on: true })
    const typing = await ada.until('writing', () =>
      ada.heard.find(
        (one) =>
          one.type === 'event' && one.sub === sub && (one.event as { typing?: string }).typing,
      ),
    )
    expect(typing).toMatchObject({ event: { typing: 'visitor' } })
    ada.say({ type: 'chat.typing', chatId, on: true })
    expect((await kim.next('chat.event', ({ event }) => event.typing !== undefined)).event).toEqual(
      {
        typing: true,
      },
    )

    // C7 what is typed, as far as the site has it and the visitor is told.
    const site = here.site('website')
    await there.rest('PATCH', `/sites/${site.id}`, { showTyping: true }, cookie)
    await expect.poll(() => here.site('website').showTyping).toBe(true)
    kim.say({ type: 'chat.typed', chatId, text: 'Do you sell ospreys' })
    await ada.until('what is typed', () =>
      ada.heard.find(
        (one) =>
          one.type === 'event' &&
          one.sub === sub &&
          (one.event as { typed?: string }).typed === 'Do you sell ospreys',
      ),
    )
    ada.say({ type: 'unsubscribe', sub })
    await kim.leave()
  })

  test('W2 I16 a page that opens on the other node goes on with the visit: one row, never gone', async () => {
    const kim = await here.visitor({ newToken: aToken(1) })
    const visitId = kim.welcome.visit as VisitId
    await rowSees(visitId, { status: 'active', hits: 1 })
    const sub = ada.newSub()
    const from = ada.heard.length
    ada.say({ type: 'subscribe', sub, topic: EVERYONE })
    await kim.leave()
    const again = await there.visitor({ token: aToken(1), page: aPage({ title: 'Next' }) })
    expect(again.welcome.visit).toBe(visitId)
    await rowSees(visitId, { status: 'active', hits: 2, title: 'Next' })
    const back = await here.visitor({ token: aToken(1), page: aPage({ title: 'Third' }) })
    expect(back.welcome.visit).toBe(visitId)
    await rowSees(visitId, { status: 'active', hits: 3, title: 'Third' })
    // Two tabs on two nodes are one row; the one that stays keeps it.
    await again.leave()
    await rowSees(visitId, { status: 'active', hits: 3 })
    expect((await listOf(ada)).filter(({ id }) => id === visitId)).toHaveLength(1)
    const details = granted(await ada.look({ topic: 'visit', visitId }))
    expect(details.pages.map(({ title }) => title).slice(-2)).toEqual(['Next', 'Third'])
    ada.say({ type: 'unsubscribe', sub })
    const statuses = ada.heard
      .slice(from)
      .flatMap((one) => (one.type === 'event' && one.sub === sub ? JSON.stringify(one) : []))
    expect(
      statuses.filter((text) => text.includes('"pending"') || text.includes('"removed"')),
    ).toEqual([])
    await back.leave()
  })

  test('S2 the first pages of one browser on two nodes in the same instant are one visit', async () => {
    const [one, other] = await Promise.all([
      here.visitor({ newToken: aToken(2) }),
      there.visitor({ newToken: aToken(2) }),
    ])
    expect(other.welcome.visit).toBe(one.welcome.visit)
    await rowSees(one.welcome.visit, { status: 'active', hits: 2 })
    await one.leave()
    await other.leave()
  })

  test('T28 who keeps nothing is bridged from page to page across nodes', async () => {
    const ip = '203.0.113.201'
    const first = await here.visitor({ privacy: 'presence', ip })
    await rowSees(first.welcome.visit, { status: 'active' })
    await first.leave()
    const second = await there.visitor({ privacy: 'presence', ip })
    expect(second.welcome.visit).toBe(first.welcome.visit)
    await second.leave()
  })

  test('W10 colleagues see who looks at whom, on whichever node', async () => {
    const kim = await here.visitor()
    const visitId = kim.welcome.visit as VisitId
    const ben = await there.rest<{ id: string }>(
      'POST',
      '/agents',
      {
        name: 'Ben',
        chatName: 'Ben',
        email: 'ben@example.com',
        password: 'violet-tractor-19-lamp',
        roles: ['agent', 'manager'],
      },
      cookie,
    )
    const group = [...here.app.directory.now.groups.values()][0]
    await here.rest('PATCH', `/groups/${group?.id}`, { memberIds: [ada.agentId, ben.id] }, cookie)
    const bens = await here.agent(
      await here.signIn({ email: 'ben@example.com', password: 'violet-tractor-19-lamp' }),
    )
    expect(bens.agentId).toBe(ben.id)
    await rowSees(visitId, { status: 'active' })
    ada.say({ type: 'attend', looking: [visitId], writing: [] })
    await expect
      .poll(async () => Object.values(granted(await bens.look({ topic: 'colleagues' })).colleagues))
      .toMatchObject([{ visitId, doing: 'looking', agentId: ada.agentId }])
    await kim.leave()
    await bens.leave()
  })

  test('C12 T13 a ban made on one node cuts whoever is on the other, and keeps them out', async () => {
    const kim = await here.visitor({ newToken: aToken(3) })
    const visitId = kim.welcome.visit as VisitId
    await rowSees(visitId, { status: 'active' })
    const row = await rowOf(visitId)
    const closed = kim.closed()
    granted(
      await ada.ask({ type: 'visitor.ban', visitorId: row?.visitorId as VisitorId, reason: '' }),
    )
    await expect.poll(() => rowOf(visitId)).toMatchObject({ status: 'active' })
    await expect
      .poll(() => {
        here.clock.advance(600)
        return Promise.race([closed, false])
      })
      .toMatchObject({ code: 4006 })
    await rowSees(visitId, { status: 'removed', reason: 'banned' })
  })

  test('T13 signing out on one node ends the console on the other', async () => {
    const again = await here.signIn()
    const console = await there.agent(again)
    const closed = console.closed()
    await here.rest('POST', '/sign-out', {}, again)
    expect((await closed).code).toBe(4002)
  })

  test('A3 an agent stops and removes a visit that is at home on the other node', async () => {
    const kim = await here.visitor()
    const visitId = kim.welcome.visit as VisitId
    await rowSees(visitId, { status: 'active' })
    const closed = kim.closed()
    granted(await ada.ask({ type: 'visit.remove', visitId }))
    expect((await closed).code).toBe(4006)
    await rowSees(visitId, { status: 'removed', reason: 'by_hand' })
  })

  describe('W21 who is erased on one node is gone on the other, which writes nothing of them any more', () => {
    const stored = (name: string) =>
      here.app.store.read((db) =>
        db.selectFrom('visitors').selectAll().where('display_name', '=', name).execute(),
      )
    const store = (row: Awaited<ReturnType<typeof stored>>[number]) =>
      here.app.store.commit((tx) => tx.insertInto('visitors').values(row).execute())
    /** What was on its way comes after the erasure: it is taken back, unless it is very late. */
    const takesBack = async (kim: string, erases: (kim: string) => ReturnType<typeof stored>) => {
      let name = kim
      for (let tries = 1; ; tries++) {
        const since = performance.now()
        for (const row of await erases(name)) await store(row)
        if (performance.now() - since < 4_000) break
        name = `${kim} ${tries}`
      }
      await expect.poll(() => stored(name)).toEqual([])
    }
    let tokens = 100

    test('from a page that is open there', () =>
      takesBack('Kim Forgotten', async (kim) => {
        const page = await here.visitor({ newToken: aToken(tokens++), identity: { name: kim } })
        const visitId = page.welcome.visit as VisitId
        await rowSees(visitId, { who: { text: kim } })
        await here.app.visits.flush()
        const rows = await stored(kim)
        expect(rows).toHaveLength(1)
        const closed = page.closed()
        await there.rest('DELETE', `/visitors/${rows[0]?.id}`, {}, cookie)
        expect((await closed).code).toBe(4006)
        expect(here.app.visits.presence.find(visitId)).toBeUndefined()
        await here.app.visits.flush()
        expect(await stored(kim)).toEqual([])
        return rows
      }))

    test('and of those who have left it', () =>
      takesBack('Kim Who Left', async (kim) => {
        const page = await here.visitor({ newToken: aToken(tokens++), identity: { name: 'Lee' } })
        await here.app.visits.flush()
        const [lee] = await stored('Lee')
        if (!lee) throw new Error('nobody was stored')
        await page.leave()
        const rows = [{ ...lee, id: newId<VisitorId>(), token_hash: null, display_name: kim }]
        for (const row of rows) await store(row)
        await there.rest('DELETE', `/visitors/${rows[0]?.id}`, {}, cookie)
        expect(await stored(kim)).toEqual([])
        return rows
      }))
  })

  test('S2 another person in one tab is another person in the tab on the other node, too', async () => {
    const token = aToken(6)
    const one = await here.visitor({ newToken: token, identity: { username: 'kim' } })
    await rowSees(one.welcome.visit, { who: { text: 'kim' } })
    const other = await there.visitor({ token, page: aPage() })
    expect(other.welcome.visit).toBe(one.welcome.visit)
    await expect
      .poll(() => here.app.visits.presence.find(one.welcome.visit as VisitId)?.tabs.length)
      .toBe(2)
    const closed = other.closed()
    one.say({ type: 'identify', identity: { username: 'lee' } })
    const next = await one.next('token')
    // As the script does: it comes back at once, with what the browser keeps by now.
    expect((await closed).code).toBe(4004)
    const back = await there.visitor({ token: next.token, page: aPage() })
    expect(back.welcome.visit).toBe(next.visit)
    await rowSees(next.visit, { who: { text: 'lee' }, status: 'active' })
    await one.leave()
    await back.leave()
  })

  test('I16 I20 whatever happens on which node, both lists come to be the same, and every page is counted once', async () => {
    const chance = random(2_026)
    const people = Array.from({ length: 6 }, (_, n) => ({
      token: aToken(20 + n),
      tabs: [] as Awaited<ReturnType<Whole['visitor']>>[],
      pages: 0,
      visit: '',
    }))
    for (let step = 0; step < 90; step++) {
      const person = people[chance.between(0, people.length - 1)] as (typeof people)[number]
      const { tabs } = person
      const what = tabs.length === 0 ? 0 : chance.between(0, 5)
      if (what < 2 && tabs.length < 4) {
        const node = chance.between(0, 1) ? here : there
        const key = person.visit ? { token: person.token } : { newToken: person.token }
        const tab = await node.visitor({ ...key, page: aPage({ title: `Page ${step}` }) })
        person.visit ||= tab.welcome.visit
        expect(tab.welcome.visit).toBe(person.visit)
        person.pages += 1
        tabs.push(tab)
      } else if (what < 4) {
        tabs[0]?.say({ type: 'page', page: aPage({ title: `Page ${step}` }) })
        person.pages += 1
      } else if (what === 4) {
        const at = chance.between(0, tabs.length - 1)
        for (const [n, tab] of tabs.entries())
          tab.say({ type: 'attention', visible: n === at, focused: n === at })
      } else await tabs.shift()?.leave()
      // Some in one breath, some a moment apart.
      if (chance.between(0, 2) === 0) await pause(40)
    }
    const told = async (whole: Whole) => {
      await whole.settled()
      const lists = people.map(({ visit }) => {
        const found = whole.app.visits.presence.find(visit as VisitId)
        return found && { row: { ...found.row }, tabs: found.tabs.length }
      })
      return JSON.parse(JSON.stringify(lists)) as { row: VisitRow; tabs: number }[]
    }
    await expect.poll(async () => isDeepStrictEqual(await told(here), await told(there))).toBe(true)
    const rows = await told(here)
    expect(rows.map(({ row, tabs }) => [row.hits, tabs])).toEqual(
      people.map(({ pages, tabs }) => [pages, tabs.length]),
    )
    for (const { tabs } of people) for (const tab of tabs) await tab.leave()
  })

  test('W18 what pages do on one node is told on the other: hits, wrong keys, and an agent’s own test', async () => {
    const { id } = here.site('website')
    const signals = async (node: Whole): Promise<SiteSignals> => {
      const url = `${node.app.url}/api/v1/sites/${id}/signals`
      return (await fetch(url, { headers: { cookie } })).json() as Promise<SiteSignals>
    }
    const { test: mine } = await signals(there)
    await expect.poll(async () => (await signals(here)).test?.query).toBe(mine?.query)
    const page = aPage({ title: 'Mine', url: `http://127.0.0.1:5999/?${mine?.query}` })
    const kim = await here.visitor({ page })
    await expect
      .poll(async () => (await signals(there)).test?.seen)
      .toMatchObject({ title: 'Mine' })
    const old = wireTo<VisitorHello, VisitorServerFrame>(
      `${here.app.url.replace('http', 'ws')}/ws/visitor`,
      { origin: 'http://127.0.0.1:5999', 'user-agent': CHROME },
    )
    old.say(helloWith({ site: 'st_old_copy' }))
    await old.next('refused')
    await expect
      .poll(() => signals(there))
      .toMatchObject({ lastHit: { title: 'Mine' }, wrongKey: { key: 'st_old_copy' } })
    await kim.leave()
  })

  test('W6 W19 S2 attributes, virtual pages, withdrawn consent and hiding on one node hold on the other', async () => {
    const kim = await here.visitor({ newToken: aToken(7) })
    const visitId = kim.welcome.visit as VisitId
    kim.say({ type: 'identify', identity: { attributes: { plan: 'gold' } } })
    kim.say({ type: 'page', page: aPage({ title: 'Virtual' }) })
    await rowSees(visitId, { hits: 2, title: 'Virtual' })
    const values = granted(await ada.look({ topic: 'values', visitId }))
    expect(values.values.plan).toBe('gold')
    await invite(visitId)
    await kim.next('invitation')
    kim.say({ type: 'consent.withdrawn' })
    await rowSees(visitId, { invitation: { state: 'failed', reason: 'consent_withdrawn' } })
    const other = await there.visitor({ token: aToken(7) })
    expect(other.welcome.visit).toBe(visitId)
    await expect.poll(() => here.app.visits.presence.find(visitId)?.tabs.length).toBe(2)
    const closed = other.closed()
    kim.say({ type: 'visit.hide' })
    await closed
    await expect.poll(() => rowOf(visitId)).toBeUndefined()
    expect(here.app.visits.presence.find(visitId)).toBeUndefined()
  })

  test('the metrics are those that are documented, add up over nodes, and say nothing of visitors', async () => {
    const metrics = async (node: Whole) => {
      const text = await (await fetch(`${node.app.url}/metrics`)).text()
      const lines = text.match(/^beckon_.*$/gm) ?? []
      return (name: string): number =>
        lines.reduce((sum, line) => sum + (line.startsWith(`${name} `) ? figureIn(line) : 0), 0)
    }
    const figureIn = (line: string) => Number(line.slice(line.lastIndexOf(' ')))
    const both = async (name: string): Promise<[number, number]> => [
      (await metrics(here))(name),
      (await metrics(there))(name),
    ]
    const sum = async (name: string) => (await both(name)).reduce((a, b) => a + b)

    const before = await sum('beckon_page_views_total')
    const title = 'code="1"} 9\nbeckon_visits 99'
    const kim = await here.visitor({ newToken: aToken(8), page: aPage({ title }) })
    const lou = await there.visitor({ page: aPage({ title }) })
    kim.say({ type: 'page', page: aPage({ title }) })
    kim.say({ type: `invented-${title}` } as never)
    await kim.next('refused')
    await rowSees(kim.welcome.visit, { hits: 2 })
    const tab = await there.visitor({ token: aToken(8), page: aPage({ title }) })
    expect(tab.welcome.visit).toBe(kim.welcome.visit)
    await expect.poll(() => sum('beckon_page_views_total')).toBe(before + 4)
    // Both list the same visits, and each of them is decided on one node.
    await expect
      .poll(async () => {
        const [all, same] = await both('beckon_visits')
        return [all - same, all - (await sum('beckon_visits_at_home{where="here"}'))]
      })
      .toEqual([0, 0])
    expect(await both('beckon_other_nodes')).toEqual([1, 1])
    expect(await both('beckon_redis_up')).toEqual([1, 1])

    const text = await (await fetch(`${here.app.url}/metrics`)).text()
    const names = new Set([...text.matchAll(/^# TYPE (beckon_\w+)/gm)].map(([, name]) => name))
    const documented = await readFile(
      new URL('../../../docs/operating.md', import.meta.url),
      'utf8',
    )
    const listed = documented.split('\n').filter((line) => line.startsWith('| `beckon_'))
    expect([...names].sort()).toEqual(
      [...listed.join().matchAll(/`(beckon_\w+)`/g)].map(([, name]) => name).sort(),
    )
    // Labels are words of ours: each value is one of few, and there are few lines.
    const values = [...text.matchAll(/^beckon_\w+\{(.*)\}/gm)].map(([, labels]) => labels)
    for (const labels of values) expect(labels).toMatch(/^(\w+="[a-z_.+\dInf]+",?)+$/)
    expect(values.length).toBeLessThan(80)
    for (const page of [kim, lou, tab]) await page.leave()
  })

  test('settings changed on one node hold on the other', async () => {
    const site = here.site('website')
    await here.rest('PATCH', `/sites/${site.id}`, { name: 'Bike shop' }, cookie)
    await expect.poll(() => there.site('website').name).toBe('Bike shop')
  })

  test('R11 whoever reads a node whose words Redis has lost keeps its rows, and drops those that are over', async () => {
    const kim = await here.visitor()
    const lou = await here.visitor()
    const kept = kim.welcome.visit as VisitId
    const over = lou.welcome.visit as VisitId
    await rowSees(kept, { status: 'active' })
    await rowSees(over, { status: 'active' })
    await several.redis.ask(async (redis) => {
      const keyOf = async () => {
        for (const key of await redis.keys('*:visits:*')) {
          if ((await redis.hExists(key, over)) && (await redis.hExists(key, kept))) return key
        }
        return undefined
      }
      await expect.poll(keyOf).toBeDefined()
      const key = (await keyOf()) ?? ''
      const [, installation, , node = ''] = key.split(':')
      const reads = async () =>
        Number(/cmdstat_hscan:calls=(\d+)/.exec(await redis.info('commandstats'))?.[1] ?? 0)
      /** A number that was left out: whoever hears it reads what this node has put down. */
      let number = 1_000_000
      const miss = () => {
        number += 2
        return redis.publish(`beckon:${installation}:said`, seal(node, number, []))
      }

      // Nobody has heard of its end, only that it is not among those put down any more.
      await redis.hDel(key, over)
      await miss()
      await expect.poll(() => rowOf(over)).toBeUndefined()
      expect(await rowOf(kept)).toMatchObject({ status: 'active' })

      // All of it is gone: that tells nothing of anybody.
      await redis.del(key)
      const before = await reads()
      for (let sites = 1; sites < 4; sites++) {
        await miss()
        await expect.poll(reads).toBeGreaterThan(before + 2 * sites)
      }
      expect(await rowOf(kept)).toMatchObject({ status: 'active' })
    })
    for (const page of [kim, lou]) await page.leave()
  })

  test('R11 a node that comes later knows everybody who is here, also who came while Redis had no room', async () => {
    await several.redis.ask((client) => client.configSet('maxmemory', '1'))
    const kim = await here.visitor()
    const visitId = kim.welcome.visit as VisitId
    // What nodes say passes through all the same.
    await rowSees(visitId, { status: 'active' })
    await several.redis.ask((client) => client.configSet('maxmemory', '0'))
    const putDown = () =>
      several.redis.ask(async (client) => {
        const keys = await client.keys('*:visits:*')
        const held = await Promise.all(keys.map((key) => client.hExists(key, visitId)))
        return held.some(Boolean)
      })
    await expect.poll(putDown).toBe(true)
    // What somebody else wrote there is left out, whatever it is.
    await several.redis.ask(async (client) => {
      for (const key of await client.keys('*:visits:*')) {
        const rubbish = { broken: '{', nothing: 'null', strange: '{"type":"visit","id":"x"}' }
        await client.hSet(key, rubbish)
      }
      for (const key of await client.keys('*:nodes')) await client.sAdd(key, 'not a node')
    })
    const third = await several.another()
    const mia = await third.agent(cookie)
    expect(await rowOf(visitId, mia)).toMatchObject({ status: 'active' })
    const metrics = await (await fetch(`${third.app.url}/metrics`)).text()
    expect(metrics).toMatch(/^beckon_node_refused_total\{what="put_down"\} ([3-9]|\d\d+)$/m)
    expect(metrics).toMatch(/^beckon_node_losses_total\{what="link"\} 0/m)
    await kim.leave()
  })
})

/** As a page's script makes one. */
const aToken = (n: number): string =>
  Array.from({ length: 8 }, (_, at) => 4_000_000_000 + n * 1_000 + at).join('-')
