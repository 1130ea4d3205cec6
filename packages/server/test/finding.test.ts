import type { ExportAsk, FoundVisit } from '@beckon/protocol'
import { DEFAULT_SORT, EVERYONE } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { aPage } from './floor.ts'
import { openWhole } from './whole.ts'

type Found = { items: FoundVisit[]; total: number }
const BY_ARRIVAL = { filter: EVERYONE, sort: { by: 'started', dir: 'asc' } } as const

test('W1 W8 W20 ranges, searches, exports and preferences, for whoever may see the visitors', {
  timeout: 120_000,
}, async () => {
  await using whole = await openWhole()
  const cookie = await whole.signIn()
  const addPerson = async (name: string, roles: string[]) => {
    const who = { email: `${name}@example.com`, password: 'copper-lantern-52-frog' }
    await whole.rest('POST', '/agents', { name, chatName: name, ...who, roles }, cookie)
    return whole.signIn(who)
  }
  const outsider = await addPerson('outsider', ['agent'])
  const administrator = await addPerson('administrator', ['administrator'])
  for (const [at, name] of ['Marta Kowalczyk', '=HYPERLINK("http://x")', 'Zoë'].entries()) {
    const visitor = await whole.visitor()
    visitor.say({
      type: 'identify',
      identity: { name, ...(at === 0 && { attributes: { plan: 'Trade' } }) },
    })
    visitor.say({
      type: 'page',
      page: aPage({ url: `http://127.0.0.1:5999/p${at}`, title: `Page ${at}` }),
    })
    whole.clock.advance(1_000)
  }
  await whole.settled()
  const ask = <T>(path: string, body: object, as = cookie) => whole.rest<T>('POST', path, body, as)

  const all = await ask<Found>('/visits/range', BY_ARRIVAL)
  expect(all.total).toBe(3)
  const [first, , last] = all.items.map(({ id }) => id)
  const range = await ask<Found>('/visits/range', { ...BY_ARRIVAL, from: last, to: first })
  expect(range.items).toHaveLength(3)
  // An end that has left: what is there stands for itself.
  const one = await ask<Found>('/visits/range', { ...BY_ARRIVAL, from: 'gone-visit-00', to: last })
  expect(one.items.map(({ id }) => id)).toEqual([last])

  const search = async (text: string, as = cookie) =>
    (await ask<Found>('/visits/search', { text }, as)).items.map(({ who }) => who.text)
  expect(await search('mar kow')).toEqual(['Marta Kowalczyk'])
  expect(await search('zoe')).toEqual(['Zoë'])
  expect(await search('chrome /p2')).toEqual(['Zoë'])
  expect(await search('nobody of that name')).toEqual([])
  // What held the words is said where the name does not show it.
  const foundBy = async (text: string) =>
    (await ask<Found>('/visits/search', { text })).items.map((row) => row.foundBy)
  expect(await foundBy('marta')).toEqual([undefined])
  expect(await foundBy('zoe page')).toEqual([{ field: 'title', value: 'Page 2' }])
  expect(await foundBy('trade')).toEqual([{ field: 'attribute', key: 'plan', value: 'Trade' }])

  const columns = ['status', 'visitor', 'page', 'hits', 'nonsense']
  const asked: ExportAsk = { format: 'csv', columns, filter: EVERYONE, sort: DEFAULT_SORT }
  const exported = (more: Partial<ExportAsk> = {}, as = cookie) =>
    fetch(`${whole.app.url}/api/v1/visits/export`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-beckon': '1', cookie: as },
      body: JSON.stringify({ ...asked, ...more }),
    })
  const csv = await exported()
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(csv.headers.get('content-disposition')).toMatch(/^attachment; filename="whos-on-.*\.csv"$/)
  const lines = new TextDecoder('utf-8', { ignoreBOM: true })
    .decode(await csv.arrayBuffer())
    .split('\r\n')
  expect(lines[0]).toBe('\ufeffStatus,Visitor,Verified,Email,Page title,Page address,Hits')
  expect(lines[1]).toBe('active,Zoë,no,,Page 2,http://127.0.0.1:5999/p2,2')
  expect(lines[2]).toContain(`,"'=HYPERLINK(""http://x"")",`)
  expect(lines).toHaveLength(5)
  const chosen = await exported({ format: 'json', visitIds: [first ?? ('' as never)] })
  expect(chosen.headers.get('x-beckon-rows')).toBe('1')
  expect(await chosen.json()).toMatchObject([
    { visitor: 'Marta Kowalczyk', pageTitle: 'Page 0', hits: 2, email: null },
  ])
  expect((await exported({ columns: ['nonsense'] })).status).toBe(400)
  const events = await whole.app.store.read((db) =>
    db.selectFrom('events').select('data').where('type', '=', 'visits.exported').execute(),
  )
  expect(events.map(({ data }) => JSON.parse(data).rows)).toEqual([3, 1])

  // Of another brand, or without a role for it: nothing, and no file.
  expect(await search('marta', outsider)).toEqual([])
  expect((await ask<Found>('/visits/range', BY_ARRIVAL, outsider)).total).toBe(0)
  expect(await (await exported({ format: 'json' }, outsider)).json()).toEqual([])
  expect((await exported({}, administrator)).status).toBe(403)
  expect((await exported({}, '')).status).toBe(401)

  const list = {
    columns: ['status', 'country'],
    widths: { country: 200 },
    sort: { by: 'hits', dir: 'asc' },
    density: 'compact',
  }
  const mine = async (as: string) =>
    (await fetch(`${whole.app.url}/api/v1/me/preferences`, { headers: { cookie: as } })).json()
  await whole.rest('PATCH', '/me/preferences', { list }, cookie)
  await whole.rest('PATCH', '/me/preferences', { lettersOff: true }, cookie)
  const folded = { country: ['PL', ''] }
  await whole.rest('PATCH', '/me/preferences', { folded }, cookie)
  expect(await mine(cookie)).toEqual({ list, folded, lettersOff: true })
  expect(await mine(outsider)).toEqual({})
})
