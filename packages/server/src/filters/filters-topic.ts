import type { FilterId, FiltersEvent, FiltersState, SavedFilter } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { worksWithVisitors } from '../agents/rights.ts'
import type { Directory } from '../directory/directory.ts'
import type { TopicDoor } from '../realtime/doors.ts'
import { Refusal } from '../refusal.ts'
import type { Filters } from './filters.ts'
import { viewOf } from './saved-filter.ts'

/** The filters an agent has and how they arranged them, told to every console of theirs. */
export function createFiltersTopic(deps: {
  filters: Filters
  directory: Directory
}): TopicDoor<'filters'> {
  const { filters, directory } = deps

  function read(actor: AgentActor): FiltersState {
    const { hidden, order } = filters.arrangementOf(actor.agentId)
    const views = filters.seenBy(actor).map((filter) => viewOf(filter, actor, directory.now))
    return {
      filters: Object.fromEntries(views.map((view) => [view.id, view])) as FiltersState['filters'],
      hidden: [...hidden],
      order: [...order],
    }
  }

  return {
    async open(actor, _params, out) {
      if (!worksWithVisitors(actor)) throw new Refusal('not_allowed', 'Filters are for agents.')
      let told = read(actor)
      const tell = () => {
        const now = read(actor)
        const event = difference(told, now)
        told = now
        if (event) out.emit(event)
      }
      const closers = [filters.onChange(tell), directory.onChange(tell)]
      return {
        state: told,
        close() {
          for (const close of closers) close()
        },
      }
    },
  }
}

function difference(before: FiltersState, after: FiltersState): FiltersEvent | undefined {
  const event: FiltersEvent = {}
  const set = Object.values<SavedFilter>(after.filters).filter(
    (filter) => !same(before.filters[filter.id], filter),
  )
  const drop = Object.keys(before.filters).filter((id) => !(id in after.filters)) as FilterId[]
  if (set.length > 0) event.set = set
  if (drop.length > 0) event.drop = drop
  if (!same(before.hidden, after.hidden)) event.hidden = after.hidden
  if (!same(before.order, after.order)) event.order = after.order
  return Object.keys(event).length > 0 ? event : undefined
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
