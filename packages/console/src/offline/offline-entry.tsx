import { Link } from '@tanstack/react-router'
import { Mails } from 'lucide-react'
import { useTopic } from '../live/use-topic.ts'
import { unreadOffline } from './offline-lists.ts'

/** The way from the chats to what was left while nobody was there. */
export function OfflineEntry() {
  const { state } = useTopic<'offline'>({ topic: 'offline' })
  const unread = state ? unreadOffline(state) : 0
  return (
    <Link
      to="/chats/offline"
      className="ring-inside mx-2 mb-2 flex h-8 flex-none items-center gap-2 rounded-input px-2.5 text-text-2 hover:bg-hover hover:text-text"
    >
      <Mails size={15} aria-hidden />
      <span className="min-w-0 flex-1 truncate">Offline messages</span>
      {unread > 0 && (
        <span className="flex h-[17px] min-w-[17px] items-center justify-center rounded-full bg-accent px-1 text-micro font-semibold text-on-accent tabular-nums">
          {unread}
          <span className="sr-only"> unread</span>
        </span>
      )}
    </Link>
  )
}
