import type { AgentId, OfflineRow } from '@beckon/protocol'
import { Link } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import { momentWords } from '../bans/ban-words.ts'
import { Avatar } from '../parts/avatar.tsx'
import { cx } from '../parts/class-names.ts'
import { initialsOf, tintOf } from '../parts/initials.ts'
import { useNow } from '../server-clock.ts'

/** Name, how it begins, when; who has it. */
export function OfflineItem({ row, agentId }: { row: OfflineRow; agentId: AgentId }) {
  const now = useNow()
  const unread = row.unread && row.doneAt === undefined
  return (
    <Link
      to="/chats/offline/$messageId"
      params={{ messageId: row.id }}
      className="ring-inside flex min-h-[52px] flex-col justify-center rounded-input px-2.5 py-1.5 hover:bg-hover aria-[current=page]:bg-accent-soft"
    >
      <span className="flex items-baseline gap-2">
        <span className={cx('min-w-0 flex-1 truncate', unread ? 'font-semibold' : 'font-medium')}>
          {row.name}
        </span>
        <span className="flex-none text-small text-text-3 tabular-nums">
          {momentWords(row.at, now)}
        </span>
      </span>
      <span className="flex items-center gap-2">
        <span className={cx('min-w-0 flex-1 truncate', unread ? 'text-text' : 'text-text-2')}>
          {row.text}
        </span>
        {unread && (
          <span className="size-2 flex-none rounded-full bg-accent">
            <span className="sr-only">unread</span>
          </span>
        )}
        {row.doneAt !== undefined && (
          <span className="flex flex-none text-green">
            <CircleCheck size={15} aria-hidden />
            <span className="sr-only">{row.answers > 0 ? 'answered' : 'done'}</span>
          </span>
        )}
        {row.agentId && row.agentName && row.agentId !== agentId && (
          <Avatar
            name={row.agentName}
            initials={initialsOf(row.agentName)}
            tint={tintOf(row.agentId)}
            size={18}
          />
        )}
      </span>
    </Link>
  )
}
