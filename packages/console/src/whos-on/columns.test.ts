import { describe, expect, test } from 'vitest'
import { COLUMN_IDS, COLUMNS, readLayout, SHIPPED_LAYOUT, switched } from './columns.ts'

const locked = COLUMN_IDS.filter((id) => COLUMNS[id].locked)

describe('columns', () => {
  test('W1 status, started, hits, duration, idle and country are always there', () => {
    expect(locked).toEqual(['status', 'started', 'hits', 'duration', 'idle', 'country'])
    for (const id of locked) expect(switched(SHIPPED_LAYOUT, id)).toBe(SHIPPED_LAYOUT)
    expect(readLayout('{"columns":[]}').columns).toEqual(locked)
  })

  test('W1 an optional column goes and comes back at its place', () => {
    const without = switched(SHIPPED_LAYOUT, 'page')
    expect(without.columns).not.toContain('page')
    expect(switched(without, 'page')).toEqual(SHIPPED_LAYOUT)
  })

  test('W1 the layout is kept; what is not understood falls back', () => {
    const layout = switched({ ...SHIPPED_LAYOUT, density: 'compact' }, 'city')
    expect(readLayout(JSON.stringify(layout))).toEqual(layout)
    expect(readLayout('{"columns":["nonsense","city"],"density":7}').columns).toContain('city')
    expect(readLayout('}')).toEqual(SHIPPED_LAYOUT)
    expect(readLayout(null)).toEqual(SHIPPED_LAYOUT)
  })
})
