import type { VisitorChatEntry, VisitorState } from '@beckon/protocol'
import { Link } from '@tanstack/react-router'
import { CircleCheck, Clock, MessagesSquare } from 'lucide-react'
import { Empty } from '../../parts/empty.tsx'
import { SiteSquare } from '../../parts/site-square.tsx'
import { useNow } from '../../server-clock.ts'
import { useSites } from '../use-sites.ts'
import { whenWords } from './times.ts'

const STATES = {
  queued: { Icon: Clock, ink: 'text-amber-text', word: 'Queued' },
  active: { Icon: MessagesSquare, ink: 'text-green-text', word: 'Active' },
  ended: { Icon: CircleCheck, ink: 'text-gray-text', word: 'Ended' },
}

/** Chats with this visitor that this agent may open. */
export function PastChats({ record }: { record: VisitorState | undefined }) {
  if (!record) return <p className="p-4 text-small text-text-3">Reading…</p>
  if (record.chats.length === 0) {
    return <Empty fact="No chats" next="Chats you may open stand here." />
  }
  return (
    <div className="px-2 py-2">
      <ul>
        {record.chats.map((chat) => (
          <li key={chat.id}>
            <ChatLink chat={chat} />
          </li>
        ))}
      </ul>
      {record.more.includes('chats') && (
        <p className="px-2 pt-1 text-small text-text-3">
          The {record.chats.length} newest. Older ones are found under Completed.
        </p>
      )}
    </div>
  )
}

export function ChatLink({ chat }: { chat: VisitorChatEntry }) {
  const now = useNow()
  const site = useSites().get(chat.siteId)
  const { Icon, ink, word } = STATES[chat.state]
  return (
    <Link
      to="/chats/$chatId"
      params={{ chatId: chat.id }}
      className="ring-inside flex items-start gap-2 rounded-item px-2 py-1.5 hover:bg-hover"
    >
      <Icon size={14} aria-hidden className={`mt-0.5 flex-none ${ink}`} />
      <span className="min-w-0 flex-1">
        <span className="flex justify-between gap-2">
          <span className="truncate text-accent-text">Chat {chat.number}</span>
          <span className="flex-none text-small text-text-2 tabular-nums">
            {whenWords(chat.queuedAt, now)}
          </span>
        </span>
        <span className="flex min-w-0 items-center gap-1.5 text-small text-text-3">
          {site && <SiteSquare color={site.color} />}
          <span className="truncate">
            {[word, chat.agentName, chat.groupName].filter(Boolean).join(' · ')}
          </span>
        </span>
      </span>
    </Link>
  )
}
