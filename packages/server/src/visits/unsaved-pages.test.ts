import { describe, expect, test } from 'vitest'
import type { Visit } from './live.ts'
import { createUnsavedPages } from './unsaved-pages.ts'

const ada = { id: 'ada' } as Visit
const kim = { id: 'kim' } as Visit
const page = (id: string, at: number, more: object = {}) => ({
  id,
  at,
  url: '',
  title: '',
  ...more,
})

describe('page views that wait for the database', () => {
  test('one row for a page that came and left between two batches; a page of another visit is another', () => {
    const unsaved = createUnsavedPages()
    unsaved.changed(ada, page('first', 1), 'fresh')
    unsaved.changed(kim, page('first', 2))
    unsaved.changed(ada, page('first', 1, { stayed: 5 }))
    expect(unsaved.size).toBe(2)
    expect(unsaved.take()).toEqual([
      { visit: ada, page: page('first', 1, { stayed: 5 }), fresh: true },
      { visit: kim, page: page('first', 2), fresh: false },
    ])
    expect(unsaved.size).toBe(0)
  })

  test('what could not be stored waits again, except where it has changed meanwhile', () => {
    const unsaved = createUnsavedPages()
    unsaved.changed(ada, page('first', 1), 'fresh')
    unsaved.changed(ada, page('second', 2))
    const lost = unsaved.take()
    unsaved.changed(ada, page('first', 1, { title: 'Renamed' }))
    unsaved.back(lost)
    expect(unsaved.take().map(({ page, fresh }) => [page.id, page.title, fresh])).toEqual([
      ['first', 'Renamed', true],
      ['second', '', false],
    ])
  })

  test('R12 while the database is away the oldest go, and are counted', () => {
    const unsaved = createUnsavedPages()
    for (let n = 0; n < 10; n++)
      unsaved.changed(n % 2 ? ada : kim, page(`page-${n}`, n), n === 0 ? undefined : 'fresh')
    // One of the three had been stored before: only its end is lost.
    expect(unsaved.dropOldest(7)).toBe(2)
    expect(unsaved.dropOldest(7)).toBe(0)
    const kept = unsaved.take().map(({ page }) => page.at)
    expect(kept.sort()).toEqual([3, 4, 5, 6, 7, 8, 9])
  })
})
