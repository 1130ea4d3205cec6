import {
  type BrandId,
  type CountsState,
  type FilterId,
  LIMITS,
  SHIPPED_FILTERS,
  type Topic,
  type TopicTypes,
  type VisitFilter,
} from '@beckon/protocol'
import { expect, test } from 'vitest'
import { aPage } from './floor.ts'
import { holdToLaw } from './law.ts'
import { type AgentLine, granted, openWhole, type Refused, type Whole } from './whole.ts'

const CART: VisitFilter = {
  match: 'any',
  conditions: [
    { field: 'viewed', op: 'matches', value: '*/cart*' },
    { field: 'attribute', key: 'plan', op: 'is', value: 'pro' },
  ],
}
const LONG: VisitFilter = {
  match: 'all',
  conditions: [{ field: 'duration', op: 'between', value: '30..90' }],
}
const TOPICS: Topic[] = [
  { topic: 'filters' },
  { topic: 'counts' },
  { topic: 'counts', filter: LONG },
]
const id = (name: string) => `filter-${name}` as FilterId
const saving = (name: string, more: Partial<Parameters<typeof save>[2]> = {}) => ({
  filterId: id(name),
  version: 0,
  name,
  filter: CART,
  shared: false,
  ...more,
})
const save = (
  _: Whole,
  agent: AgentLine,
  what: {
    filterId: FilterId
    version: number
    name: string
    filter: VisitFilter
    shared: boolean
    brandId?: BrandId
    standsFor?: string
  },
) => agent.ask<'filter.save'>({ type: 'filter.save', ...what })

/** Ada manages, Ben is an agent in the same group, Cleo is one without a group. */
async function openTeam(whole: Whole) {
  const cookie = await whole.signIn()
  const [group] = [...whole.app.directory.now.groups.values()]
  const ada = await whole.agent(cookie)
  const add = async (name: string, roles: string[]) => {
    const email = `${name.toLowerCase()}@example.com`
    const password = 'copper-lantern-52-frog'
    const body = { name, chatName: name, email, password, roles }
    const made = await whole.rest<{ id: string }>('POST', '/agents', body, cookie)
    return { ...made, signIn: async () => whole.agent(await whole.signIn({ email, password })) }
  }
  const [ben, cleo, root] = [
    await add('Ben', ['agent']),
    await add('Cleo', ['agent']),
    await add('Root', ['administrator']),
  ]
  await whole.rest(
    'PATCH',
    `/agents/${ada.agentId}`,
    { roles: ['agent', 'manager', 'administrator'] },
    cookie,
  )
  await whole.rest('PATCH', `/groups/${group?.id}`, { memberIds: [ada.agentId, ben.id] }, cookie)
  await whole.settled()
  return {
    cookie,
    groupId: group?.id,
    brandId: group?.brandId as BrandId,
    ada: await whole.agent(cookie),
    ben: await ben.signIn(),
    cleo: await cleo.signIn(),
    root: await root.signIn(),
  }
}
const namesSeenBy = async (agent: AgentLine) =>
  Object.values(granted(await agent.look({ topic: 'filters' })).filters).map(({ name }) => name)
const refusalOf = (answer: object | Refused) => ('refused' in answer ? answer.refused : 'done')

