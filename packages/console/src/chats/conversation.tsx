import type { AgentId, ChatId, ChatRow, VisitId } from '@beckon/protocol'
import { ArrowDown } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { sendSignal } from '../live/live.ts'
import { useLiveStatus } from '../live/use-freshness.ts'
import { useTopic } from '../live/use-topic.ts'
import { cx } from '../parts/class-names.ts'
import { Empty } from '../parts/empty.tsx'
import { PHONE } from '../parts/use-media.ts'
import { serverClock } from '../server-clock.ts'
import { ChatAnswers, ChatSurvey } from './chat-answers.tsx'
import { ConversationFoot } from './conversation-foot.tsx'
import { ConversationHead } from './conversation-head.tsx'
import { linesOf } from './conversation-lines.ts'
import type { ComposerMode } from './draft.ts'
import { LineView } from './line-view.tsx'
import { useOutbox } from './use-outbox.ts'
import { useReadingEnd } from './use-reading-end.ts'
import { VisitorTyping } from './visitor-typing.tsx'

type ConversationProps = { chatId: ChatId; me: { agentId: AgentId; name: string } }

export function Conversation({ chatId, me }: ConversationProps) {
  const { state: detail, refused } = useTopic<'chat'>({ topic: 'chat', chatId })
  const { unsent, outbox } = useOutbox(chatId)
  const { connected } = useLiveStatus()
  const pages = usePages(detail?.chat.visitId)
  const list = useRef<HTMLDivElement>(null)
  const [mode, setMode] = useState<ComposerMode>('message')
  const lastSeq = detail?.chat.lastSeq ?? 0
  const speaks = detail?.work.may.includes('speak') ?? false
  const besides = unsent.length + pages.length
  const end = useReadingEnd(list, detail, { reader: me.agentId, besides })

  useEffect(() => {
    if (detail) outbox()?.seen(detail.messages.map((message) => message.clientId))
  }, [detail, outbox])

  // Where nothing can be written the focus goes to what can be read: letters work there, and Enter takes.
  const here = detail !== undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it opens
  useEffect(() => {
    if (here && !speaks && !window.matchMedia(PHONE).matches)
      list.current?.focus({ preventScroll: true })
  }, [here])

  useSeen({
    chatId,
    lastSeq,
    unseen: speaks && detail !== undefined && isUnseen(detail.chat, me.agentId),
    inView: !end.away,
  })

  if (refused) return <NoSuchChat />
  if (!detail) return <div className="flex-1" aria-busy />
  const { chat } = detail

  const lines = linesOf({
    detail,
    unsent,
    pages,
    reader: me,
    now: serverClock.now(),
  })
  return (
    <section
      aria-label={`Chat with ${chat.who.text}`}
      className="flex min-h-0 min-w-0 flex-1 flex-col"
    >
      <ConversationHead detail={detail} me={me.agentId} mode={mode} onMode={setMode} />
      <div className="relative min-h-0 flex-1">
        <div
          ref={list}
          role="log"
          aria-label="Messages"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keyboard
          tabIndex={0}
          onScroll={end.onScroll}
          className="ring-inside flex h-full flex-col gap-2.5 overflow-y-auto px-5 py-4 max-md:px-3"
        >
          <ChatAnswers answers={detail.work.answers} />
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
            <VisitorTyping who={chat.who.text} typed={detail.typed} />
          )}
          <ChatSurvey survey={detail.work.survey} />
        </div>
        {end.away && (
          <ToEnd
            fresh={end.fresh}
            onClick={() => {
              end.toEnd()
              list.current?.focus({ preventScroll: true })
            }}
          />
        )}
      </div>
      <ConversationFoot
        detail={detail}
        mode={mode}
        onMode={setMode}
        onSend={(text) => {
          end.toEnd()
          return outbox()?.add(text) !== undefined
        }}
      />
    </section>
  )
}

export const NoSuchChat = () => (
  <Empty
    fact="There is no such chat"
    next="It is not one of yours or your groups’, or its link is wrong."
  />
)

function ToEnd({ fresh, onClick }: { fresh: number; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-label={fresh === 0 ? undefined : `${fresh} new, to the end`}
      onClick={onClick}
      className={cx(
        'absolute end-5 bottom-3 flex h-7 items-center gap-1.5 rounded-full bg-popover px-3 text-small font-medium tabular-nums shadow-menu',
        fresh > 0 && 'text-accent-text',
      )}
    >
      <ArrowDown size={14} aria-hidden />
      {fresh === 0 ? 'To the end' : `${fresh} new`}
    </button>
  )
}

/** Pages of the visit; nothing when it is long gone. */
function usePages(visitId: VisitId | undefined) {
  const { state } = useTopic<'visit'>(visitId ? { topic: 'visit', visitId } : null)
  return state?.pages ?? []
}

/** Messages, and of whoever answers also whispers. */
const isUnseen = ({ lastSeq, agentSeen, agentId, whisper }: ChatRow, me: AgentId): boolean =>
  lastSeq > agentSeen || (agentId === me && whisper !== undefined)

/** “Seen” is said by those who speak in it, of what stands on a screen they can look at. */
function useSeen({
  chatId,
  lastSeq,
  unseen,
  inView,
}: {
  chatId: ChatId
  lastSeq: number
  unseen: boolean
  inView: boolean
}): void {
  useEffect(() => {
    if (!unseen) return
    const type = inView ? 'chat.seen' : 'chat.delivered'
    const tell = () => {
      if (document.visibilityState === 'visible') sendSignal({ type, chatId, seq: lastSeq })
    }
    tell()
    document.addEventListener('visibilitychange', tell)
    return () => document.removeEventListener('visibilitychange', tell)
  }, [chatId, lastSeq, unseen, inView])
}
