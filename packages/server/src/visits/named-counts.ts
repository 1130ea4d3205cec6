import type { BrandId, VisitFilter } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import type { Unsubscribe } from '../realtime/bus.ts'
import { compileFilter } from './filter.ts'
import { createFilterCount } from './filter-count.ts'
import type { Lists } from './lists.ts'
import type { Visit } from './live.ts'

export type NamedFilter = { readonly id: string; readonly filter: VisitFilter }
/** Who knows which filters to count for whom. */
export type NamedFilters = {
  of(actor: AgentActor): readonly NamedFilter[]
  onChange(listener: () => void): Unsubscribe
}

/** The counts one subscriber is told beside the totals, each shared with all who count the same. */
export function createNamedCounts(share: Lists['share']) {
  const held = new Map<string, { key: string; count: Count; release(): void }>()

  return {
    /** Counts these from now on; what was counted before and still is, goes on. */
    count(named: readonly NamedFilter[]): void {
      const wanted = new Map(named.map(({ id, filter }) => [id, filter]))
      const before = new Map(held)
      held.clear()
      for (const [id, filter] of wanted) {
        const key = `count ${JSON.stringify(filter)}`
        const known = before.get(id)
        if (known?.key === key) {
          held.set(id, known)
          before.delete(id)
          continue
        }
        const { thing, release } = share(key, () => createFilterCount(compileFilter(filter)))
        held.set(id, { key, count: thing, release })
      }
      for (const { release } of before.values()) release()
    },
    of(brands: ReadonlySet<BrandId>, extras: readonly Visit[]): Record<string, number> {
      return Object.fromEntries([...held].map(([id, { count }]) => [id, count.of(brands, extras)]))
    },
    close(): void {
      for (const { release } of held.values()) release()
      held.clear()
    },
  }
}
type Count = ReturnType<typeof createFilterCount>
