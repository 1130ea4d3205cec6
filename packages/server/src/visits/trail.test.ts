import { describe, expect, test } from 'vitest'
import { Trail } from './trail.ts'

const view = (n: number) => ({ id: `page-${n}`, at: n, url: '', title: '' })
const nobody = () => false

describe('the pages of a visit', () => {
  test('W4 a page ends where the next begins, unless a tab still shows it', () => {
    const trail = new Trail()
    expect(trail.add(view(1), nobody)).toEqual([])
    expect(trail.add(view(4), nobody)).toEqual([{ ...view(1), stayed: 3 }])
    const shown = (id: string) => id === 'page-4'
    expect(trail.add(view(5), shown)).toEqual([])
    expect(trail.add(view(9), shown)).toEqual([{ ...view(5), stayed: 4 }])
    expect(trail.pages.map(({ stayed }) => stayed)).toEqual([3, undefined, 4, undefined])
    expect(trail.add(view(10), nobody).map(({ id }) => id)).toEqual(['page-9', 'page-4'])
  })

  test('W4 after a restart the pages left open end like any other', () => {
    const trail = new Trail([{ ...view(1), stayed: 1 }, view(2)])
    expect(trail.add(view(5), nobody)).toEqual([{ ...view(2), stayed: 3 }])
  })

  test('a list once given out never changes', () => {
    const trail = new Trail()
    trail.add(view(1), nobody)
    const before = trail.pages
    trail.add(view(2), nobody)
    expect(trail.rename('page-2', 'Bikes')).toEqual({ ...view(2), title: 'Bikes' })
    expect(trail.rename('page-2', 'Bikes')).toBeUndefined()
    expect(trail.rename('page-7', 'Bikes')).toBeUndefined()
    expect(before).toEqual([view(1)])
  })

  test('a long list once given out never changes, and is the same until there is news', () => {
    const trail = new Trail()
    for (let n = 0; n < 40; n++) trail.add(view(n), nobody)
    const before = trail.pages
    expect(trail.pages).toBe(before)
    const copy = structuredClone(before)
    for (let n = 40; n < 50; n++) trail.add(view(n), nobody)
    expect(before).toEqual(copy)
    expect(trail.pages).not.toBe(before)
    expect(trail.pages.length).toBe(50)
  })

  test('knows its pages by id, few or many, and keeps the newest five hundred', () => {
    const trail = new Trail()
    for (let n = 0; n < 700; n++) {
      expect(trail.has(`page-${n}`)).toBe(false)
      trail.add(view(n), nobody)
      expect(trail.has(`page-${n}`)).toBe(true)
    }
    expect(trail.pages.length).toBe(500)
    expect(trail.pages[0]?.id).toBe('page-200')
    expect([trail.has('page-199'), trail.has('page-200')]).toEqual([false, true])
    expect(trail.pages.filter(({ stayed }) => stayed === undefined)).toEqual([view(699)])
  })
})
