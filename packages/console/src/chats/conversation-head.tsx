import type { AgentId, ChatDetailState } from '@beckon/protocol'
import { Link } from '@tanstack/react-router'
import { ArrowLeft, BadgeCheck, CircleCheck, StickyNote } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../parts/button.tsx'
import { Elapsed } from '../parts/elapsed.tsx'
import { useKeys } from '../whos-on/use-keys.ts'
import { ChatMenu } from './chat-menu.tsx'
import { ChatTags } from './chat-tags.tsx'
import type { ComposerMode } from './draft.ts'
import { meanToEnd, useIsEnding } from './ending.ts'
import { TransferPopover } from './transfer-popover.tsx'
import { useActs } from './use-acts.ts'

type ConversationHeadProps = {
  detail: ChatDetailState
  me: AgentId
  mode: ComposerMode
  onMode: (mode: ComposerMode) => void
}

/** Who, which chat, how long; and what can be done: `↵` take, `n` note, `t` transfer, `e` end. */
export function ConversationHead({ detail, me, mode, onMode }: ConversationHeadProps) {
  const { chat, work } = detail
  const [transfer, setTransfer] = useState(false)
  const [tagging, setTagging] = useState(false)
  const [busy, setBusy] = useState(false)
  const ending = useIsEnding(chat.id)
  const acts = useActs(chat.id)
  const mine = chat.agentId === me
  const may = (act: (typeof work.may)[number]) => work.may.includes(act) && !ending
  const end = () => may('end') && meanToEnd(chat)
  const note = () => may('note') && onMode(mode === 'message' ? 'note' : 'message')
  useKeys({
    n: note,
    t: () => may('transfer') && setTransfer(true),
    e: () => mine && end(),
    // Nothing can be written here yet.
    enter: () => may('take') && void take(),
  })

  async function take() {
    setBusy(true)
    await acts.take()
    setBusy(false)
  }

  return (
    <header className="flex-none border-b border-line">
      <div className="flex h-[52px] items-center gap-1.5 px-5 max-md:px-3">
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
            {work.joined.length > 0 && ` · with ${work.joined.map(({ name }) => name).join(', ')}`}
          </p>
        </div>
        <Button
          variant="ghost"
          kbd="N"
          aria-pressed={mode === 'note'}
          icon={<StickyNote size={15} aria-hidden />}
          onClick={note}
          className="max-md:hidden"
        >
          Note
        </Button>
        {may('transfer') && (
          <TransferPopover
            chatId={chat.id}
            groupId={chat.groupId}
            who={chat.who.text}
            open={transfer}
            onOpenChange={setTransfer}
          />
        )}
        {may('take') && (
          <Button variant="primary" kbd="↵" busy={busy && 'Taking…'} onClick={() => void take()}>
            Take
          </Button>
        )}
        {mine && may('end') && (
          <Button
            kbd="E"
            icon={<CircleCheck size={15} aria-hidden />}
            onClick={end}
            className="max-md:hidden"
          >
            End chat
          </Button>
        )}
        <ChatMenu
          chat={chat}
          me={me}
          may={work.may}
          onMode={onMode}
          onEnd={end}
          onTag={() => setTagging(true)}
        />
      </div>
      {(tagging || work.tags.length > 0) && (
        <div className="px-5 pb-2 max-md:px-3">
          <ChatTags chatId={chat.id} tags={work.tags} begun={tagging} />
        </div>
      )}
    </header>
  )
}
