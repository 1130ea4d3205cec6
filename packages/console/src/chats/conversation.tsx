import type { AgentId, ChatId, VisitId } from '@beckon/protocol'
import { Link } from '@tanstack/react-router'
import { ArrowDown, ArrowLeft, BadgeCheck, CircleCheck, PencilLine } from 'lucide-react'
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { sentenceOf } from '../api.ts'
import { ChatMenu } from '../bans/chat-menu.tsx'
import { sendCommand, sendSignal } from '../live/live.ts'
import { useLiveStatus } from '../live/use-freshness.ts'
import { useTopic } from '../live/use-topic.ts'
import { Button } from '../parts/button.tsx'
import { Elapsed } from '../parts/elapsed.tsx'
import { Empty } from '../parts/empty.tsx'
import { toast } from '../parts/toast-queue.ts'
import { serverClock } from '../server-clock.ts'
import { useKeys } from '../whos-on/use-keys.ts'
import { Composer } from './composer.tsx'
import { linesOf } from './conversation-lines.ts'
import { LineView } from './line-view.tsx'
import { useOutbox } from './use-outbox.ts'

type ConversationProps = { chatId: ChatId; me: { agentId: AgentId; name: string } }

/** Nearer to the end than this, new messages keep the end in view. */
const NEAR_END_PX = 80

export function Conversation({ chatId, me }: ConversationProps) {
  const { state: detail, refused } = useTopic<'chat'>({ topic: 'chat', chatId })
  const { unsent, outbox } = useOutbox(chatId)
  const { connected } = useLiveStatus()
  const pages = usePages(detail?.chat.visitId)
  const list = useRef<HTMLDivElement>(null)
  const [below, setBelow] = useState(false)
  const lastSeq = detail?.chat.lastSeq ?? 0
  const mine = detail?.chat.state === 'active' && detail.chat.agentId === me.agentId

  useEffect(() => {
    if (detail) outbox()?.seen(detail.messages.map((message) => message.clientId))
  }, [detail, outbox])

  // Keeps the end in view, unless somebody reads further up.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when something was said
  useLayoutEffect(() => {
    const area = list.current
    if (!area) return
    const far = area.scrollHeight - area.scrollTop - area.clientHeight
    if (below && far > NEAR_END_PX) return
    area.scrollTop = area.scrollHeight
  }, [lastSeq, unsent.length, detail?.typing, detail === undefined])

  useSeen({ chatId, lastSeq, agentSeen: detail?.chat.agentSeen ?? 0, mine })

  if (refused) {
    return (
      <Empty
        fact="There is no such chat"
        next="It is not one of yours or your groups’, or its link is wrong."
      />
    )
  }
  if (!detail) return <div className="flex-1" aria-busy />
  const { chat } = detail

  const lines = linesOf({
    detail,
    unsent,
    pages,
    reader: me.name,
    now: serverClock.now(),
  })
  return (
    <section
      aria-label={`Chat with ${chat.who.text}`}
      className="flex min-h-0 min-w-0 flex-1 flex-col"
    >
      <header className="flex h-[52px] flex-none items-center gap-3 border-b border-line px-5 max-md:px-3">
        <Link
          to="/chats"
          aria-label="All chats"
          className="hidden size-8 items-center justify-center max-md:flex"
        >
          <ArrowLeft size={18} aria-hidden />
        </Link>
        <div className="min-w-0 flex-1">
          <h2 className="flex items-center gap-1.5 truncate text-read font-semibold">
            <span className="truncate">{chat.who.text}</span>
            {chat.who.verified && (
              <BadgeCheck size={15} className="text-accent-text" aria-label="verified" />
            )}
          </h2>
          <p className="truncate text-small text-text-3">
            Chat {chat.number} · {chat.groupName} ·{' '}
            <Elapsed since={chat.startedAt ?? chat.queuedAt} until={chat.endedAt} />
            {!detail.visitorHere && chat.state !== 'ended' && ' · has left the site'}
          </p>
        </div>
        {mine && <EndButton chatId={chatId} who={chat.who.text} />}
        {chat.state === 'queued' && <TakeButton chatId={chatId} />}
        <ChatMenu chat={chat} />
      </header>
      <div className="relative min-h-0 flex-1">
        <div
          ref={list}
          role="log"
          aria-label="Messages"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keyboard
          tabIndex={0}
          onScroll={({ currentTarget }) =>
            setBelow(
              currentTarget.scrollHeight - currentTarget.scrollTop - currentTarget.clientHeight >
                NEAR_END_PX,
            )
          }
          className="ring-inside flex h-full flex-col gap-2.5 overflow-y-auto px-5 py-4 max-md:px-3"
        >
          {lines.map((line) => (
            <LineView
              key={line.key}
              line={line}
              connected={connected}
              onRetry={(id) => outbox()?.retry(id)}
              onDiscard={(id) => outbox()?.discard(id)}
            />
          ))}
          {detail.typing === 'visitor' && connected && (
            <p className="flex items-center gap-1.5 text-small text-violet-text">
              <PencilLine size={13} aria-hidden />
              {chat.who.text} is typing…
            </p>
          )}
        </div>
        {below && (
          <button
            type="button"
            onClick={() => list.current?.scrollTo({ top: list.current.scrollHeight })}
            className="absolute end-5 bottom-3 flex h-7 items-center gap-1.5 rounded-full bg-popover px-3 text-small font-medium shadow-menu"
          >
            <ArrowDown size={14} aria-hidden />
            To the end
          </button>
        )}
      </div>
      {mine ? (
        <Composer
          key={chatId}
          chat={chat}
          agentName={me.name}
          onSend={(text) => {
            setBelow(false)
            return outbox()?.add(text) !== undefined
          }}
        />
      ) : (
        <ReadOnly>
          {chat.state === 'queued'
            ? 'Nobody has taken this chat yet. Take it to answer.'
            : chat.state === 'ended'
              ? 'This chat has ended.'
              : `${chat.agentName ?? 'A colleague'} answers this chat.`}
        </ReadOnly>
      )}
    </section>
  )
}

