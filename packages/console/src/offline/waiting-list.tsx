import type { AgentId, OfflineState } from '@beckon/protocol'
import { Empty } from '../parts/empty.tsx'
import { OfflineItem } from './offline-item.tsx'
import { sectionsOf } from './offline-lists.ts'

type WaitingListProps = { state: OfflineState; agentId: AgentId }

/** What waits for somebody, live. */
export function WaitingList({ state, agentId }: WaitingListProps) {
  const sections = sectionsOf(state, agentId)
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto px-2 pb-3">
      {sections.length === 0 && (
        <Empty
          fact="No message waits"
          next="What visitors leave while nobody can chat comes here, and by mail."
        />
      )}
      {sections.map((section) => (
        <section key={section.name} aria-label={section.name} className="mb-2">
          <h2 className="flex justify-between px-2.5 py-1 text-micro font-medium text-text-3">
            {section.name}
            <span className="tabular-nums">{section.rows.length}</span>
          </h2>
          <div className="flex flex-col gap-0.5">
            {section.rows.map((row) => (
              <OfflineItem key={row.id} row={row} agentId={agentId} />
            ))}
          </div>
        </section>
      ))}
    </div>
  )
}
