import { EVERYONE, SHIPPED_FILTERS, type VisitId } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { type Layout, SHIPPED_LAYOUT } from './layout.ts'
import { FIRST_VIEW, readView, shippedId, type View, writeView } from './view.ts'

const OTHER: Layout = {
  columns: ['country', 'status', 'page', 'started', 'hits', 'idle', 'duration', 'tags'],
  widths: { page: 240, country: 90 },
  sort: { by: 'duration', dir: 'asc' },
  group: 'site',
  density: 'compact',
}
const views: View[] = [
  FIRST_VIEW,
  { ...FIRST_VIEW, face: 'map', visitId: '0195f3a2-visit-id' as VisitId },
  { ...FIRST_VIEW, layout: OTHER },
  {
    ...FIRST_VIEW,
    filter: {
      match: 'any',
      conditions: [
        { field: 'url', op: 'contains', value: 'a.b&c=d#é 100%' },
        { field: 'search', op: 'not_empty', off: true },
        { field: 'city', op: 'is', value: '' },
      ],
      bots: true,
    },
  },
  ...SHIPPED_FILTERS.map(({ filter }) => ({ ...FIRST_VIEW, filter })),
]

describe('view in the URL', () => {
  test('W1 filter, sort, face and visitor survive the URL', () => {
    for (const view of views) expect(readView(writeView(view))).toEqual(view)
  })

  test('W1 a view as shipped leaves the address clean', () => {
    expect(writeView(FIRST_VIEW)).toBe('')
    expect(writeView({ ...FIRST_VIEW, filter: SHIPPED_FILTERS[3]!.filter })).toBe('filter=long')
  })

  test('W1 the address says how the list looks; where it does not, it is as the agent has it', () => {
    expect(readView('', OTHER).layout).toEqual(OTHER)
    expect(readView('sort=hits-asc&group=none&rows=comfortable', OTHER).layout).toEqual({
      ...OTHER,
      sort: { by: 'hits', dir: 'asc' },
      group: undefined,
      density: 'comfortable',
    })
    // Whatever an agent has, what is written is what is read again; and by others, from a link.
    for (const own of [SHIPPED_LAYOUT, OTHER]) {
      for (const view of views) {
        expect(readView(writeView(view, own), own)).toEqual(view)
        expect(readView(writeView(view, 'all'), own)).toEqual(view)
      }
    }
  })

  test('T4 an address somebody made up is read without harm', () => {
    const view = readView(
      'view=x&where=nope.is.1%0Aurl.drop.1%0A%0A&sort=evil-desc&visit=<b>&cols=constructor,<b>,page:1e9&group=x&rows=y',
    )
    expect(view).toEqual({
      face: 'list',
      filter: EVERYONE,
      layout: {
        ...SHIPPED_LAYOUT,
        columns: ['status', 'page', 'started', 'hits', 'duration', 'idle', 'country'],
      },
    })
  })

  test('W7 a shipped filter is recognised until a condition changes', () => {
    const { filter } = SHIPPED_FILTERS.find(({ id }) => id === 'pricing')!
    expect(shippedId(filter)).toBe('pricing')
    expect(shippedId({ ...filter, conditions: filter.conditions.slice(1) })).toBeUndefined()
  })
})
