import { DEFAULT_SORT, type VisitFilter, type VisitId, type VisitRow } from '@beckon/protocol'
import { useCallback, useRef, useState } from 'react'
import { useTopic } from '../live/use-topic.ts'
import { filterKey, type View } from './view.ts'
import { type Slice, sliceFor } from './window-paging.ts'

const FIRST: Slice = { offset: 0, limit: 60 }

export type ListWindow = {
  /** False until the first rows of this very filter and sort have come. */
  ready: boolean
  total: number
  rowAt(index: number): VisitRow | undefined
  idAt(index: number): VisitId | undefined
  indexOf(id: VisitId): number
  /** Ids of the slice that is here, in order. */
  order: readonly VisitId[]
  rows: Readonly<Record<VisitId, VisitRow>>
  waiting: number
  interval: number
  at: number
  refused: string | undefined
  /** Tell it what is on the screen; the slice follows. */
  show(first: number, last: number): void
  /** Applies the order that waits while it is held. */
  again(): void
}

/** The part of the list that is held here, following what is on the screen. */
export function useWindow(view: Pick<View, 'filter' | 'sort'>, hold: boolean): ListWindow {
  const list = listKey(view.filter, view.sort)
  const [place, setPlace] = useState({ list, slice: FIRST })
  const slice = place.list === list ? place.slice : FIRST
  const { state, asked, refused, again } = useTopic<'window'>({
    topic: 'window',
    filter: view.filter,
    sort: view.sort,
    ...slice,
    ...(hold && { hold }),
  })
  const total = state?.total ?? 0
  const present = useRef({ list, slice, total })
  present.current = { list, slice, total }
  const show = useCallback((first: number, last: number) => {
    const { list: now, slice: before, total: all } = present.current
    const next = sliceFor({ first, last }, before, all)
    if (next !== before) setPlace({ list: now, slice: next })
  }, [])

  const offset = state?.offset ?? 0
  const order = state?.order ?? NO_ORDER
  const rows = state?.rows ?? NO_ROWS
  const idAt = (index: number) => order[index - offset]
  return {
    ready: asked !== undefined && listKey(asked.filter, asked.sort) === list,
    total,
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
    interval: state?.interval ?? 250,
    at: state?.at ?? 0,
    refused: refused?.message,
    show,
    again,
  }
}

const NO_ORDER: readonly VisitId[] = []
const NO_ROWS: Readonly<Record<VisitId, VisitRow>> = {}

const listKey = (filter: VisitFilter, sort = DEFAULT_SORT) =>
  `${filterKey(filter)} ${sort.by} ${sort.dir}`
