import { type Condition, LIMITS, type VisitFilter } from '@beckon/protocol'

/**
 * The filter with one more condition that must hold. Of alternatives (“any”) nothing can be asked
 * on top, so there the new condition stands alone: it may show more people, never fewer.
 */
export function narrowed(filter: VisitFilter, condition: Condition): VisitFilter {
  const bots = filter.bots && { bots: true }
  if (filter.match === 'any' && filter.conditions.length > 1) {
    return { match: 'all', conditions: [condition], ...bots }
  }
  return {
    match: 'all',
    conditions: [...filter.conditions, condition].slice(-LIMITS.conditions),
    ...bots,
  }
}
