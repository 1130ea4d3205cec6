import type { Colleague, ColleaguesState, VisitId, VisitorId } from '@beckon/protocol'
import { useEffect } from 'react'
import { useTopic } from '../live/use-topic.ts'
import { attendTo } from './attention.ts'

type Index = {
  visits: ReadonlyMap<VisitId, Colleague[]>
  visitors: ReadonlyMap<VisitorId, Colleague[]>
}
const NONE: readonly Colleague[] = []
const indexes = new WeakMap<ColleaguesState['colleagues'], Index>()

/** Colleagues at one visit; many rows ask, so the picture is sorted once for all of them. */
export function useColleaguesAt(visitId: VisitId): readonly Colleague[] {
  return useColleagues()(visitId)
}

/** The same for a whole list: one look for all its rows. */
export function useColleagues(): (visitId: VisitId) => readonly Colleague[] {
  const visits = useIndex()?.visits
  return (visitId) => visits?.get(visitId) ?? NONE
}

/** Colleagues at a visitor, on whichever site of the brand: an invitation goes to the person. */
export function useColleaguesOf(visitorId: VisitorId): readonly Colleague[] {
  return useIndex()?.visitors.get(visitorId) ?? NONE
}

/** Tells colleagues, while the component is there. */
export function useAttention(doing: Colleague['doing'], visitIds: readonly VisitId[]): void {
  const wish = visitIds.join(' ')
  useEffect(() => {
    if (wish !== '') return attendTo(doing, wish.split(' ') as VisitId[])
  }, [doing, wish])
}

function useIndex(): Index | undefined {
  const { state, fresh } = useTopic<'colleagues'>({ topic: 'colleagues' })
  // What was true before the connection broke says nothing about now.
  return state && fresh === 'live' ? indexOf(state.colleagues) : undefined
}

function indexOf(colleagues: ColleaguesState['colleagues']): Index {
  const known = indexes.get(colleagues)
  if (known) return known
  const all = Object.values(colleagues).sort((a, b) => a.since - b.since)
  const index: Index = {
    visits: grouped(all, ({ visitId }) => visitId),
    visitors: grouped(all, ({ visitorId }) => visitorId),
  }
  indexes.set(colleagues, index)
  return index
}

function grouped<K>(all: readonly Colleague[], keyOf: (one: Colleague) => K): Map<K, Colleague[]> {
  const groups = new Map<K, Colleague[]>()
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one])
  return groups
}
