import type { VisitId } from '@beckon/protocol'

/** Selected visits, in the order they were selected, and where a range would begin. */
export type Selection = { ids: readonly VisitId[]; anchor?: VisitId }

export const NOBODY: Selection = { ids: [] }

export function toggled(selection: Selection, id: VisitId): Selection {
  const ids = selection.ids.includes(id)
    ? selection.ids.filter((other) => other !== id)
    : [...selection.ids, id]
  return { ids, anchor: id }
}

/** From the anchor to `id` in the order shown. Without an anchor in sight it selects `id` alone. */
export function extended(selection: Selection, id: VisitId, order: readonly VisitId[]): Selection {
  const from = selection.anchor ? order.indexOf(selection.anchor) : -1
  const to = order.indexOf(id)
  if (from < 0 || to < 0) return { ids: [...new Set([...selection.ids, id])], anchor: id }
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1)
  return { ...selection, ids: [...new Set([...selection.ids, ...range])] }
}

/** Head checkbox: everything in sight, or nobody when all of it is selected already. */
export function allInSight(selection: Selection, order: readonly VisitId[]): Selection {
  const all = order.length > 0 && order.every((id) => selection.ids.includes(id))
  return all ? NOBODY : { ...selection, ids: [...new Set([...selection.ids, ...order])] }
}
