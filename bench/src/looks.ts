import type { Condition, Sort, VisitFilter } from '@beckon/protocol'
import type { SimulatedAgent } from './simulated-agent.ts'

const SORTS: readonly Sort[] = [
  { by: 'idle', dir: 'asc' },
  { by: 'started', dir: 'desc' },
  { by: 'title', dir: 'asc' },
  { by: 'hits', dir: 'desc' },
  { by: 'country', dir: 'asc' },
]
const CONDITIONS: readonly Condition[] = [
  { field: 'hits', op: 'greater', value: '1' },
  { field: 'url', op: 'contains', value: '/bikes' },
  { field: 'viewed', op: 'contains', value: 'cart' },
  { field: 'duration', op: 'greater', value: '20' },
]

/** What the n-th agent looks at: no two of the first twenty look at the same. */
function lookOf(index: number): { filter: VisitFilter; sort: Sort } {
  const condition = CONDITIONS[index % CONDITIONS.length] as Condition
  return {
    filter: { match: 'all', conditions: index === 0 ? [] : [condition] },
    sort: SORTS[index % SORTS.length] as Sort,
  }
}

/** A console with Who's On open: a window of 100 rows and the totals. */
export function watchList(
  agent: SimulatedAgent,
  index: number,
  onFrame: (interval: number) => void,
): void {
  agent.watch<'window'>(
    { topic: 'window', ...lookOf(index), offset: 0, limit: 100 },
    ({ snapshot, event }) => onFrame((event ?? snapshot)?.interval ?? 0),
  )
  agent.watch<'counts'>({ topic: 'counts' }, () => {})
}
