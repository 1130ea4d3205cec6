import type { ChatDetailState, ChatId } from '@beckon/protocol'
import { Ear, StickyNote, UserRoundPlus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { sentenceOf } from '../api.ts'
import { useUploads } from '../files/use-uploads.ts'
import { sendCommand } from '../live/live.ts'
import { Button } from '../parts/button.tsx'
import { toast } from '../parts/toast-queue.ts'
import { Composer } from './composer.tsx'
import { type ComposerMode, draftOf, keepDraft } from './draft.ts'
import { keepChat, useIsEnding } from './ending.ts'
import { useActs } from './use-acts.ts'

type ConversationFootProps = {
  detail: ChatDetailState
  mode: ComposerMode
  onMode: (mode: ComposerMode) => void
  /** False when nothing more fits into the box of unsent messages. */
  onSend: (text: string) => boolean
}

/** Where one writes to the visitor, for agents only, or to whoever answers; or why one cannot. */
export function ConversationFoot({ detail, mode, onMode, onSend }: ConversationFootProps) {
  const { chat, work } = detail
  const ending = useIsEnding(chat.id)
  const acts = useActs(chat.id)
  const files = useUploads(chat.id)
  // A note that was refused comes back into a new box.
  const [tries, setTries] = useState(0)
  const may = (act: (typeof work.may)[number]) => work.may.includes(act)
  const aside = mode === 'whisper' ? may('whisper') : mode === 'note'

  if (ending) {
    return (
      <Standing>
        The chat with {chat.who.text} ends in a moment.
        <Button size={26} onClick={() => keepChat(chat.id)}>
          Keep it
        </Button>
      </Standing>
    )
  }
  if (aside || may('speak')) {
    const now = aside ? mode : 'message'
    return (
      <Composer
        key={`${chat.id} ${tries}`}
        chat={chat}
        mode={now}
        speaks={may('speak')}
        files={files}
        onMode={onMode}
        onSend={(text) => {
          if (now === 'message') return onSend(text)
          onMode('message')
          void tellAgents(chat.id, { mode: now, text }).catch(() => {
            onMode(now)
            setTries((before) => before + 1)
          })
          return true
        }}
      />
    )
  }
  // Taken over, passed on or ended while something was being written: the words are not lost.
  const draft = draftOf(chat.id)
  const keepAsNote = () => {
    keepDraft(chat.id, 'note', [draftOf(chat.id, 'note'), draft].filter(Boolean).join('\n'))
    keepDraft(chat.id, 'message', '')
    onMode('note')
  }
  return (
    <Standing>
      {chat.state === 'queued'
        ? 'Nobody has taken this chat yet. Take it to answer.'
        : chat.state === 'ended'
          ? 'This chat has ended.'
          : `${chat.agentName ?? 'A colleague'} answers this chat.`}
      {draft !== '' && (
        <Button size={26} icon={<StickyNote size={14} aria-hidden />} onClick={keepAsNote}>
          Make your draft a note
        </Button>
      )}
      {may('whisper') && (
        <Button size={26} icon={<Ear size={14} aria-hidden />} onClick={() => onMode('whisper')}>
          Whisper
        </Button>
      )}
      {may('join') && (
        <Button
          size={26}
          icon={<UserRoundPlus size={14} aria-hidden />}
          onClick={() => void acts.join()}
        >
          Join
        </Button>
      )}
      {may('take_over') && (
        <Button size={26} onClick={() => void acts.takeOver()}>
          Take over
        </Button>
      )}
    </Standing>
  )
}

const Standing = ({ children }: { children: ReactNode }) => (
  <p className="mx-5 mb-5 flex flex-none flex-wrap items-center justify-center gap-2 rounded-menu bg-sunken px-4 py-3 text-center text-text-2 max-md:mx-3 max-md:mb-3">
    {children}
  </p>
)

async function tellAgents(
  chatId: ChatId,
  { mode, text }: { mode: 'note' | 'whisper'; text: string },
): Promise<void> {
  try {
    await sendCommand({ type: mode === 'note' ? 'chat.note' : 'chat.whisper', chatId, text })
  } catch (thrown) {
    keepDraft(chatId, mode, text)
    toast.show({ text: `Not added: ${sentenceOf(thrown)} Your text is kept.` })
    throw thrown
  }
}
