import type { ChatRow } from '@beckon/protocol'
import { LIMITS } from '@beckon/protocol'
import { SquareSlash, StickyNote } from 'lucide-react'
import { type ClipboardEvent, type DragEvent, useEffect, useRef, useState } from 'react'
import { ArticleMenu } from '../articles/article-menu.tsx'
import { EmojiPicker } from '../emoji/emoji-picker.tsx'
import { AttachButton } from '../files/attach-button.tsx'
import { UploadList } from '../files/upload-list.tsx'
import type { useUploads } from '../files/use-uploads.ts'
import { sendSignal } from '../live/live.ts'
import { Button } from '../parts/button.tsx'
import { cx } from '../parts/class-names.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { keyLabel } from '../parts/kbd.tsx'
import { type ComposerMode, draftOf, keepDraft } from './draft.ts'
import { MessageField, type MessageFieldHandle } from './message-field.tsx'

type ComposerProps = {
  chat: ChatRow
  mode?: ComposerMode
  /** Whether messages can be written here as well. */
  speaks: boolean
  /** Files on their way into the chat: they are the visitor's, whatever is being written. */
  files: ReturnType<typeof useUploads>
  /** Absent: nothing but messages can be written here. */
  onMode?: (mode: ComposerMode) => void
  /** False when nothing more fits into the box of unsent messages; the text then stays. */
  onSend: (text: string) => boolean
}

/** Typing is told at most this often and forgotten by the server by itself. */
const TYPING_EVERY_MS = 3_000
/** From here on the counter is shown. */
const NEAR_LIMIT = 400

/** What the agent writes. A note is for agents only, so the whole box looks like one. */
export function Composer({ mode = 'message', ...props }: ComposerProps) {
  return <Writing key={mode} mode={mode} {...props} />
}

const newLine = <span className="max-md:hidden">{keyLabel('⇧↵')} for a new line</span>

const WORDS = {
  message: {
    label: (who: string) => `Message to ${who}`,
    placeholder: 'Write a message…',
    send: 'Send',
    most: LIMITS.messageCharacters,
  },
  note: {
    label: (who: string) => `Note about ${who}, agents only`,
    placeholder: 'Write a note for agents…',
    send: 'Add note',
    most: LIMITS.noteCharacters,
  },
  whisper: {
    label: (who: string) => `Whisper to whoever answers ${who}`,
    placeholder: 'Whisper to the agent…',
    send: 'Whisper',
    most: LIMITS.noteCharacters,
  },
}

function Writing({
  chat,
  mode,
  speaks,
  files,
  onMode,
  onSend,
}: ComposerProps & { mode: ComposerMode }) {
  const [text, setText] = useState(() => draftOf(chat.id, mode))
  const [full, setFull] = useState(false)
  const field = useRef<MessageFieldHandle>(null)
  const typing = useTypingSignal(chat.id)
  const { label, placeholder, send, most } = WORDS[mode]
  const isNote = mode !== 'message'
  const left = most - text.length

  function type(next: string) {
    setText(next)
    keepDraft(chat.id, mode, next)
    if (isNote) return
    if (next === '') typing.stop()
    else typing.go()
  }

  function trySend() {
    const words = text.trim()
    if (words === '' || left < 0) return
    const taken = onSend(words)
    setFull(!taken)
    if (!taken) return
    setText('')
    keepDraft(chat.id, mode, '')
    typing.stop()
  }

  function takeFiles(event: ClipboardEvent | DragEvent, given: DataTransfer) {
    if (isNote || given.files.length === 0) return
    event.preventDefault()
    files.add(given.files)
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a second way for what the button does
    <div
      onPaste={(event) => takeFiles(event, event.clipboardData)}
      onDragOver={(event) => !isNote && event.preventDefault()}
      onDrop={(event) => takeFiles(event, event.dataTransfer)}
      className={cx(
        'text-field relative mx-5 mb-5 flex flex-none flex-col rounded-menu max-md:mx-3 max-md:mb-3',
        isNote && '!border-note-line !bg-note',
      )}
    >
      <MessageField
        ref={field}
        label={label(chat.who.text)}
        placeholder={placeholder}
        value={text}
        onChange={type}
        onSend={trySend}
        onLeave={() =>
          isNote && onMode
            ? onMode('message')
            : document.activeElement instanceof HTMLElement && document.activeElement.blur()
        }
        onBlur={typing.stop}
        repliesFor={isNote ? undefined : chat}
      />
      {!isNote && <UploadList uploads={files.uploads} onAgain={files.again} onDrop={files.drop} />}
      <div className="flex items-center gap-1 px-1.5 pb-1.5">
        {!isNote && (
          <IconButton
            label="Canned replies"
            kbd="/"
            icon={<SquareSlash size={16} aria-hidden />}
            onClick={() => field.current?.insert('/')}
          />
        )}
        {!isNote && (
          <ArticleMenu chatId={chat.id} onTake={(words) => field.current?.insert(words)} />
        )}
        {!isNote && <AttachButton onFiles={files.add} />}
        <EmojiPicker
          onTake={(sign) => field.current?.insert(sign)}
          onClosed={() => field.current?.focus()}
        />
        {onMode && (
          <IconButton
            label={!isNote ? 'Note for agents' : speaks ? 'Write to the visitor' : 'Write nothing'}
            aria-pressed={isNote}
            icon={<StickyNote size={16} aria-hidden />}
            onClick={() => onMode(isNote ? 'message' : 'note')}
          />
        )}
        <p className="min-w-0 flex-1 truncate ps-1.5 text-small text-text-3" aria-live="polite">
          {full
            ? 'Not sent: 200 messages wait for the connection already. Your text is kept.'
            : text
              ? 'Draft kept on this computer'
              : isNote
                ? 'Agents only'
                : newLine}
        </p>
        {left < NEAR_LIMIT && (
          <span className={`text-small tabular-nums ${left < 0 ? 'text-red-text' : 'text-text-3'}`}>
            {left < 0 ? `${-left} characters too many` : `${left} left`}
          </span>
        )}
        <Button
          variant="primary"
          kbd="↵"
          disabled={text.trim() === '' || left < 0}
          onClick={trySend}
        >
          {send}
        </Button>
      </div>
    </div>
  )
}

/** The visitor is told while something is being written, and when it no longer is. */
function useTypingSignal(chatId: ChatRow['id']) {
  const toldAt = useRef(0)
  const [signal] = useState(() => ({
    go() {
      if (toldAt.current > 0 && performance.now() - toldAt.current < TYPING_EVERY_MS) return
      toldAt.current = performance.now()
      sendSignal({ type: 'chat.typing', chatId, on: true })
    },
    stop() {
      if (toldAt.current === 0) return
      toldAt.current = 0
      sendSignal({ type: 'chat.typing', chatId, on: false })
    },
  }))
  useEffect(() => signal.stop, [signal])
  return signal
}
