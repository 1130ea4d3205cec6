import type { Condition, VisitFilter } from '@beckon/protocol'

const HERE: Condition = { field: 'status', op: 'is_not', value: 'removed' }

/**
 * Those of a filter with this in common who are on the site, as the map counts them: whoever has
 * just left has no pin any more.
 */
export const narrowed = (filter: VisitFilter, condition: Condition): VisitFilter => ({
  ...filter,
  and: [condition, HERE],
})
