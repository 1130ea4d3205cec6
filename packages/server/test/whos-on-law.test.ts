import {
  type CountsState,
  FILTER_FIELDS,
  FILTER_OPERATORS,
  GROUPINGS,
  SORT_FIELDS,
  type Topic,
  type VisitFilter,
} from '@beckon/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEvent } from '../../client/src/apply.ts'
import { createBanList } from '../src/bans/ban-list.ts'
import { fakeGeo } from '../src/geo/geo.ts'
import type { OpenTopic, TopicDoor } from '../src/realtime/doors.ts'
import { createMemoryBus } from '../src/realtime/memory-bus.ts'
import { fakeClock } from '../src/time/fake-clock.ts'
import type { Line, Tab } from '../src/visits/tab.ts'
import { createVisits } from '../src/visits/visits.ts'
import {
  ADA,
  actorNamed,
  BLOG,
  BRAND,
  CHROME,
  FOREIGN,
  helloWith,
  OTHER_BRAND,
  SHOP,
  siteNamed,
  standingDirectory,
} from './floor.ts'
import { asked, within } from './long.ts'

/** Everything visits do, without sockets and disk: thousands of happenings a second. */
function openList() {
  const clock = fakeClock()
  const { directory } = standingDirectory([
    siteNamed(SHOP, BRAND),
    siteNamed(BLOG, BRAND, { privacy: 'presence' }),
    siteNamed(FOREIGN, OTHER_BRAND),
  ])
  const nothing = async () => undefined
  const store = {
    engine: 'sqlite',
    read: async () => [],
    commit: nothing,
    append: nothing,
  } as never
  const geo = fakeGeo({
    '203.0.113.1': { country: 'GB', city: 'London', lat: 51.5, lon: -0.1 },
    '203.0.113.2': { country: 'DE', city: 'Berlin', lat: 52.5, lon: 13.4 },
    '203.0.113.3': { country: 'DE', city: 'Berlin', lat: 52.5, lon: 13.4 },
  })
  const settings = { graceSeconds: 10, idleMinutes: 15, removedSeconds: 60, keepWhileReading: true }
  const log = { error: () => {} }
  const visits = createVisits({
    store,
    directory,
    bus: createMemoryBus(),
    clock,
    settings,
    geo,
    bans: createBanList({ store, clock }),
    log,
  })
  return { clock, visits }
}

const line = (): Line => ({ id: 'line', ip: '', send() {}, close() {} })
const word = fc.constantFrom(
  'pricing',
  'cart',
  'home',
  'ä',
  'London',
  '1',
  '180',
  '5',
  'active',
  'DE',
)
const condition = fc.record({
  field: fc.constantFrom(...FILTER_FIELDS),
  op: fc.constantFrom(...FILTER_OPERATORS),
  value: word,
})
const filter: fc.Arbitrary<VisitFilter> = fc.record({
  match: fc.constantFrom('all', 'any'),
  conditions: fc.array(condition, { maxLength: 3 }),
})
const topic: fc.Arbitrary<Topic> = fc.oneof(
  fc.record({
    topic: fc.constant('window' as const),
    filter: fc.oneof(filter, fc.constant<VisitFilter>({ match: 'all', conditions: [] })),
    sort: fc.record({ by: fc.constantFrom(...SORT_FIELDS), dir: fc.constantFrom('asc', 'desc') }),
    offset: fc.nat(4),
    limit: fc.integer({ min: 1, max: 12 }),
    group: fc.option(fc.constantFrom(...GROUPINGS), { nil: undefined }),
    folded: fc.constantFrom<string[]>([], [SHOP, 'DE', 'pending'], ['active', '']),
  }),
  fc.record({ topic: fc.constant('counts' as const) }),
  fc.record({ topic: fc.constant('map' as const), filter: fc.option(filter, { nil: undefined }) }),
)
const step = fc.oneof(
  fc.record({
    do: fc.constant('arrive' as const),
    site: fc.constantFrom(SHOP, BLOG, FOREIGN),
    ip: fc.nat(4),
    title: word,
  }),
  fc.record({ do: fc.constant('page' as const), tab: fc.nat(20), title: word }),
  fc.record({ do: fc.constant('focus' as const), tab: fc.nat(20) }),
  fc.record({ do: fc.constant('close' as const), tab: fc.nat(20) }),
  fc.record({ do: fc.constant('identify' as const), tab: fc.nat(20), name: fc.option(word) }),
  fc.record({ do: fc.constant('invite' as const), tab: fc.nat(20), on: fc.boolean() }),
  fc.record({ do: fc.constant('chat' as const), tab: fc.nat(20), on: fc.boolean() }),
  fc.record({ do: fc.constant('remove' as const), tab: fc.nat(20) }),
  fc.record({
    do: fc.constant('wait' as const),
    ms: fc.constantFrom(300, 11_000, 61_000, 181_000, 400_000, 900_000),
  }),
)

