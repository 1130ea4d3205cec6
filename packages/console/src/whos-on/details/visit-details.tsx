import type { Condition, VisitId, VisitRow, VisitState } from '@beckon/protocol'
import { lazy, Suspense, useId } from 'react'
import { useTopic } from '../../live/use-topic.ts'
import { Button } from '../../parts/button.tsx'
import type { VisitorDoing } from '../actions-menu.tsx'
import { AttributesList } from './attributes-list.tsx'
import { InvitationsList } from './invitations-list.tsx'
import { NoteItem, NotesList } from './notes-list.tsx'
import { PagesLine } from './pages-line.tsx'
import { PaneHead } from './pane-head.tsx'
import { PaneTabs } from './pane-tabs.tsx'
import { PastChats } from './past-chats.tsx'
import { PastVisits, usePastVisits } from './past-visits.tsx'
import { Summary } from './summary.tsx'
import { TAB_WORDS, type Tab } from './tabs.ts'
import { Timeline } from './timeline.tsx'

const VisitorMap = lazy(async () => ({
  default: (await import('./visitor-map.tsx')).VisitorMap,
}))

type VisitDetailsProps = {
  visitId: VisitId
  /** Undefined while nothing is known of them. */
  row: VisitRow | undefined
  /** Undefined until it has come. */
  state: VisitState | undefined
  tab: Tab
  onTab: (tab: Tab) => void
  doing?: VisitorDoing
  pinned?: boolean
  onPin?: (pinned: boolean) => void
  onClose?: () => void
  onFilterBy?: (condition: Condition) => void
}

/** Head and faces of the pane. What comes later fills places that are kept for it. */
export function VisitDetails(props: VisitDetailsProps) {
  const { visitId, row, state, tab, onTab, onFilterBy, ...rest } = props
  const visitorId = row?.visitorId
  const visitor = useTopic<'visitor'>(visitorId ? { topic: 'visitor', visitorId } : null)
  const record = visitor.state
  const past = usePastVisits(row, state?.gone ?? false)
  const panelId = useId()
  const atLeast = (list: 'notes' | 'chats') =>
    record && `${record[list].length}${record.more.includes(list) ? '+' : ''}`
  const counts = {
    pages: row?.hits,
    visits: past.total,
    chats: atLeast('chats'),
    invitations: state?.invitations.length,
    notes: atLeast('notes'),
  }
  const newest = record?.notes[0]
  return (
    <>
      <PaneHead
        visitId={visitId}
        row={row}
        state={state}
        record={record}
        recordComes={!visitor.refused}
        {...rest}
      />
      <PaneTabs tab={tab} onTab={onTab} counts={counts} panelId={panelId} />
      <div
        id={panelId}
        role="tabpanel"
        aria-label={TAB_WORDS[tab]}
        className="min-h-0 flex-1 overflow-y-auto pb-6"
      >
        {visitor.refused && !record && <NotRead again={visitor.again} />}
        {!state && <Waiting />}
        {state && tab === 'summary' && (
          <>
            {newest && (
              <div className="px-4 pt-3.5">
                <NoteItem key={newest.id} note={newest} />
                {record && record.notes.length > 1 && (
                  <button
                    type="button"
                    className="mt-1 text-small text-accent-text hover:underline"
                    onClick={() => onTab('notes')}
                  >
                    All {counts.notes} notes
                  </button>
                )}
              </div>
            )}
            <Summary state={state} {...(onFilterBy && { onFilterBy })} />
            <PagesLine state={state} />
          </>
        )}
        {state && tab === 'pages' && <PagesLine state={state} />}
        {state && tab === 'map' && (
          <Suspense fallback={<div className="m-4 h-[190px] rounded-menu bg-map-sea" aria-busy />}>
            <VisitorMap state={state} />
          </Suspense>
        )}
        {state && tab === 'visits' && <PastVisits past={past} here={record?.here} />}
        {state && tab === 'chats' && !(visitor.refused && !record) && <PastChats record={record} />}
        {state && tab === 'invitations' && <InvitationsList invitations={state.invitations} />}
        {state && tab === 'attributes' && <AttributesList state={state} record={record} />}
        {state && tab === 'notes' && (
          <NotesList key={visitorId} visitorId={state.row.visitorId} record={record} />
        )}
        {state && tab === 'timeline' && <Timeline state={state} record={record} past={past} />}
      </div>
    </>
  )
}

const Waiting = () => (
  <div className="flex flex-col gap-3 px-4 py-4.5" aria-busy="true">
    {['w-40', 'w-52', 'w-28', 'w-44'].map((width) => (
      <span key={width} className={`h-3 rounded-full bg-sunken ${width}`} />
    ))}
  </div>
)

/** The visit is here, what is known of its visitor is not. */
const NotRead = ({ again }: { again: () => void }) => (
  <div
    role="alert"
    className="mx-4 mt-3.5 flex items-center gap-3 rounded-item bg-amber-soft px-3 py-1.5"
  >
    <p className="min-w-0 flex-1 text-small text-amber-text">
      Notes, tags and chats could not be read.
    </p>
    <Button size={26} onClick={again}>
      Try again
    </Button>
  </div>
)
