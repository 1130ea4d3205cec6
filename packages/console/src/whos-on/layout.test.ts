import type { ListLayout } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { COLUMN_IDS, COLUMNS } from './columns.ts'
import {
  layoutFrom,
  leastWidth,
  moved,
  readColumns,
  resized,
  SHIPPED_LAYOUT,
  switched,
  tracks,
  writeColumns,
} from './layout.ts'

const locked = COLUMN_IDS.filter((id) => COLUMNS[id].locked)

describe('layout of the list', () => {
  test('W1 status, started, hits, duration, idle and country are always there', () => {
    expect(locked).toEqual(['status', 'started', 'hits', 'duration', 'idle', 'country'])
    for (const id of locked) expect(switched(SHIPPED_LAYOUT, id)).toBe(SHIPPED_LAYOUT)
    expect(readColumns('').columns).toEqual(locked)
    expect(readColumns('country,page,country,status').columns).toEqual([
      'country',
      'page',
      'status',
      'started',
      'hits',
      'duration',
      'idle',
    ])
  })

  test('W1 an optional column goes and comes back at its place, also in an order of one’s own', () => {
    const without = switched(SHIPPED_LAYOUT, 'page')
    expect(without.columns).not.toContain('page')
    expect(switched(without, 'page')).toEqual(SHIPPED_LAYOUT)
    const own = moved(SHIPPED_LAYOUT, 'country', 0)
    expect(switched(own, 'city').columns.slice(0, 3)).toEqual(['country', 'status', 'visitor'])
  })

  test('W1 columns move, and stop at the ends', () => {
    expect(moved(SHIPPED_LAYOUT, 'page', 0).columns.slice(0, 2)).toEqual(['page', 'status'])
    expect(moved(SHIPPED_LAYOUT, 'status', 99).columns.at(-1)).toBe('status')
    expect(moved(SHIPPED_LAYOUT, 'status', -1)).toBe(SHIPPED_LAYOUT)
    expect(moved(SHIPPED_LAYOUT, 'tags', 0)).toBe(SHIPPED_LAYOUT)
  })

  test('W1 a width of one’s own is kept within reason and takes no share', () => {
    const wide = resized(SHIPPED_LAYOUT, 'page', 300.4)
    expect(tracks(wide)).toContain(' 300px ')
    expect(leastWidth(wide) - leastWidth(SHIPPED_LAYOUT)).toBe(300 - COLUMNS.page.least)
    expect(resized(wide, 'page', 1).widths.page).toBe(32)
    expect(resized(wide, 'page', 1e9).widths.page).toBe(1_200)
    expect(readColumns(writeColumns(wide))).toEqual({
      columns: wide.columns,
      widths: { page: 300 },
    })
  })

  test('W1 what another version kept is understood as far as possible', () => {
    const kept: ListLayout = {
      columns: ['nonsense', 'city'],
      widths: { nonsense: 90, city: 120 },
      sort: { by: 'hits', dir: 'asc' },
      density: 'compact',
    }
    const layout = layoutFrom(kept)
    expect(layout.columns).toEqual([...locked, 'city'])
    expect(layout.widths).toEqual({ city: 120 })
    expect(layoutFrom(undefined)).toBe(SHIPPED_LAYOUT)
  })
})
