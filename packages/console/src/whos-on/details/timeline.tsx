import type { Identified, VisitorState, VisitState } from '@beckon/protocol'
import {
  DoorOpen,
  FileText,
  LogIn,
  type LucideIcon,
  MessageCirclePlus,
  NotebookPen,
  UserRound,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../../parts/button.tsx'
import { clockTime } from '../../parts/durations.ts'
import { useNow } from '../../server-clock.ts'
import { pathOf } from '../visitor-words.ts'
import { InvitationItem } from './invitations-list.tsx'
import { NoteItem } from './notes-list.tsx'
import { ChatLink } from './past-chats.tsx'
import { MoreVisits, PastVisitItem, type PastVisitsView } from './past-visits.tsx'
import { type TimelineItem, timelineItems } from './timeline-items.ts'
import { countWords, whenWords } from './times.ts'

type TimelineProps = {
  state: VisitState
  record: VisitorState | undefined
  past: PastVisitsView
}

/** Pages, invitations, chats, notes and names in one stream, newest first, live. */
export function Timeline({ state, record, past }: TimelineProps) {
  const more = past.visits.hasNextPage || past.visits.isPending
  const items = timelineItems({ state, record, past: past.others, more })
  const hidden = state.row.hits - state.pages.length
  return (
    <div className="px-4 py-3.5">
      <ol aria-label="Time line">
        {items.map((item) => (
          <li key={`${item.kind} ${item.key}`} className="flex gap-2.5 pb-3">
            <Entry item={item} here={record?.here?.visitId} />
          </li>
        ))}
      </ol>
      {hidden > 0 && (
        <p className="text-small text-text-3">
          {countWords(hidden, 'earlier page')} of this visit: see Pages.
        </p>
      )}
      {past.visits.isError && (
        <p className="flex items-center gap-3 text-small text-text-3">
          Earlier visits could not be read.
          <Button size={26} onClick={() => void past.visits.refetch()}>
            Try again
          </Button>
        </p>
      )}
      <MoreVisits visits={past.visits} />
    </div>
  )
}

/** Chats and visits bring a mark of their own. */
const ICONS: Readonly<Partial<Record<TimelineItem['kind'], LucideIcon>>> = {
  began: LogIn,
  left: DoorOpen,
  page: FileText,
  invitation: MessageCirclePlus,
  note: NotebookPen,
  identified: UserRound,
}

function Entry({ item, here }: { item: TimelineItem; here: string | undefined }) {
  const Icon = ICONS[item.kind]
  return (
    <>
      {Icon && <Icon size={14} aria-hidden className="mt-0.5 flex-none text-text-3" />}
      <div className="min-w-0 flex-1">
        <Body item={item} here={here} />
      </div>
    </>
  )
}

function Body({ item, here }: { item: TimelineItem; here: string | undefined }) {
  switch (item.kind) {
    case 'began':
      return <Line words="Came to the site" at={item.at} />
    case 'left':
      return <Line words="Left" at={item.at} />
    case 'page': {
      const path = pathOf(item.page.url)
      return (
        <Line
          words={item.page.title || path}
          second={[path, item.page.stayed !== undefined && `${clockTime(item.page.stayed)} on it`]
            .filter(Boolean)
            .join(' · ')}
          at={item.at}
        />
      )
    }
    case 'identified':
      return (
        <Line
          words={
            <>
              The page named them <bdi>{namesIn(item.identified)}</bdi>
            </>
          }
          at={item.at}
        />
      )
    case 'invitation':
      return <InvitationItem invitation={item.invitation} />
    case 'note':
      return <NoteItem note={item.note} />
    case 'chat':
      return (
        <div className="-mx-2 -mt-1.5">
          <ChatLink chat={item.chat} />
        </div>
      )
    case 'visit':
      return (
        <div className="-mx-2 -mt-1.5">
          <PastVisitItem visit={item.visit} here={item.visit.id === here} />
        </div>
      )
  }
}

function Line({ words, second, at }: { words: ReactNode; second?: string; at: number }) {
  const now = useNow()
  return (
    <p className="flex justify-between gap-2 select-text">
      <span className="min-w-0 break-words">
        {words}
        {second && (
          <span className="block truncate text-[11.5px] text-text-3" title={second}>
            {second}
          </span>
        )}
      </span>
      <span className="flex-none text-small text-text-3 tabular-nums">{whenWords(at, now)}</span>
    </p>
  )
}

const namesIn = ({ displayName, username, email }: Identified): string =>
  [displayName, username, email].filter(Boolean).join(' · ')