const ReadOnly = ({ children }: { children: ReactNode }) => (
  <p className="mx-5 mb-5 flex-none rounded-menu bg-sunken px-4 py-3 text-center text-text-2 max-md:mx-3 max-md:mb-3">
    {children}
  </p>
)

/** Pages of the visit; nothing when it is long gone. */
function usePages(visitId: VisitId | undefined) {
  const { state } = useTopic<'visit'>(visitId ? { topic: 'visit', visitId } : null)
  return state?.pages ?? []
}

type SeenProps = { chatId: ChatId; lastSeq: number; agentSeen: number; mine: boolean }

/** “Seen” is said only of an own chat that stands on a screen somebody can look at. */
function useSeen({ chatId, lastSeq, agentSeen, mine }: SeenProps): void {
  useEffect(() => {
    if (!mine || lastSeq <= agentSeen) return
    const tell = () => {
      if (document.visibilityState === 'visible')
        sendSignal({ type: 'chat.seen', chatId, seq: lastSeq })
    }
    tell()
    document.addEventListener('visibilitychange', tell)
    return () => document.removeEventListener('visibilitychange', tell)
  }, [chatId, lastSeq, agentSeen, mine])
}

function TakeButton({ chatId }: { chatId: ChatId }) {
  const [busy, setBusy] = useState(false)
  async function take() {
    setBusy(true)
    try {
      await sendCommand({ type: 'chat.take', chatId })
    } catch (thrown) {
      toast.show({ text: sentenceOf(thrown) })
    }
    setBusy(false)
  }
  return (
    <Button variant="primary" busy={busy && 'Taking…'} onClick={() => void take()}>
      Take
    </Button>
  )
}

function EndButton({ chatId, who }: { chatId: ChatId; who: string }) {
  const [busy, setBusy] = useState(false)
  async function end() {
    setBusy(true)
    try {
      await sendCommand({ type: 'chat.end', chatId })
      toast.show({ text: `Ended the chat with ${who}` })
    } catch (thrown) {
      toast.show({ text: sentenceOf(thrown) })
    }
    setBusy(false)
  }
  useKeys({ e: () => busy || void end() })
  return (
    <Button
      kbd="E"
      icon={<CircleCheck size={15} aria-hidden />}
      busy={busy && 'Ending…'}
      onClick={() => void end()}
    >
      End chat
    </Button>
  )
}
