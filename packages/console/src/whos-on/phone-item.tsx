import type { VisitRow } from '@beckon/protocol'
import { Flag } from '../parts/flag.tsx'
import { type CellContext, Duration, VisitorName } from './cells.tsx'
import { InvitationStateView } from './invitation-state.tsx'
import { STATUS_WORDS, StatusMark } from './status-mark.tsx'
import { countryName, pathOf } from './visitor-words.ts'

/** Height of a visitor on a phone: a thumb's worth, in two lines. */
export const PHONE_ROW = 58

/** One visitor where there is no room for columns: who and where from, then where and how it stands. */
export function PhoneItem({ row, context }: { row: VisitRow; context: CellContext }) {
  return (
    <span className="flex min-w-0 flex-col gap-0.5">
      <span className="flex min-w-0 items-center gap-2">
        <StatusMark status={row.status} />
        <span className="sr-only">{STATUS_WORDS[row.status]}</span>
        <span className="min-w-0 flex-1">
          <VisitorName row={row} />
        </span>
        <Flag country={row.country} />
        <span className="sr-only">{countryName(row.country)}</span>
        <span className="min-w-11 text-end text-text-2 tabular-nums">
          <Duration row={row} limits={context.limits} />
        </span>
      </span>
      <span className="flex min-w-0 items-center gap-2 ps-4 text-small text-text-3">
        <span className="min-w-0 flex-1 truncate">{row.title || pathOf(row.url)}</span>
        <InvitationStateView of={row} />
      </span>
    </span>
  )
}
