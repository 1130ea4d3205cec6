import type { Condition, VisitId, VisitRow } from '@beckon/protocol'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAttention } from '../../colleagues/use-colleagues.ts'
import { useTopic } from '../../live/use-topic.ts'
import { Button } from '../../parts/button.tsx'
import { Empty } from '../../parts/empty.tsx'
import { PHONE, useMedia } from '../../parts/use-media.ts'
import { meQuery } from '../../queries.ts'
import type { VisitorDoing } from '../actions-menu.tsx'
import { ClosePane } from './pane-buttons.tsx'
import { ResizeEdge } from './resize-edge.tsx'
import type { Tab } from './tabs.ts'
import { usePaneWidth } from './use-pane-width.ts'
import { VisitDetails } from './visit-details.tsx'

type VisitPaneProps = {
  visitId: VisitId
  /** What the list knows already: who it is and what can be done, before everything else has come. */
  known?: VisitRow | undefined
  /** Without it the pane only tells, as beside a chat. */
  doing?: VisitorDoing
  pinned?: boolean
  onPin?: (pinned: boolean) => void
  onClose?: () => void
  /** Shows those alone who have this in common with the visitor. */
  onFilterBy?: (condition: Condition) => void
}

/** Everything about one visit and its visitor, live (UI §5.3). */
export function VisitPane({ visitId, known, doing, ...rest }: VisitPaneProps) {
  const { data: me } = useSuspenseQuery(meQuery)
  const [width, setWidth] = usePaneWidth(me.agent.id)
  // Whoever goes through the list looks at the same face of each visitor.
  const [tab, setTab] = useState<Tab>('summary')
  const phone = useMedia(PHONE)
  const { state, refused, again } = useTopic<'visit'>({ topic: 'visit', visitId })
  useAttention('looking', doing ? [visitId] : [])
  const { onClose } = rest
  return (
    <aside
      aria-label="Visitor"
      style={phone ? undefined : { width }}
      className="relative flex max-w-full flex-none flex-col border-s border-line text-text max-lg:absolute max-lg:inset-y-0 max-lg:end-0 max-lg:z-20 max-lg:bg-surface max-lg:shadow-menu max-md:w-full"
    >
      <ResizeEdge width={width} onWidth={setWidth} />
      {refused && !state ? (
        <>
          <div className="flex justify-end p-3">{onClose && <ClosePane onClose={onClose} />}</div>
          {refused.code === 'not_found' ? (
            <Empty
              fact="Not there"
              next="This visitor is not in any of your brands, or has been removed."
            />
          ) : (
            <Empty
              fact="This visitor could not be read"
              next={refused.message}
              actions={<Button onClick={again}>Try again</Button>}
            />
          )}
        </>
      ) : (
        <VisitDetails
          key={visitId}
          visitId={visitId}
          row={state?.row ?? known}
          state={state}
          tab={tab}
          onTab={setTab}
          {...(doing && { doing })}
          {...rest}
        />
      )}
    </aside>
  )
}