/** Ages differ by nature; everything else must not. */
const ageless = (state: unknown) =>
  JSON.parse(JSON.stringify({ ...(state as object), at: 0, interval: 0 }))

describe("the law of the console for Who's On", () => {
  test('I17 R8 snapshot before + events = snapshot after, whatever happens', {
    timeout: within,
  }, async () => {
    let ids = 0
    const play = async (
      topics: Topic[],
      steps: (typeof step extends fc.Arbitrary<infer S> ? S : never)[],
    ) => {
      const { clock, visits } = openList()
      await visits.start()
      const actor = actorNamed(ADA, [BRAND])
      const open = async (params: Topic, emit: (event: unknown) => void) => {
        const door = visits.topics[params.topic as 'window'] as TopicDoor<'window'>
        return (await door.open(actor, params as never, {
          emit,
          lost: () => {},
        })) as OpenTopic<'window'>
      }
      const followed = await Promise.all(
        topics.map(async (params) => {
          const held: { params: Topic; state: unknown } = { params, state: undefined }
          const opened = await open(params, (event) => {
            held.state = applyEvent(params.topic, held.state as never, event as never)
          })
          held.state ??= opened.state
          return held
        }),
      )
      const tabs: Tab[] = []
      for (const happening of steps) {
        const tab = 'tab' in happening ? tabs[happening.tab % Math.max(1, tabs.length)] : undefined
        const page = {
          id: `page-${String(++ids).padStart(8, '0')}`,
          url: 'http://localhost/x',
          title: 'title' in happening ? happening.title : '',
        }
        if (happening.do === 'arrive') {
          const caller = {
            ip: `203.0.113.${happening.ip}`,
            origin: 'http://localhost',
            sameOrigin: false,
            userAgent: CHROME,
            acceptLanguage: 'de-DE,de',
            privacyControl: false,
          }
          tabs.push(
            await visits.arrive(line(), helloWith({ site: `key-${happening.site}`, page }), caller),
          )
        } else if (happening.do === 'wait') clock.advance(happening.ms)
        else if (tab) {
          const { visitorId } = tab
          if (happening.do === 'page') visits.page(tab, page)
          if (happening.do === 'focus')
            visits.attention(tab, { visible: true, focused: true, active: true })
          if (happening.do === 'close') visits.closed(tab, 'closed')
          if (happening.do === 'identify')
            visits.identify(tab, happening.name === null ? null : { username: happening.name })
          if (happening.do === 'remove')
            await visits.agentDoors['visit.remove']?.(actor, {
              visitId: tab.visitId,
            } as never).catch(() => {})
          if (happening.do === 'chat')
            visits.presence.mark(visitorId, {
              chat: happening.on ? { id: 'chat-00001', state: 'active', agentId: ADA } : null,
            })
          if (happening.do === 'invite') {
            const invitation = {
              id: 'invitation' as never,
              state: 'sent' as const,
              agentId: ADA,
              agentName: 'Ada',
              sentAt: clock.now(),
            }
            visits.presence.mark(visitorId, { invitation: happening.on ? invitation : null })
          }
        }
        await visits.flush()
        for (const { params, state } of followed) {
          const fresh = await open(params, () => {})
          expect(ageless(state)).toEqual(ageless(fresh.state))
          fresh.close()
        }
      }
      await visits.stop()
    }
    await fc.assert(
      fc.asyncProperty(
        fc.array(topic, { minLength: 1, maxLength: 4 }),
        // Long enough that rows leave again: short histories never see a list shrink.
        fc.array(step, { minLength: 30, maxLength: 60, size: 'max' }),
        play,
      ),
      { numRuns: asked(50, 5_000) },
    )
  })

  test('W3 totals equal a recount', async () => {
    const { visits } = openList()
    const actor = actorNamed(ADA, [BRAND])
    for (let n = 0; n < 40; n++) {
      const page = { id: `recount-${n}`, url: 'http://localhost/cart', title: 'Cart' }
      const caller = {
        ip: `203.0.113.${n}`,
        origin: 'http://localhost',
        sameOrigin: false,
        userAgent: n % 4 ? CHROME : 'curl/8',
        acceptLanguage: undefined,
        privacyControl: false,
      }
      await visits.arrive(
        line(),
        helloWith({ site: `key-${n % 2 ? SHOP : FOREIGN}`, page }),
        caller,
      )
    }
    const { state } = await visits.topics.counts.open(
      actor,
      { topic: 'counts' },
      { emit: () => {}, lost: () => {} },
    )
    const { online, active, bots, sites, filters } = state as CountsState
    expect({ online, active, bots, sites }).toEqual({
      online: 20,
      active: 20,
      bots: 0,
      sites: { [SHOP]: 20 },
    })
    expect(filters).toMatchObject({ everyone: 20, pricing: 20, search: 0, new: 20, returning: 0 })
  })
})
