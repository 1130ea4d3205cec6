import type { Place, VisitFilter, VisitId, VisitRow } from '@beckon/protocol'
import { ArrowLeft, PanelRight, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTopic } from '../../live/use-topic.ts'
import { Flag } from '../../parts/flag.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { lettersAreOff } from '../../preferences/use-preferences.ts'
import type { VisitorDoing } from '../actions-menu.tsx'
import { Duration, VisitorName } from '../cells.tsx'
import { LocalTime } from '../details/local-time.tsx'
import { InvitationStateView } from '../invitation-state.tsx'
import { MainAct } from '../main-act.tsx'
import { STATUS_WORDS, StatusMark } from '../status-mark.tsx'
import { useSites } from '../use-sites.ts'
import { pathOf, placeWords } from '../visitor-words.ts'
import { narrowed } from './narrowed.ts'

type PlaceCardProps = {
  places: readonly Place[]
  filter: VisitFilter
  doing: VisitorDoing
  onClose: () => void
}

const MOST_KEYS = 30
const MOST_SHOWN = 50

/** Who is at a place of the map: one visitor at once, several as a list to choose from (S15, S16). */
export function PlaceCard({ places, filter, doing, onClose }: PlaceCardProps) {
  const [chosen, setChosen] = useState<VisitId>()
  const card = useRef<HTMLDivElement>(null)
  const keys = places.slice(0, MOST_KEYS).map(({ key }) => key)
  const { state } = useTopic<'window'>({
    topic: 'window',
    filter: narrowed(filter, { field: 'place', op: 'in', value: keys.join(',') }),
    sort: { by: 'duration', dir: 'desc' },
    offset: 0,
    limit: MOST_SHOWN,
  })
  // Also when one was chosen: the line that had the focus is gone.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => card.current?.focus(), [chosen])

  const rows = state?.order.map((id) => state.rows[id]).filter((row) => row !== undefined) ?? []
  const only = rows.length === 1 ? rows[0] : undefined
  const row = only ?? rows.find(({ id }) => id === chosen)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a section would need no role but is not focusable
    <div
      ref={card}
      role="region"
      aria-label={row ? row.who.text : 'Visitors here'}
      tabIndex={-1}
      onPointerDown={(event) => event.stopPropagation()}
      onWheel={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape') onClose()
        const { altKey, ctrlKey, metaKey } = event
        if (!row || altKey || ctrlKey || metaKey || lettersAreOff()) return
        const act = { i: doing.invite, o: doing.openChat, w: doing.withdraw, c: doing.copyLink }
        act[event.key as keyof typeof act]?.([row])
      }}
      className="pointer-events-auto flex max-h-80 min-h-0 w-[268px] animate-fade flex-col rounded-menu bg-popover p-3.5 shadow-menu outline-none"
    >
      {row ? (
        <One
          row={row}
          doing={doing}
          onClose={onClose}
          {...(!only && { onBack: () => setChosen(undefined) })}
        />
      ) : (
        <>
          <div className="flex items-center justify-between gap-2">
            <p className="font-semibold">
              {state
                ? `${state.total} ${state.total === 1 ? 'visitor' : 'visitors'} here`
                : 'Looking…'}
            </p>
            <IconButton
              label="Close"
              kbd="Esc"
              icon={<X size={15} aria-hidden />}
              onClick={onClose}
            />
          </div>
          {state?.total === 0 && <p className="text-text-2">They have just left this place.</p>}
          <ul className="-mx-1.5 mt-1 min-h-0 overflow-y-auto">
            {rows.map((one) => (
              <li key={one.id}>
                <button
                  type="button"
                  onClick={() => setChosen(one.id)}
                  className="ring-inside flex w-full items-center gap-2 rounded-item px-1.5 py-1 text-start hover:bg-hover"
                >
                  <StatusMark status={one.status} />
                  <span className="min-w-0 flex-1">
                    <VisitorName row={one} />
                    <span className="block truncate text-[11.5px] leading-4 text-text-3">
                      {one.title || pathOf(one.url)}
                    </span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

type OneProps = { row: VisitRow; doing: VisitorDoing; onClose: () => void; onBack?: () => void }

function One({ row, doing, onClose, onBack }: OneProps) {
  const site = useSites().get(row.siteId)
  const { state: visit } = useTopic<'visit'>({ topic: 'visit', visitId: row.id })
  return (
    <>
      <div className="flex items-center gap-2">
        {onBack && (
          <IconButton
            label="Back to all here"
            icon={<ArrowLeft size={15} aria-hidden />}
            onClick={onBack}
          />
        )}
        <span className="min-w-0 flex-1 text-[14px] font-semibold">
          <VisitorName row={row} />
        </span>
        <span className="inline-flex flex-none items-center gap-1.5 text-small text-text-2">
          <StatusMark status={row.status} />
          {STATUS_WORDS[row.status]}
        </span>
        <IconButton label="Close" kbd="Esc" icon={<X size={15} aria-hidden />} onClick={onClose} />
      </div>
      <p className="mt-0.5 flex gap-1.5 text-small text-text-3">
        <span className="mt-0.5">
          <Flag country={row.country} />
        </span>
        <span className="dotted min-w-0">
          <span>{placeWords(row)}</span>
          <LocalTime timeZone={visit?.timeZone} />
        </span>
      </p>
      <div className="my-2.5 rounded-input bg-canvas px-2.5 py-2">
        <p className="truncate font-medium" title={row.title}>
          {row.title || pathOf(row.url)}
        </p>
        <p className="truncate text-small text-text-3 tabular-nums">
          {site && `${site.name} · `}
          {row.hits} {row.hits === 1 ? 'page' : 'pages'} · <Duration row={row} /> on the site
        </p>
      </div>
      {(row.invitation || row.chat) && (
        <div className="mb-2.5 flex min-w-0">
          <InvitationStateView of={row} />
        </div>
      )}
      <MainAct row={row} doing={doing}>
        <IconButton
          edge
          label="Open details"
          className="size-[30px]"
          icon={<PanelRight size={16} aria-hidden />}
          onClick={() => doing.view([row])}
        />
      </MainAct>
    </>
  )
}
