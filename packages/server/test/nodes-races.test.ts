import { setImmediate as nextTurn } from 'node:timers/promises'
import type { VisitId, VisitorId, VisitorServerFrame } from '@beckon/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { random } from '../../../bench/src/random.ts'
import { createBanList } from '../src/bans/ban-list.ts'
import { fakeGeo } from '../src/geo/geo.ts'
import { createMemoryBus } from '../src/realtime/memory-bus.ts'
import { eraseVisitors } from '../src/store/erase-rows.ts'
import type { Store } from '../src/store/store.ts'
import { fakeClock } from '../src/time/fake-clock.ts'
import type { Visit } from '../src/visits/live.ts'
import type { Tab } from '../src/visits/tab.ts'
import { createVisits } from '../src/visits/visits.ts'
import { openTempStore } from './conversations/temp-store.ts'
import { holdNodes } from './held-nodes.ts'
import { aPage, helloWith } from './said-hello.ts'
import {
  ADA,
  actorNamed,
  BRAND,
  CHROME,
  SHOP,
  siteNamed,
  standingDirectory,
} from './standing-directory.ts'

/*
 * What several nodes do to one visit before they have heard of each other (decision 0017). Every
 * race is played with either name greater: equals are told apart by names.
 */

const HISTORIES = 60
const NAMES = ['a', 'b', 'c']
const SETTINGS = { graceSeconds: 10, idleMinutes: 15, removedSeconds: 60, keepWhileReading: true }
let store: Store
beforeAll(async () => {
  store = await openTempStore()
})
afterAll(() => store.close())

let tokens = 0
const newToken = () => {
  tokens += 1
  return Array.from({ length: 8 }, (_, n) => 2 ** 31 + tokens * 8 + n).join('-')
}

function scene({ asked = store }: { asked?: Store } = {}) {
  const clock = fakeClock()
  const faults: unknown[] = []
  const held = holdNodes(NAMES)
  const { directory } = standingDirectory([siteNamed(SHOP, BRAND)])
  const made = held.nodes.map((nodes) =>
    createVisits({
      store: asked,
      directory,
      bus: createMemoryBus(),
      clock,
      settings: SETTINGS,
      geo: fakeGeo(),
      bans: createBanList({ store, clock }),
      log: { error: (details: object) => void faults.push(details) },
      nodes,
    }),
  )
  const at = (name: string) => {
    const visits = made[NAMES.indexOf(name)]
    if (!visits) throw new Error(`There is no node ${name}.`)
    return visits
  }
  return {
    ...held,
    clock,
    faults,
    at,
    async visitor(name: string, hello: Parameters<typeof helloWith>[0]) {
      const closed: number[] = []
      const heard: VisitorServerFrame[] = []
      const line = {
        id: `${name}-${tokens}`,
        ip: '203.0.113.7',
        send: (frame: VisitorServerFrame) => void heard.push(frame),
        close: (code: number) => void closed.push(code),
      }
      const caller = {
        ip: line.ip,
        origin: 'http://localhost:8080',
        sameOrigin: false,
        userAgent: CHROME,
        acceptLanguage: 'en',
        privacyControl: false,
      }
      let tab: Tab | undefined
      const arriving = at(name)
        .arrive(line, helloWith(hello), caller)
        .then((arrived) => {
          tab = arrived
        })
      // Look-ups of one breath wait for each other.
      while (!tab) {
        clock.advance(20)
        await Promise.race([arriving, nextTurn()])
      }
      return { tab, closed, heard }
    },
    /** What each node has of a visit: its state, pages that are open, hits. */
    lists: (id: string) =>
      NAMES.map((name) => {
        const visit = at(name).presence.find(id as VisitId) as Visit | undefined
        if (!visit) return undefined
        const { state, tabs, row } = visit
        const lost = state.status === 'active' && state.lostAt !== undefined
        return `${lost ? 'lost' : state.status} ${tabs.length} ${row.hits}`
      }),
    homes: () => NAMES.map((name) => at(name).figures.home),
    async [Symbol.asyncDispose]() {
      held.hear()
      for (const one of made) await one.stop()
      expect(faults).toEqual([])
    },
  }
}