test('W7 R8 filters and their counts are told live to whoever sees them, and are what one would be given', {
  timeout: 120_000,
}, async () => {
  await using whole = await openWhole()
  const { ada, ben, brandId } = await openTeam(whole)
  const laws = [await holdToLaw(whole, ada, TOPICS), await holdToLaw(whole, ben, TOPICS)]
  const stateOf = <N extends 'counts' | 'filters'>(at: number, name: N) =>
    laws[at]?.stateOf(name) as TopicTypes[N]['state']
  const after = async (what: string) => {
    for (const law of laws) await law.holds(what)
    for (const [at, agent] of [ada, ben].entries()) {
      // The number beside a name is the number of rows it leads to.
      const counts = stateOf(at, 'counts')
      const { filters } = stateOf(at, 'filters')
      for (const { id, filter, name } of [
        ...SHIPPED_FILTERS,
        ...Object.values(filters).map((one) => ({ ...one, id: one.id as string })),
      ]) {
        const window = granted(
          await agent.look({
            topic: 'window',
            filter,
            sort: { by: 'started', dir: 'asc' },
            offset: 0,
            limit: 1,
          }),
        )
        expect(counts.filters[id], `${name} after: ${what}`).toBe(window.total)
      }
    }
  }
  const countOf = (at: number, name: string) => stateOf(at, 'counts').filters[id(name)]

  const kim = await whole.visitor()
  await whole.visitor()
  await after('visitors arrive')
  granted(await save(whole, ben, saving('mine')))
  await after('a personal filter')
  expect([countOf(0, 'mine'), countOf(1, 'mine')]).toEqual([undefined, 0])
  granted(await save(whole, ada, saving('shared', { shared: true, brandId })))
  granted(await save(whole, ada, saving('all', { shared: true, filter: LONG })))
  await after('shared filters')
  expect(await namesSeenBy(ben)).toEqual(['mine', 'shared', 'all'])
  expect(await namesSeenBy(ada)).toEqual(['shared', 'all'])
  kim.say({ type: 'page', page: aPage({ url: 'http://127.0.0.1:5999/cart', title: 'Cart' }) })
  await after('a page that matches')
  expect([countOf(1, 'mine'), countOf(1, 'shared'), countOf(0, 'shared')]).toEqual([1, 1, 1])
  const lee = await whole.visitor()
  lee.say({ type: 'identify', identity: { attributes: { plan: 'Pro' } } })
  await after('an attribute that matches')
  expect(countOf(0, 'shared')).toBe(2)
  await whole.pass(45_000)
  await after('time')
  expect(countOf(1, 'all')).toBe(3)
  expect((await ben.look(TOPICS[2] as never)) as CountsState).toMatchObject({ matching: 3 })
  granted(await ben.ask({ type: 'filters.arrange', hidden: [id('all'), 'idle'], order: ['new'] }))
  await whole.settled()
  for (const law of laws) await law.holds('hidden')
  expect([countOf(1, 'all'), countOf(0, 'all')]).toEqual([undefined, 3])
  granted(await ben.ask({ type: 'filters.arrange', hidden: [], order: [] }))
  granted(await save(whole, ada, saving('shared', { shared: true, version: 1, filter: LONG })))
  await after('another filter under the same name')
  granted(await ada.ask({ type: 'filter.delete', filterId: id('shared'), version: 2 }))
  await after('deleted')
  expect(await namesSeenBy(ben)).toEqual(['mine', 'all'])
  granted(await save(whole, ada, saving('shared', { shared: true, brandId })))
  await after('taken back')
  await whole.restart()
  const again = await whole.agent(await whole.signIn())
  expect((await namesSeenBy(again)).sort()).toEqual(['all', 'shared'])
  expect(whole.faults).toEqual([])
})

