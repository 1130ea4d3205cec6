import type { VisitFilter, VisitId } from '@beckon/protocol'

/**
 * Selected visits in the order they were selected, and where a range would begin. `matching` instead
 * of ids: everyone a filter selects, now and later; the server knows who that is.
 */
export type Selection = {
  ids: readonly VisitId[]
  anchor?: VisitId | undefined
  matching?: VisitFilter | undefined
}

export const NOBODY: Selection = { ids: [] }

export const isSelected = (selection: Selection, id: VisitId): boolean =>
  selection.matching !== undefined || selection.ids.includes(id)

export function toggled(selection: Selection, id: VisitId): Selection {
  const ids = selection.ids.includes(id)
    ? selection.ids.filter((other) => other !== id)
    : [...selection.ids, id]
  return { ids, anchor: id }
}

/**
 * From the anchor to `id` in the order shown. Without an anchor it selects `id` alone; undefined when
 * the anchor is not among the rows that are here: then the server is asked.
 */
export function extended(
  selection: Selection,
  id: VisitId,
  order: readonly VisitId[],
): Selection | undefined {
  if (!selection.anchor) return { ids: united(selection.ids, [id]), anchor: id }
  const from = order.indexOf(selection.anchor)
  const to = order.indexOf(id)
  if (from < 0 || to < 0) return undefined
  return {
    ...selection,
    ids: united(selection.ids, order.slice(Math.min(from, to), Math.max(from, to) + 1)),
  }
}

export const united = (ids: readonly VisitId[], more: readonly VisitId[]): VisitId[] => [
  ...new Set([...ids, ...more]),
]

/** Head checkbox: everything in sight, or nobody when all of it is selected already. */
export function allInSight(selection: Selection, order: readonly VisitId[]): Selection {
  const all = order.length > 0 && order.every((id) => isSelected(selection, id))
  return all ? NOBODY : { ...selection, matching: undefined, ids: united(selection.ids, order) }
}
