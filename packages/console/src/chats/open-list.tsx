import type { ChatId, ChatRow, MeState } from '@beckon/protocol'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { sentenceOf } from '../api.ts'
import { sendCommand } from '../live/live.ts'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'
import { toast } from '../parts/toast-queue.ts'
import { ChatItem } from './chat-item.tsx'
import { type ChatTab, goalOf } from './chat-lists.ts'
import { hasDraft } from './draft.ts'
import type { OpenSections } from './use-open-sections.ts'

type OpenListProps = {
  tab: Exclude<ChatTab, 'completed'>
  order: OpenSections
  me: MeState
  /** The one that stands open beside the list. */
  open: ChatId | undefined
}

/** Open chats of one tab: own ones, each queue, those of colleagues. */
export function OpenList({ tab, order, me, open }: OpenListProps) {
  const { sections, hold, release } = order
  return (
    <div
      onPointerEnter={hold}
      onPointerLeave={release}
      className="flex min-h-0 flex-1 flex-col overflow-y-auto px-2 pb-3"
    >
      {sections.length === 0 && (
        <Empty
          fact={tab === 'queue' ? 'Nobody waits' : 'No chats'}
          next={tab === 'queue' ? undefined : nextWords(me)}
        />
      )}
      {sections.map((section) => (
        <section key={section.name} aria-label={section.name} className="mb-2">
          <h2 className="flex justify-between px-2.5 py-1 text-micro font-medium text-text-3">
            {section.name}
            <span className="tabular-nums">{section.chats.length}</span>
          </h2>
          <div className="flex flex-col gap-0.5">
            {section.chats.map((chat) => (
              <ChatItem
                key={chat.id}
                chat={chat}
                agentId={me.agentId}
                goalMs={goalOf(chat, me)}
                draft={chat.id !== open && chat.agentId === me.agentId && hasDraft(chat.id)}
                act={
                  chat.state === 'queued' &&
                  me.roles.includes('agent') && <TakeButton chat={chat} />
                }
              />
            ))}
          </div>
        </section>
      ))}
    </div>
  )
}

function nextWords(me: MeState): string {
  const groups = me.groups.filter((group) => group.active).map((group) => group.name)
  if (!me.available) return 'You are unavailable. Chats you invited come to you either way.'
  if (groups.length === 0) return 'You are not active in any group. Chats you invited come to you.'
  return `You are available for ${new Intl.ListFormat('en').format(groups)}.`
}

/** Goes there and takes it: who takes a chat is about to answer, and needs no telling that it is theirs. */
function TakeButton({ chat }: { chat: ChatRow }) {
  const [busy, setBusy] = useState(false)
  const navigate = useNavigate()
  async function take() {
    setBusy(true)
    try {
      await navigate({ to: '/chats/$chatId', params: { chatId: chat.id } })
      await sendCommand({ type: 'chat.take', chatId: chat.id })
    } catch (thrown) {
      toast.show({ text: sentenceOf(thrown) })
    }
    setBusy(false)
  }
  return (
    <Button
      size={26}
      busy={busy && 'Taking…'}
      aria-label={`Take ${chat.who.text}`}
      onClick={() => void take()}
    >
      Take
    </Button>
  )
}
