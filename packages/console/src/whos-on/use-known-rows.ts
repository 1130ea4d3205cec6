import type { VisitId, VisitRow } from '@beckon/protocol'
import { useCallback, useRef } from 'react'

/**
 * Rows of the chosen visitors: the live ones of the window, and the last known of those who were
 * chosen and have left it since by scrolling or by another sort.
 */
export function useKnownRows(
  rows: Readonly<Record<VisitId, VisitRow>>,
  selected: readonly VisitId[],
  openId: VisitId | undefined,
  /** Rows that were asked for and never were in the window. */
  found: Readonly<Record<VisitId, VisitRow>>,
): (ids: readonly VisitId[]) => VisitRow[] {
  const kept = useRef(new Map<VisitId, VisitRow>())
  const next = new Map<VisitId, VisitRow>()
  for (const id of openId ? [...selected, openId] : selected) {
    const row = rows[id] ?? kept.current.get(id) ?? found[id]
    if (row) next.set(id, row)
  }
  kept.current = next
  return useCallback(
    (ids) => ids.map((id) => rows[id] ?? kept.current.get(id)).filter((row) => row !== undefined),
    [rows],
  )
}
