import type { RowGroup } from '@beckon/protocol'

/** What stands at one place of the list as it is drawn: a heading, or the row with this number. */
export type Place = { heading: RowGroup } | { row: number }

/** The places of a list: its rows one after the other, or under their headings. */
export function listPlaces(groups: readonly RowGroup[] | undefined, total: number) {
  if (!groups) {
    return {
      size: total,
      standing: total,
      at: (place: number): Place => ({ row: place }),
      placeOf: (row: number): number => row,
    }
  }
  // Where each heading stands, and how many rows stand before it.
  let place = 0
  let rows = 0
  const heads = groups.map((heading) => {
    const head = { heading, place, rows }
    place += heading.rows + 1
    rows += heading.rows
    return head
  })
  const headBefore = (at: number): (typeof heads)[number] | undefined => {
    let low = 0
    let high = heads.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((heads[middle]?.place ?? 0) <= at) low = middle + 1
      else high = middle
    }
    return heads[low - 1]
  }
  return {
    size: place,
    standing: rows,
    at(at: number): Place {
      const head = headBefore(at)
      if (!head) return { row: at }
      return at === head.place
        ? { heading: head.heading }
        : { row: head.rows + at - head.place - 1 }
    },
    placeOf(row: number): number {
      const below = heads.filter((head) => head.rows <= row && head.heading.rows > 0)
      const head = below.at(-1)
      return head ? head.place + 1 + row - head.rows : row
    },
  }
}
export type ListPlaces = ReturnType<typeof listPlaces>