describe.each([
  ['a', 'b'],
  ['b', 'a'],
])('on %s and %s', (one, other) => {
  test('W19 who hides is hidden, whatever a page on another node has just said', async () => {
    await using it = scene()
    const token = newToken()
    const { tab } = await it.visitor(one, { newToken: token })
    it.hear()
    const second = await it.visitor(other, { token })
    it.hear()
    expect(it.lists(tab.visitId)).toEqual(NAMES.map(() => 'active 2 2'))
    // Said, and not yet heard, several times over.
    for (let page = 0; page < 3; page++) {
      it.at(other).page(second.tab, aPage())
      it.say(other)
    }
    it.at(one).hide(tab)
    it.hear()
    expect(it.lists(tab.visitId)).toEqual([undefined, undefined, undefined])
    expect(second.closed).toEqual([4006])
    expect(it.homes().map(({ here, elsewhere }) => here + elsewhere)).toEqual([0, 0, 0])
  })

  test('W19 the page that is told of after the end does not bring the visit back', async () => {
    await using it = scene()
    const token = newToken()
    const { tab } = await it.visitor(one, { newToken: token })
    it.hear()
    const second = await it.visitor(other, { token })
    it.at(one).hide(tab)
    it.say(one)
    it.say(other)
    it.hear()
    expect(it.lists(tab.visitId)).toEqual([undefined, undefined, undefined])
    expect(second.closed).toEqual([4006])
  })

  test('A3 what an agent removes is removed, whatever a page on another node has just said', async () => {
    await using it = scene()
    const token = newToken()
    const { tab } = await it.visitor(one, { newToken: token })
    it.hear()
    it.at(one).page(tab, aPage())
    it.say(one)
    it.at(one).page(tab, aPage())
    it.say(one)
    const visit = it.at(other).presence.find(tab.visitId)
    expect(visit?.elsewhere).toBe(true)
    it.at(other).reach.putOut([tab.visitorId])
    it.hear()
    expect(it.lists(tab.visitId)).toEqual(NAMES.map(() => 'removed 0 3'))
  })

  test('S2 two pages of one browser that nobody knew, on two nodes in one instant, are one visit', async () => {
    await using it = scene()
    const token = newToken()
    const [first, second] = await Promise.all([
      it.visitor(one, { newToken: token }),
      it.visitor(other, { newToken: token }),
    ])
    it.hear()
    expect(second.tab.visitId).toBe(first.tab.visitId)
    expect(it.lists(first.tab.visitId)).toEqual(NAMES.map(() => 'active 2 2'))
    expect(it.homes().reduce((sum, { here }) => sum + here, 0)).toBe(1)
  })

  test('S2 two more pages of a visit, on two nodes before either hears, are of that visit', async () => {
    await using it = scene()
    const token = newToken()
    const { tab } = await it.visitor('c', { newToken: token })
    it.hear()
    const second = await it.visitor(one, { token })
    const third = await it.visitor(other, { token })
    it.at('c').closed(tab, 'closed')
    it.hear()
    expect([second.tab.visitId, third.tab.visitId]).toEqual([tab.visitId, tab.visitId])
    expect(it.lists(tab.visitId)).toEqual(NAMES.map(() => 'active 2 3'))
    expect(it.homes().reduce((sum, { here }) => sum + here, 0)).toBe(1)
  })

  test('I16 who comes to decide a visit and changes nothing says so: one node counts it', async () => {
    await using it = scene()
    const { tab } = await it.visitor(one, { newToken: newToken() })
    const { visitId } = tab
    it.hear()
    // Stopped tracking, and by a second agent again.
    const ada = actorNamed(ADA, [BRAND])
    for (const name of [one, other]) {
      await it.at(name).agentDoors['visit.stop']?.(ada, { type: 'visit.stop', id: name, visitId })
      it.hear()
      expect(it.homes().reduce((sum, { here }) => sum + here, 0)).toBe(1)
    }
    expect(it.lists(visitId)).toEqual(NAMES.map(() => 'pending 0 1'))
  })

  test('W2 the last page closes on one node while another decides: it is lost everywhere', async () => {
    await using it = scene()
    const token = newToken()
    const { tab } = await it.visitor(one, { newToken: token })
    it.hear()
    const second = await it.visitor(other, { token })
    it.hear()
    it.at(other).closed(second.tab, 'closed')
    it.at(one).page(tab, aPage())
    it.at(one).closed(tab, 'closed')
    it.hear()
    expect(it.lists(tab.visitId)).toEqual(NAMES.map(() => 'lost 0 3'))
  })
})

test('W21 who is erased is gone everywhere, also where they had just come', async () => {
  await using it = scene()
  const { tab } = await it.visitor('b', { newToken: newToken() })
  const erased = it.at('a').reach.forgetVisitor(tab.visitorId)
  // Told before it heard of that, heard by the others after it.
  it.say('b')
  it.hear()
  expect(it.lists(tab.visitId)).toEqual([undefined, undefined, undefined])
  await erased
})

