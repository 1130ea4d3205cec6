import type { AgentId, ChatRow } from '@beckon/protocol'
import { Link } from '@tanstack/react-router'
import { Ear } from 'lucide-react'
import type { ReactNode } from 'react'
import { Avatar } from '../parts/avatar.tsx'
import { cx } from '../parts/class-names.ts'
import { clockTime, shortAge, timeOfDay } from '../parts/durations.ts'
import { initialsOf, tintOf } from '../parts/initials.ts'
import { useNow } from '../server-clock.ts'
import { unreadIn, waits, waitsSince } from './chat-lists.ts'

/** Words as old as this have a time instead of “now”. */
const NOW_MS = 60_000

type ChatItemProps = {
  chat: ChatRow
  agentId: AgentId
  /** A longer wait turns amber; nobody waits in a chat that has ended. */
  goalMs?: number
  draft?: boolean
  /** Something to do with it, beside the link: shown under the pointer, in focus, and on touch. */
  act?: ReactNode
  /** The words that were searched for, where they stand. */
  found?: ReactNode
}

/** Name, last words, wait or time, unread, colleague. */
export function ChatItem({ chat, agentId, goalMs = NOW_MS, draft, act, found }: ChatItemProps) {
  const theirs = chat.state !== 'queued' && chat.agentId !== agentId
  const unread = unreadIn(chat)
  return (
    <div className="group relative">
      <Link
        to="/chats/$chatId"
        params={{ chatId: chat.id }}
        className="ring-inside flex min-h-[52px] flex-col justify-center rounded-input px-2.5 py-1.5 hover:bg-hover aria-[current=page]:bg-accent-soft"
      >
        <span className="flex items-baseline gap-2">
          <span dir="auto" className="min-w-0 flex-1 truncate text-left font-medium">
            {chat.who.text}
          </span>
          <When chat={chat} goalMs={goalMs} />
        </span>
        <span className="flex items-center gap-2">
          <span
            className={cx(
              'min-w-0 flex-1 truncate',
              unread > 0 && chat.state === 'active' ? 'text-text' : 'text-text-2',
            )}
          >
            {!theirs && chat.whisper ? (
              <Whisper {...chat.whisper} />
            ) : draft && chat.unread === 0 && !chat.typing ? (
              <span className="text-amber-text">Draft: your words wait here</span>
            ) : (
              // Cut where it ends, whichever way it is written.
              <span dir="auto" className="block truncate text-left">
                {found ?? <Words chat={chat} />}
              </span>
            )}
          </span>
          {!theirs && unread > 0 && chat.state === 'active' && (
            <span className="flex h-[17px] min-w-[17px] items-center justify-center rounded-full bg-accent px-1 text-micro font-semibold text-on-accent tabular-nums">
              {unread}
              <span className="sr-only"> unread</span>
            </span>
          )}
          {theirs && chat.agentName && chat.agentId && (
            <Avatar
              name={chat.agentName}
              initials={initialsOf(chat.agentName)}
              tint={tintOf(chat.agentId)}
              size={18}
            />
          )}
        </span>
      </Link>
      {act && (
        <span className="absolute end-2 bottom-0.5 opacity-0 group-hover:opacity-100 group-focus-within:opacity-100 pointer-coarse:opacity-100">
          {act}
        </span>
      )}
    </div>
  )
}

/** For whoever answers, of a manager who looks on. */
const Whisper = ({ agentName, text }: NonNullable<ChatRow['whisper']>) => (
  <span className="text-amber-text">
    <Ear size={13} aria-hidden className="me-1 inline align-[-2px]" />
    {agentName} whispers: {text}
  </span>
)

type WhenProps = { chat: ChatRow; goalMs: number }

function When({ chat, goalMs }: WhenProps) {
  const now = useNow()
  const at =
    chat.state === 'queued' ? waitsSince(chat) : (chat.last?.at ?? chat.startedAt ?? chat.queuedAt)
  if (chat.state === 'ended') {
    return (
      <span className="text-small text-text-3 tabular-nums">{dated(chat.endedAt ?? at, now)}</span>
    )
  }
  const ms = Math.max(0, now - at)
  if (!waits(chat)) {
    return (
      <span className="text-small text-text-3 tabular-nums">
        {ms < NOW_MS ? 'now' : timeOfDay(at)}
      </span>
    )
  }
  return (
    <span
      className={cx(
        'text-small tabular-nums',
        ms >= goalMs ? 'font-medium text-amber-text' : 'text-text-3',
      )}
    >
      <span className="sr-only">waiting </span>
      {clockTime(ms)}
    </span>
  )
}

const DAY_MS = 86_400_000
const DATE = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' })

function dated(at: number, now: number): string {
  if (now - at < DAY_MS) return timeOfDay(at)
  if (now - at < 7 * DAY_MS) return `${shortAge(now - at)} ago`
  return DATE.format(at)
}

const Words = ({ chat }: { chat: ChatRow }) =>
  chat.typing && chat.state !== 'ended' ? (
    <span className="text-violet-text">Typing…</span>
  ) : (
    lastWords(chat)
  )

function lastWords({ last, state, endedBy }: ChatRow): string {
  if (!last) return state === 'ended' && endedBy ? `Ended by ${endedBy}` : 'No words yet'
  return last.text
}
