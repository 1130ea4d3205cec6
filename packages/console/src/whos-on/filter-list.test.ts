import type { FilterId, FiltersState, SavedFilter } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { type FilterList, filterList, moved, withHidden, withShown } from './filter-list.ts'
import { isShown, nameShown, shownView } from './named-filter.ts'
import { FIRST_VIEW, readView, writeView } from './view.ts'

const saved = (name: string, part: Partial<SavedFilter> = {}): SavedFilter => ({
  id: `filter-${name}` as FilterId,
  name,
  filter: { match: 'all', conditions: [{ field: 'city', op: 'is', value: name }] },
  shared: false,
  mayChange: true,
  version: 1,
  changedAt: 0,
  changedBy: 'agent-ana' as SavedFilter['changedBy'],
  changedByName: 'Ana',
  ...part,
})
const state = (filters: SavedFilter[], part: Partial<FiltersState> = {}): FiltersState => ({
  filters: Object.fromEntries(filters.map((one) => [one.id, one])) as FiltersState['filters'],
  hidden: [],
  order: [],
  ...part,
})
const names = (list: FilterList) => ({
  shipped: list.shipped.map(({ name }) => name),
  shared: list.shared.map(({ name }) => name),
  mine: list.mine.map(({ name }) => name),
  hidden: list.hidden.map(({ name }) => name),
})
const all = [
  saved('b'),
  saved('a'),
  saved('s', { shared: true }),
  saved('long idle', { standsFor: 'idle' }),
]

describe('the side list', () => {
  test('W7 shipped filters, or what stands for them, shared ones and own ones', () => {
    const list = names(filterList(state(all)))
    expect(list).toMatchObject({ shared: ['s'], mine: ['a', 'b'], hidden: [] })
    expect(list.shipped).toEqual([
      'All visitors',
      'New visitors',
      'Returning',
      'On the site > 3 min',
      'Viewed pricing or cart',
      'From a search engine',
      'long idle',
    ])
    expect(names(filterList(undefined)).shipped).toHaveLength(7)
  })

  test('W7 an agent’s order and what they hide, edited or not; “All visitors” stays', () => {
    const before = state(all)
    const list = filterList(before)
    const entry = (name: string) =>
      [...list.shipped, ...list.shared, ...list.mine].find((one) => one.name === name) as never
    const hidden = state(all, withHidden(before, entry('long idle')))
    expect(hidden.hidden).toEqual(['idle'])
    expect(names(filterList(hidden)).hidden).toEqual(['long idle'])
    expect(names(filterList({ ...hidden, filters: {} })).hidden).toEqual(['Idle'])
    const again = withShown(hidden, filterList(hidden).hidden[0] as never)
    expect(again.hidden).toEqual([])
    expect(names(filterList(state(all, { hidden: ['everyone'] }))).hidden).toEqual([])

    const up = moved(list, before, entry('b'), -1)
    expect(names(filterList(state(all, up))).mine).toEqual(['b', 'a'])
    expect(moved(list, before, entry('b'), 1)).toBeUndefined()
    expect(moved(list, before, entry('New visitors'), -1)).toBeUndefined()
    const idle = moved(list, before, entry('long idle'), -1)
    expect(names(filterList(state([], idle))).shipped.slice(5)).toEqual([
      'Idle',
      'From a search engine',
    ])
  })
})

describe('a saved filter in the address', () => {
  const mine = saved('a')
  const address = (part: object) => readView(writeView({ ...FIRST_VIEW, ...part }))
  const there = state([mine])

  test('W7 it is shown as it is now, whatever conditions the address has', () => {
    const view = address({ named: mine.id, filter: saved('old').filter })
    const shown = shownView(view, there)
    expect(shown).toMatchObject({ missing: false, looking: false, view: { filter: mine.filter } })
    expect(nameShown(shown)).toBe('a')
    expect(filterList(there).mine.map((entry) => isShown(entry, shown))).toEqual([true])
  })

  test('W7 once altered it is no longer it, until it is the same again', () => {
    const other = saved('other').filter
    const view = address({ named: mine.id, changed: true, filter: other })
    const shown = shownView(view, there)
    expect(shown).toMatchObject({ saved: mine, view: { filter: other, changed: true } })
    expect(nameShown(shown)).toBeUndefined()
    const back = shownView(address({ named: mine.id, changed: true, filter: mine.filter }), there)
    expect(nameShown(back)).toBe('a')
  })

  test('W7 one that is not there says so, and goes by its conditions if the address has them', () => {
    const gone = shownView(address({ named: 'filter-gone', filter: mine.filter }), there)
    expect(gone).toMatchObject({ missing: true, view: { filter: mine.filter } })
    expect(shownView(address({ named: 'filter-gone' }), undefined)).toMatchObject({ looking: true })
    expect(shownView(FIRST_VIEW, undefined)).toMatchObject({ missing: false, looking: false })
  })

  test('W7 conditions on attributes survive the address', () => {
    const filter = {
      match: 'all' as const,
      conditions: [
        { field: 'attribute' as const, key: 'plan_2', op: 'is' as const, value: 'a:b.c' },
      ],
    }
    expect(address({ filter }).filter).toEqual(filter)
  })
})
