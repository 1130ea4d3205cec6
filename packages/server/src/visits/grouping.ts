import type { Grouping, VisitRow } from '@beckon/protocol'
import { countryName } from './country-name.ts'

/** What a visit stands under in a grouped list; `place` orders the headings and is never shared. */
export type Heading = { readonly key: string; readonly place: string }
export type HeadingOf = (visit: { row: VisitRow; siteName: string }) => Heading

const STATUS = { active: '0', pending: '1', removed: '2' } as const

/** The same heading is the same object, so that a change of heading is seen at a glance. */
export function compileGrouping(by: Grouping | undefined): HeadingOf {
  const headings = new Map<string, Heading>()
  const heading = (key: string, order: string): Heading => {
    const place = `${order}\n${key}`
    const known = headings.get(place)
    if (known) return known
    const fresh = { key, place }
    headings.set(place, fresh)
    return fresh
  }
  switch (by) {
    case 'site':
      return ({ row, siteName }) => heading(row.siteId, siteName.toLowerCase())
    case 'status':
      return ({ row }) => heading(row.status, STATUS[row.status])
    case 'country':
      // Nobody knows where from: after all countries.
      return ({ row }) =>
        heading(
          row.country ?? '',
          row.country ? (countryName(row.country) ?? row.country) : '\uffff',
        )
    case undefined: {
      const only = heading('', '')
      return () => only
    }
    default:
      return by satisfies never
  }
}
