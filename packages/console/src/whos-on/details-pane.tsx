import type { VisitId, VisitState } from '@beckon/protocol'
import { X } from 'lucide-react'
import { useState } from 'react'
import { ColleaguesHere } from '../colleagues/colleagues-line.tsx'
import { useAttention } from '../colleagues/use-colleagues.ts'
import { useTopic } from '../live/use-topic.ts'
import { cx } from '../parts/class-names.ts'
import { Empty } from '../parts/empty.tsx'
import { Flag } from '../parts/flag.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { useNow } from '../server-clock.ts'
import { ActionsMenu, type VisitorDoing } from './actions-menu.tsx'
import { Verified } from './cells.tsx'
import { ordinal, timeOfDay } from './clock-words.ts'
import { InvitationStateView } from './invitation-state.tsx'
import { MainAct } from './main-act.tsx'
import { PagesLine } from './pages-line.tsx'
import { Summary } from './summary.tsx'
import { placeWords } from './visitor-words.ts'

type VisitPaneProps = {
  visitId: VisitId
  /** Without it the pane only tells, as beside a chat. */
  doing?: VisitorDoing
  onClose?: () => void
}

/** Everything about one visit, live (UI §5.3). */
export function VisitPane({ visitId, doing, onClose }: VisitPaneProps) {
  const { state, refused } = useTopic<'visit'>({ topic: 'visit', visitId })
  useAttention('looking', doing ? [visitId] : [])
  return (
    <aside
      aria-label="Visitor"
      className="flex w-[318px] flex-none flex-col overflow-hidden border-s border-line text-text max-lg:absolute max-lg:inset-y-0 max-lg:end-0 max-lg:z-20 max-lg:bg-surface max-lg:shadow-menu max-md:w-full"
    >
      {refused && !state ? (
        <>
          <div className="flex justify-end p-3">{onClose && <Close onClose={onClose} />}</div>
          <Empty
            fact="Not there"
            next="This visitor is not in any of your brands, or has been removed."
          />
        </>
      ) : state ? (
        <Loaded state={state} {...(doing && { doing })} {...(onClose && { onClose })} />
      ) : (
        <Waiting />
      )}
    </aside>
  )
}

type LoadedProps = { state: VisitState; doing?: VisitorDoing; onClose?: () => void }

function Loaded({ state, doing, onClose }: LoadedProps) {
  const { row, gone } = state
  const [tab, setTab] = useState<'summary' | 'pages'>('summary')
  const place = placeWords(row)
  return (
    <>
      <header className="flex flex-none flex-col gap-3 px-4 pt-3.5">
        <div className="flex items-start gap-1">
          <div className="min-w-0 flex-1">
            <h2 className="flex items-center gap-1.5 text-[14.5px] leading-5 font-semibold">
              <span className="truncate select-text" title={row.who.text}>
                {row.who.text}
              </span>
              {row.who.verified && <Verified />}
            </h2>
            <p className="mt-0.5 text-small text-text-3">
              {row.country && (
                <span className="me-1.5 inline-block align-[-1px] leading-none">
                  <Flag country={row.country} />
                </span>
              )}
              {[place, visitWords(row.visitNumber)].filter(Boolean).join(' · ')}
              <LocalTime timeZone={state.timeZone} />
            </p>
          </div>
          {onClose && <Close onClose={onClose} />}
        </div>
        {gone ? (
          <p className="rounded-item bg-gray-soft px-3 py-1.5 text-small text-gray-text">
            The visitor has left. This is how it was.
          </p>
        ) : (
          <>
            {(row.invitation || row.chat) && (
              <div className="flex min-w-0 rounded-item bg-canvas px-3 py-1.5">
                <InvitationStateView of={row} />
              </div>
            )}
            {doing && (
              <MainAct row={row} doing={doing}>
                <ActionsMenu rows={[row]} doing={doing} />
              </MainAct>
            )}
            {doing && <ColleaguesHere visitorId={row.visitorId} />}
          </>
        )}
      </header>
      <Tabs tab={tab} onTab={setTab} pages={state.pages.length} />
      <div
        role="tabpanel"
        aria-label={tab === 'summary' ? 'Summary' : 'Pages'}
        className="min-h-0 flex-1 overflow-y-auto pb-6"
      >
        {tab === 'summary' && <Summary state={state} />}
        <PagesLine state={state} />
      </div>
    </>
  )
}

const visitWords = (visitNumber: number): string =>
  visitNumber > 1 ? `${ordinal(visitNumber)} visit` : 'New visitor'

const HOUR = 3_600_000

/** The visitor's own time of day, only where it differs from the agent's by an hour or more. */
function LocalTime({ timeZone }: { timeZone: string | undefined }) {
  const now = useNow()
  if (!timeZone || timeOfDay(now, timeZone) === timeOfDay(now)) return null
  const own = minutesOfDay(now)
  const theirs = minutesOfDay(now, timeZone)
  if (Math.abs(own - theirs) * 60_000 < HOUR) return null
  return ` · ${timeOfDay(now, timeZone)} there`
}

function minutesOfDay(now: number, timeZone?: string): number {
  const [hours = 0, minutes = 0] = timeOfDay(now, timeZone).split(':').map(Number)
  return hours * 60 + minutes
}

const Close = ({ onClose }: { onClose: () => void }) => (
  <IconButton label="Close" kbd="Esc" icon={<X size={16} aria-hidden />} onClick={onClose} />
)

type TabsProps = {
  tab: 'summary' | 'pages'
  onTab: (tab: 'summary' | 'pages') => void
  pages: number
}

function Tabs({ tab, onTab, pages }: TabsProps) {
  const one = (id: 'summary' | 'pages', words: string) => (
    <button
      type="button"
      role="tab"
      aria-selected={tab === id}
      tabIndex={tab === id ? 0 : -1}
      onClick={() => onTab(id)}
      className={cx(
        'ring-inside -mb-px h-9 border-b-2 text-base whitespace-nowrap',
        tab === id
          ? 'border-accent font-semibold text-text'
          : 'border-transparent text-text-2 hover:text-text',
      )}
    >
      {words}
    </button>
  )
  return (
    <div
      role="tablist"
      aria-label="Visitor"
      className="mt-2 flex flex-none gap-4 border-b border-line px-4"
      onKeyDown={(event) => {
        if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
        onTab(tab === 'summary' ? 'pages' : 'summary')
        const other = event.currentTarget.querySelector<HTMLElement>('[aria-selected="false"]')
        other?.focus()
      }}
    >
      {one('summary', 'Summary')}
      {one('pages', `Pages ${pages}`)}
    </div>
  )
}

const Waiting = () => (
  <div className="flex flex-col gap-3 p-4" aria-busy="true">
    <span className="h-4 w-40 rounded-full bg-sunken" />
    <span className="h-3 w-28 rounded-full bg-sunken" />
    <span className="h-8 rounded-button bg-sunken" />
  </div>
)
