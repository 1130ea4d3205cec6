import { SHIPPED_FILTERS, type VisitFilter } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { granted, openWhole } from './whole.ts'

test('W3 W16 header, sidebar, list, map and /metrics say the same, and bots are nowhere among people', {
  timeout: 120_000,
}, async () => {
  await using whole = await openWhole({
    geo: { '198.51.100.1': { country: 'NO', lat: 59.9, lon: 10.7 } },
  })
  const ada = await whole.agent(await whole.signIn())
  const page = (path: string) => ({
    id: `totals-${path}`,
    url: `http://127.0.0.1:5999/${path}`,
    title: path,
  })

  let stood = 0
  async function compare() {
    await whole.settled()
    const counts = granted(await ada.look<'counts'>({ topic: 'counts' }))
    const total = async (filter: VisitFilter) => {
      const list = granted(
        await ada.look<'window'>({
          topic: 'window',
          filter,
          sort: { by: 'idle', dir: 'asc' },
          offset: 0,
          limit: 100,
          group: 'site',
          folded: [],
        }),
      )
      // The removed stay in the list for a while, greyed; they are online nowhere.
      const here = Object.values(list.rows).filter(({ status }) => status !== 'removed')
      const under = (list.groups ?? []).map(({ count, removed = 0 }) => count - removed)
      expect([list.total - list.removed, under.reduce((a, b) => a + b, 0)]).toEqual([
        here.length,
        here.length,
      ])
      stood += list.removed
      return here
    }
    const everyone = await total({ match: 'all', conditions: [] })
    const map = granted(await ada.look<'map'>({ topic: 'map' }))
    const onMap = Object.values(map.places).reduce(
      (sum, place) => sum + place.active + place.pending,
      map.unlocated,
    )
    expect(everyone.filter(({ bot }) => bot)).toEqual([])
    expect({
      online: everyone.length,
      active: everyone.filter(({ status }) => status === 'active').length,
      pending: everyone.filter(({ status }) => status === 'pending').length,
      inChat: everyone.filter(({ chat }) => chat).length,
    }).toEqual({
      online: counts.online,
      active: counts.active,
      pending: counts.pending,
      inChat: counts.inChat,
    })
    expect(onMap).toBe(counts.online)
    expect((await total({ match: 'all', conditions: [], bots: true })).length).toBe(counts.bots)
    expect(Object.values(counts.sites).reduce((sum, count) => sum + count, 0)).toBe(counts.online)
    for (const { id, filter } of SHIPPED_FILTERS) {
      expect([id, (await total(filter)).length]).toEqual([id, counts.filters[id]])
    }
    const metrics = await whole.app.metrics.registry.metrics()
    const told = (as: string) =>
      Number(new RegExp(`^beckon_online{as="${as}"} (\\d+)$`, 'm').exec(metrics)?.[1])
    expect(
      Object.fromEntries(
        ['active', 'pending', 'in_chat', 'invited', 'bots'].map((as) => [as, told(as)]),
      ),
    ).toEqual({
      active: counts.active,
      pending: counts.pending,
      in_chat: counts.inChat,
      invited: counts.invited,
      bots: counts.bots,
    })
    return counts
  }

  expect(await compare()).toMatchObject({ online: 0, bots: 0 })
  const leaver = await whole.visitor({ page: page('pricing') })
  await whole.visitor({ page: page('home'), ip: '198.51.100.1' })
  await whole.visitor({ page: page('robot'), robot: true })
  const talker = await whole.visitor({ page: page('cart') })
  granted(await talker.ask({ type: 'chat.start', text: 'Hello' }))
  expect(await compare()).toMatchObject({ online: 3, active: 3, inChat: 1, bots: 1 })

  leaver.socket.close()
  // The server hears of it on the way, then the grace runs.
  await whole.pass(30_000)
  expect(await compare()).toMatchObject({ online: 3, active: 2, pending: 1 })

  // Time alone moves people between filters: looked at in the same second, it is in both places.
  await whole.pass(171_000)
  const later = await compare()
  expect(later.filters.long).toBe(3)
  await whole.pass(720_000)
  await compare()
  expect(stood).toBeGreaterThan(0)
  await whole.pass(180_000)
  await compare()
  expect(whole.faults).toEqual([])
})
