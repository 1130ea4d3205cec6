import type { VisitorState, VisitState } from '@beckon/protocol'
import { Link } from '@tanstack/react-router'
import { ColleaguesHere } from '../../colleagues/colleagues-line.tsx'
import { Flag } from '../../parts/flag.tsx'
import { useNow } from '../../server-clock.ts'
import { ActionsMenu, type VisitorDoing } from '../actions-menu.tsx'
import { Verified } from '../cells.tsx'
import { agoSentence, ordinal } from '../clock-words.ts'
import { InvitationStateView } from '../invitation-state.tsx'
import { MainAct } from '../main-act.tsx'
import { placeWords } from '../visitor-words.ts'
import { LocalTime } from './local-time.tsx'
import { ClosePane, CopyVisitLink, PinPane } from './pane-buttons.tsx'
import { VisitorTags } from './visitor-tags.tsx'

type PaneHeadProps = {
  state: VisitState
  record: VisitorState | undefined
  doing?: VisitorDoing
  pinned?: boolean
  onPin?: (pinned: boolean) => void
  onClose?: () => void
}

/** Who it is, from where, and the next sensible step. */
export function PaneHead({ state, record, doing, pinned, onPin, onClose }: PaneHeadProps) {
  const { row, gone } = state
  const over = gone || row.status === 'removed'
  return (
    <header className="flex flex-none flex-col gap-2.5 px-4 pt-3.5">
      <div className="flex items-start gap-1">
        <div className="min-w-0 flex-1">
          <h2 className="flex items-center gap-1.5 text-[14.5px] leading-5 font-semibold">
            <span className="truncate select-text" title={row.who.text}>
              {row.who.text}
            </span>
            {row.who.verified && <Verified />}
          </h2>
          <p className="dotted mt-0.5 text-small text-text-3">
            {(row.country || row.city) && (
              <span>
                <span className="me-1.5 inline-block align-[-1px] leading-none">
                  <Flag country={row.country} />
                </span>
                {placeWords(row)}
              </span>
            )}
            <span>{visitWords(row.visitNumber)}</span>
            {!over && <LocalTime timeZone={state.timeZone} />}
          </p>
        </div>
        <span className="-me-1.5 flex flex-none">
          <CopyVisitLink visitId={row.id} />
          {onPin && <PinPane pinned={pinned === true} onPin={onPin} />}
          {onClose && <ClosePane onClose={onClose} />}
        </span>
      </div>
      {over && <Left state={state} record={record} />}
      {!gone && (row.invitation || row.chat) && (
        <div className="flex min-w-0 rounded-item bg-canvas px-3 py-1.5">
          <InvitationStateView of={row} />
        </div>
      )}
      {!gone && doing && (!over || row.chat) && (
        <MainAct row={row} doing={doing}>
          <ActionsMenu rows={[row]} doing={doing} />
        </MainAct>
      )}
      {!gone && doing && <ColleaguesHere visitorId={row.visitorId} />}
      {record && <VisitorTags visitorId={row.visitorId} tags={record.tags} />}
    </header>
  )
}

/** The visit is over; what is known of it stays, and where the visitor is now if they came back. */
function Left({ state: { leftAt, row }, record }: Pick<PaneHeadProps, 'state' | 'record'>) {
  const now = useNow()
  const here = record?.here
  return (
    <p className="rounded-item bg-gray-soft px-3 py-1.5 text-small text-gray-text">
      No longer on the site. Left {leftAt === undefined ? 'a while ago' : agoSentence(now - leftAt)}
      .
      {here && here.visitId !== row.id && (
        <>
          {' '}
          <Link
            to="/whos-on"
            search={{ visit: here.visitId }}
            className="font-medium text-accent-text hover:underline"
          >
            Back on the site now
          </Link>
        </>
      )}
    </p>
  )
}

const visitWords = (visitNumber: number): string =>
  visitNumber > 1 ? `${ordinal(visitNumber)} visit` : 'New visitor'
