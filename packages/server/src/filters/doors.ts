import type { AgentActor } from '../agents/actor.ts'
import type { Directory } from '../directory/directory.ts'
import type { AgentDoors, TopicDoors } from '../realtime/doors.ts'
import type { Filters } from './filters.ts'
import { createFiltersTopic } from './filters-topic.ts'

/** What consoles ask of filters, and follow. */
export function createFilterDoors({
  filters,
  directory,
}: {
  filters: Filters
  directory: Directory
}) {
  return {
    agentDoors: {
      'filter.save': filters.save,
      'filter.delete': filters.remove,
      'filters.arrange': filters.arrange,
    } satisfies AgentDoors,
    topics: { filters: createFiltersTopic({ filters, directory }) } satisfies TopicDoors,
    /** Those whose numbers stand beside their names: all an agent sees and does not hide. */
    counted: {
      of(actor: AgentActor) {
        const { hidden } = filters.arrangementOf(actor.agentId)
        return filters
          .seenBy(actor)
          .filter(({ id, standsFor }) => !hidden.includes(standsFor ?? id))
      },
      onChange: filters.onChange,
    },
  }
}
