import type { VisitId, VisitorId } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { newId } from '../ids.ts'
import { Visitor } from './live-visitor.ts'
import { SharedVisit } from './shared-visit.ts'
import { createUnpacking } from './unpacking.ts'

const toldOf = (id: string): SharedVisit => ({
  type: 'visit',
  id,
  siteId: 'site',
  version: 1,
  row: {
    who: { rung: 'code', text: 'Visitor 4F2A', verified: false },
    visitNumber: 2,
    title: 'Bikes',
    url: 'https://shop.example/bikes',
    landingUrl: 'https://shop.example/',
    startedAt: 1_000,
    navigatedAt: 2_000,
    hits: 3,
    bot: false,
    test: true,
  },
  state: { status: 'removed', reason: 'idle', goneAt: 5_000 },
  hits: { east: 3 },
  pages: [{ id: 'page', at: 2_000, url: 'https://shop.example/bikes', title: 'Bikes' }],
  tabs: [],
  privacy: 'returning',
  place: { country: 'DK', city: 'Aarhus', key: '56.2,10.2' },
  inputAt: 0,
  seenAt: 2_000,
  visitor: { id: 'visitor', attributes: {}, visitCount: 2, firstSeenAt: 500 },
})

test('W1 a visit is kept as another node has told it', () => {
  const unpacked = createUnpacking()
  const told = toldOf('visit')
  const visitor = new Visitor('visitor' as VisitorId, newId(), 0)
  const row = unpacked.row(told, visitor, newId())
  expect(row).toMatchObject({ ...told.row, id: 'visit' as VisitId, visitorId: 'visitor' })
  expect(row).toMatchObject({ status: 'removed', reason: 'idle', goneAt: 5_000 })
  expect(unpacked.pages(told.pages)).toEqual(told.pages)
  const tab = {
    id: 'east.1',
    visible: true,
    focused: true,
    focusedAt: 7,
    links: [],
    pageId: 'page',
  }
  const [far] = unpacked.tabs('east', row.siteId, [{ ...tab, url: row.url, title: row.title }])
  const { id: connectionId, ...rest } = tab
  expect(far).toMatchObject({ ...rest, node: 'east', connectionId })
})

test('W1 nothing that is told of a row is left out here', () => {
  const told = toldOf('visit')
  const names = Object.keys(SharedVisit.properties.row.properties)
  const row = Object.fromEntries(names.map((name) => [name, `the ${name}`]))
  const all = { ...told, row: { ...row, who: told.row.who } as unknown as SharedVisit['row'] }
  const visitor = new Visitor('visitor' as VisitorId, newId(), 0)
  expect(createUnpacking().row(all, visitor, newId())).toMatchObject(all.row)
})

test('W1 what many visits have alike is kept once', () => {
  const unpacked = createUnpacking()
  const [one, other] = [toldOf('one'), toldOf('other')]
  expect(unpacked.place(other.place)).not.toBe(one.place)
  expect(unpacked.place(one.place)).toBe(unpacked.place(other.place))
  expect(unpacked.hits({}, one.hits)).toBe(unpacked.hits({}, other.hits))
  expect(unpacked.tabs('east', newId(), [])).toBe(unpacked.tabs('west', newId(), []))
  const connected = { ...one, state: { status: 'active' as const } }
  expect(unpacked.state(connected)).toBe(unpacked.state({ ...connected, id: 'other' }))
})

test('W1 of what several nodes have counted the highest holds', () => {
  const unpacked = createUnpacking()
  expect(unpacked.hits({ east: 4, west: 1 }, { east: 3, north: 2 })).toEqual({
    east: 4,
    west: 1,
    north: 2,
  })
  expect(unpacked.hits({ east: 2 }, {})).toEqual({ east: 2 })
})