test('W7 R T3 who may save, share, change and delete, and what is refused', async () => {
  await using whole = await openWhole()
  const { ada, ben, cleo, root, brandId, cookie, groupId } = await openTeam(whole)
  const ask = async (agent: AgentLine, what: Parameters<typeof save>[2]) =>
    refusalOf(await save(whole, agent, what))
  const remove = async (agent: AgentLine, name: string, version: number) =>
    refusalOf(await agent.ask({ type: 'filter.delete', filterId: id(name), version }))

  expect(await ask(ben, saving('mine'))).toBe('done')
  expect(await ask(ben, saving('shares', { shared: true }))).toBe('not_allowed')
  expect(await ask(ben, saving('shares', { shared: true, brandId }))).toBe('not_allowed')
  expect(await ask(ada, saving('brand', { shared: true, brandId }))).toBe('done')
  expect(await ask(ada, saving('all', { shared: true }))).toBe('done')
  const elsewhere = 'brand-elsewhere' as BrandId
  expect(await ask(ada, saving('away', { shared: true, brandId: elsewhere }))).toBe('not_found')
  expect(await ask(root, saving('root'))).toBe('not_allowed')
  expect(refusalOf(await root.look({ topic: 'filters' }))).toBe('not_allowed')
  expect(refusalOf(await root.ask({ type: 'filters.arrange', hidden: [], order: [] }))).toBe(
    'not_allowed',
  )

  // Another’s own one is not there at all; a shared one is, and belongs to managers.
  expect(await ask(ada, saving('mine', { version: 1 }))).toBe('not_found')
  expect(await ask(ada, saving('mine'))).toBe('not_found')
  expect(await remove(ada, 'mine', 1)).toBe('not_found')
  expect(await ask(ben, saving('brand', { version: 1 }))).toBe('not_allowed')
  expect(await ask(ben, saving('all', { version: 1, shared: true }))).toBe('not_allowed')
  expect(await remove(ben, 'all', 1)).toBe('not_allowed')
  expect(await namesSeenBy(cleo)).toEqual(['all'])
  expect(await ask(cleo, saving('brand', { version: 1 }))).toBe('not_found')
  expect(await remove(cleo, 'brand', 1)).toBe('not_found')
  expect(await remove(ada, 'nowhere', 1)).toBe('not_found')

  // Two at once: the first one counts, the other hears what there is now and loses nothing.
  const second = await whole.agent(cookie)
  const [one, other] = await Promise.all([
    save(whole, ada, saving('all', { shared: true, version: 1, name: 'First' })),
    save(whole, second, saving('all', { shared: true, version: 1, name: 'Second' })),
  ])
  const [won, lost] = 'refused' in one ? [other, one] : [one, other]
  expect(won).toMatchObject({ filter: { version: 2 } })
  expect(lost).toEqual({
    refused: 'filter_changed',
    details: { filter: (won as { filter: object }).filter },
  })
  expect(await remove(ada, 'all', 1)).toBe('filter_changed')

  expect(await ask(ben, saving('blank', { name: '   ' }))).toBe('bad_input')
  expect(await ask(ben, saving('stands', { standsFor: 'nothing' }))).toBe('bad_input')
  expect(await ask(ada, saving('stands', { standsFor: 'idle', shared: true }))).toBe('bad_input')
  expect(await ask(ben, saving('stands', { standsFor: 'idle' }))).toBe('done')
  expect(await ask(ben, saving('twice', { standsFor: 'idle' }))).toBe('filter_changed')
  expect(await ask(cleo, saving('cleos', { standsFor: 'idle' }))).toBe('done')
  const conditions = Array.from({ length: LIMITS.conditions + 1 }, () => ({
    field: 'url' as const,
    op: 'is' as const,
    value: '1',
  }))
  expect(await ask(ben, saving('many', { filter: { match: 'all', conditions } }))).toBe('bad_input')
  const long = [{ field: 'url' as const, op: 'is' as const, value: 'x'.repeat(501) }]
  expect(await ask(ben, saving('long', { filter: { match: 'all', conditions: long } }))).toBe(
    'bad_input',
  )
  expect(await ask(ben, saving('name', { name: 'x'.repeat(61) }))).toBe('bad_input')
  const had = (await namesSeenBy(cleo)).length - 1
  for (let n = had; n < LIMITS.filters; n++) {
    if ((await ask(cleo, saving(`cleo-${n}`))) !== 'done') expect(n).toBe('saved')
  }
  expect(await ask(cleo, saving('one-more'))).toBe('too_many_filters')

  // Without a group there, a brand’s filters are gone, live.
  expect(await namesSeenBy(ben)).toContain('brand')
  await whole.rest('PATCH', `/groups/${groupId}`, { memberIds: [ada.agentId] }, cookie)
  await whole.settled()
  expect(await namesSeenBy(ben)).not.toContain('brand')
  expect(await ask(ben, saving('brand', { version: 1 }))).toBe('not_found')
  expect(whole.faults).toEqual([])
})