describe('W21 a hello in the moment its visitor is erased', () => {
  const rowsOf = (id: VisitorId) =>
    store.read(async (db) => [
      await db.selectFrom('visitors').selectAll().where('id', '=', id).execute(),
      await db.selectFrom('visits').selectAll().where('visitor_id', '=', id).execute(),
    ])
  /** Somebody whom the database knows, and no node has in memory. */
  async function known() {
    await using it = scene()
    const token = newToken()
    const { tab } = await it.visitor('a', { newToken: token })
    await it.at('a').flush()
    return { token, id: tab.visitorId }
  }
  const isErased = async (it: ReturnType<typeof scene>, id: VisitorId) => {
    const forgotten = it.at('a').reach.forgetVisitor(id)
    it.hear()
    await forgotten
    await store.commit((tx) => eraseVisitors(tx, [id]))
  }
  async function strangers(it: ReturnType<typeof scene>, tab: Tab, id: VisitorId) {
    expect(tab.visitorId).not.toBe(id)
    it.hear()
    for (const name of NAMES) {
      await it.at(name).flush()
      expect(it.at(name).presence.ofVisitor(id)).toEqual([])
    }
    expect(await rowsOf(id)).toEqual([[], []])
  }

  test.each(['a', 'b'])('it asked who they are before, node %s', async (name) => {
    const { token, id } = await known()
    expect((await rowsOf(id)).flat()).toHaveLength(2)
    let answer = () => {}
    const answered = new Promise<void>((resolve) => {
      answer = resolve
    })
    const read: Store['read'] = async (work) => {
      const found = await store.read(work)
      await answered
      return found
    }
    await using it = scene({ asked: { ...store, read } })
    const coming = it.visitor(name, { token })
    await nextTurn()
    await isErased(it, id)
    answer()
    await strangers(it, (await coming).tab, id)
  })

  test.each(['a', 'b'])('the nodes were agreeing on their visit, node %s', async (name) => {
    const { token, id } = await known()
    await using it = scene()
    const agree = it.holdAgreeing()
    const coming = it.visitor(name, { token })
    while (it.at(name).figures.visitors === 0) await nextTurn()
    await isErased(it, id)
    agree()
    await strangers(it, (await coming).tab, id)
  })

  test('it came a moment after, with nothing erased yet', async () => {
    const { token, id } = await known()
    await using it = scene()
    await it.at('a').reach.forgetVisitor(id)
    const { tab } = await it.visitor('a', { token })
    await store.commit((tx) => eraseVisitors(tx, [id]))
    await strangers(it, tab, id)
  })
})

test('I16 whatever is said and heard in whatever order, all nodes come to list the same', async () => {
  for (let history = 1; history <= HISTORIES; history++) {
    await using it = scene()
    const chance = random(history)
    const token = newToken()
    const tabs: { name: string; tab: Tab; closed: number[] }[] = []
    const visits = new Set<string>()
    for (let step = 0; step < 16; step++) {
      const name = chance.pick(NAMES)
      const here = tabs.filter((one) => one.name === name && one.closed.length === 0)
      const page = here[0]
      const what = chance.between(0, 9)
      if (what < 2 || (what < 6 && !page)) {
        const arrived = await it.visitor(name, { newToken: token })
        tabs.push({ name, ...arrived })
      } else if (what < 4 && page) it.at(name).page(page.tab, aPage())
      else if (what < 6 && page) {
        page.closed.push(1000)
        it.at(name).closed(page.tab, 'closed')
      } else if (what === 6 && page && chance.between(0, 3) === 0) it.at(name).hide(page.tab)
      else if (what === 7 && page && chance.between(0, 3) === 0) {
        it.at(name).reach.putOut([page.tab.visitorId])
      } else if (what < 9) it.say(name)
      else it.deliver()
      for (const { tab } of tabs) visits.add(tab.visitId)
    }
    it.hear()
    for (const id of visits) {
      const [first, ...others] = it.lists(id)
      expect(others, `history ${history}`).toEqual([first, first])
    }
    const homes = it.homes()
    const listed = homes[0] ? homes[0].here + homes[0].elsewhere : 0
    expect(
      homes.reduce((sum, { here }) => sum + here, 0),
      `history ${history}`,
    ).toBe(listed)
  }
})
