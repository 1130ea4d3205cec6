import type { VisitId, VisitorState, VisitRow, VisitState } from '@beckon/protocol'
import { Link } from '@tanstack/react-router'
import { ColleaguesHere } from '../../colleagues/colleagues-line.tsx'
import { cx } from '../../parts/class-names.ts'
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
  visitId: VisitId
  row: VisitRow | undefined
  state: VisitState | undefined
  record: VisitorState | undefined
  /** Not known yet, but asked for. */
  recordComes: boolean
  doing?: VisitorDoing
  pinned?: boolean
  onPin?: (pinned: boolean) => void
  onClose?: () => void
}

/**
 * Who it is, from where, and the next sensible step. That step keeps its place: whatever comes and
 * goes stands below it, and what has not come yet has its room already.
 */
export function PaneHead(props: PaneHeadProps) {
  const { visitId, row, state, record, doing, pinned, onPin, onClose } = props
  const gone = state?.gone ?? false
  const over = gone || row?.status === 'removed'
  return (
    <header className="flex flex-none flex-col gap-2.5 px-4 pt-3.5">
      <div>
        <div className="flex items-center gap-1">
          <div className="min-w-0 flex-1">
            {row ? <Who row={row} /> : <Block className="my-0.5 h-4 w-40" />}
          </div>
          <span className="-my-1 -me-1.5 flex flex-none">
            <CopyVisitLink visitId={visitId} />
            {onPin && <PinPane pinned={pinned === true} onPin={onPin} />}
            {onClose && <ClosePane onClose={onClose} />}
          </span>
        </div>
        {row ? (
          <WhereFrom row={row} timeZone={over ? undefined : state?.timeZone} />
        ) : (
          <Block className="mt-[5px] mb-[3px] h-3 w-28" />
        )}
      </div>
      {doing && !row && <span className="h-[30px] rounded-button bg-sunken" />}
      {doing && row && !gone && (!over || row.chat) && (
        <MainAct row={row} doing={doing}>
          <ActionsMenu rows={[row]} doing={doing} />
        </MainAct>
      )}
      {over && state && <Left state={state} record={record} />}
      {row && !gone && (row.invitation || row.chat) && (
        <div className="flex min-w-0 rounded-item bg-canvas px-3 py-1.5">
          <InvitationStateView of={row} />
        </div>
      )}
      {row && !gone && doing && <ColleaguesHere visitorId={row.visitorId} />}
      {row && record ? (
        <VisitorTags visitorId={row.visitorId} tags={record.tags} />
      ) : (
        props.recordComes && <span className="h-6" />
      )}
    </header>
  )
}

const Who = ({ row: { who } }: { row: VisitRow }) => (
  <h2 className="flex items-center gap-1.5 text-[14.5px] leading-5 font-semibold">
    <span className="truncate select-text" title={who.text}>
      {who.text}
    </span>
    {who.verified && <Verified />}
    {/* What chats call them where addresses are not kept whole. */}
    {who.rung === 'ip' && who.next && (
      <span className="flex-none text-small font-normal text-text-3 select-text">{who.next}</span>
    )}
  </h2>
)

/** One line, however long what it says is. */
function WhereFrom({ row, timeZone }: { row: VisitRow; timeZone: string | undefined }) {
  const place = placeWords(row)
  return (
    <p className="dotted mt-0.5 flex-nowrap! text-small whitespace-nowrap text-text-3">
      {(row.country || row.city) && (
        <span className="min-w-0 truncate" title={place}>
          <span className="me-1.5 inline-block align-[-1px] leading-none">
            <Flag country={row.country} />
          </span>
          {place}
        </span>
      )}
      <span className="flex-none">{visitWords(row.visitNumber)}</span>
      <LocalTime timeZone={timeZone} />
    </p>
  )
}

/** Keeps the place of words that have not come yet. */
const Block = ({ className }: { className: string }) => (
  <span className={cx('block rounded-full bg-sunken', className)} />
)

/** The visit is over; what is known of it stays, and where the visitor is now if they came back. */
function Left({ state, record }: { state: VisitState; record: VisitorState | undefined }) {
  const { leftAt, row } = state
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
