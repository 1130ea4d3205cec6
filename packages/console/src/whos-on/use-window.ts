import type { RowGroup, VisitFilter, VisitId, VisitRow } from '@beckon/protocol'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useTopic } from '../live/use-topic.ts'
import type { Layout } from './layout.ts'
import { type ListPlaces, listPlaces } from './list-places.ts'
import { filterKey } from './view.ts'
import { type Slice, sliceFor } from './window-paging.ts'

const FIRST: Slice = { offset: 0, limit: 60 }

export type ListWindow = {
  /** False until the first rows of this very filter, sort and grouping have come. */
  ready: boolean
  /** How many stand in the list, also those of folded groups. */
  total: number
  /** How many of them are on the site: as the totals and the filters count. */
  here: number
  groups: readonly RowGroup[] | undefined
  places: ListPlaces
  rowAt(index: number): VisitRow | undefined
  idAt(index: number): VisitId | undefined
  indexOf(id: VisitId): number
  /** Ids of the slice that is here, in order. */
  order: readonly VisitId[]
  rows: Readonly<Record<VisitId, VisitRow>>
  waiting: number
  /** How many of them are new visitors. */
  fresh: number
  interval: number
  at: number
  refused: string | undefined
  /** Tell it which rows are on the screen; the slice follows. */
  show(first: number, last: number): void
  /** Applies the order that waits while it is held. */
  again(): void
}

type ListOf = {
  filter: VisitFilter
  layout: Pick<Layout, 'sort' | 'group'>
  folded: readonly string[]
  hold: boolean
}

/** The part of the list that is held here, following what is on the screen. */
export function useWindow({ filter, layout, folded, hold }: ListOf): ListWindow {
  const { sort, group } = layout
  const list = listKey({ filter, sort, group })
  const [place, setPlace] = useState({ list, slice: FIRST })
  const slice = place.list === list ? place.slice : FIRST
  const { state, asked, refused, again } = useTopic<'window'>({
    topic: 'window',
    filter,
    sort,
    ...slice,
    ...(hold && { hold }),
    ...(group && { group, folded: [...folded] }),
  })
  const total = state?.total ?? 0
  const groups = state?.groups
  const places = useMemo(() => listPlaces(groups, total), [groups, total])
  const present = useRef({ list, slice, standing: places.standing })
  present.current = { list, slice, standing: places.standing }
  const show = useCallback((first: number, last: number) => {
    const { list: now, slice: before, standing } = present.current
    const next = sliceFor({ first, last }, before, standing)
    if (next !== before) setPlace({ list: now, slice: next })
  }, [])

  const offset = state?.offset ?? 0
  const order = state?.order ?? NO_ORDER
  const rows = state?.rows ?? NO_ROWS
  const idAt = (index: number) => order[index - offset]
  return {
    ready: asked !== undefined && listKey(asked) === list,
    total,
    here: total - (state?.removed ?? 0),
    groups,
    places,
    order,
    rows,
    idAt,
    rowAt: (index) => {
      const id = idAt(index)
      return id && rows[id]
    },
    indexOf: (id) => {
      const at = order.indexOf(id)
      return at < 0 ? -1 : at + offset
    },
    waiting: state?.waiting ?? 0,
    fresh: state?.fresh ?? 0,
    interval: state?.interval ?? 250,
    at: state?.at ?? 0,
    refused: refused?.message,
    show,
    again,
  }
}

const NO_ORDER: readonly VisitId[] = []
const NO_ROWS: Readonly<Record<VisitId, VisitRow>> = {}

const listKey = ({
  filter,
  sort,
  group,
}: Pick<ListOf, 'filter'> & Pick<Layout, 'sort' | 'group'>) =>
  `${filterKey(filter)} ${sort.by} ${sort.dir} ${group}`
