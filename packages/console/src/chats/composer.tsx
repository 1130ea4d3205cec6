import type { ChatId } from '@beckon/protocol'
import { LIMITS } from '@beckon/protocol'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { sendSignal } from '../live/live.ts'
import { Button } from '../parts/button.tsx'
import { keyLabel } from '../parts/kbd.tsx'
import { browserStorage } from './browser-storage.ts'

type ComposerProps = {
  chatId: ChatId
  who: string
  /** False when nothing more fits into the box of unsent messages; the text then stays. */
  onSend: (text: string) => boolean
}

/** Typing is told at most this often and forgotten by the server by itself. */
const TYPING_EVERY_MS = 3_000
/** From here on the counter is shown. */
const NEAR_LIMIT = 400
const LINES = 8
const LINE_PX = 20

/** Grows to eight lines; the draft survives a reload. */
export function Composer({ chatId, who, onSend }: ComposerProps) {
  const key = `draft.chat.${chatId}`
  const [text, setText] = useState(() => browserStorage.get(key) ?? '')
  const [full, setFull] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const toldAt = useRef(0)
  const left = LIMITS.messageCharacters - text.length

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const area = field.current
    if (!area) return
    area.style.height = 'auto'
    area.style.height = `${Math.min(area.scrollHeight, LINES * LINE_PX + 16)}px`
  }, [text])
  useEffect(() => field.current?.focus(), [])
  useEffect(
    () => () => {
      if (toldAt.current > 0) sendSignal({ type: 'chat.typing', chatId, on: false })
    },
    [chatId],
  )

  function type(next: string) {
    setText(next)
    browserStorage.set(key, next || null)
    if (next === '') return stopTyping()
    if (performance.now() - toldAt.current < TYPING_EVERY_MS && toldAt.current > 0) return
    toldAt.current = performance.now()
    sendSignal({ type: 'chat.typing', chatId, on: true })
  }

  function stopTyping() {
    if (toldAt.current === 0) return
    toldAt.current = 0
    sendSignal({ type: 'chat.typing', chatId, on: false })
  }

  function send() {
    const words = text.trim()
    if (words === '' || left < 0) return
    const taken = onSend(words)
    setFull(!taken)
    if (!taken) return
    setText('')
    browserStorage.set(key, null)
    stopTyping()
  }

  return (
    <div className="text-field mx-5 mb-5 flex flex-none flex-col rounded-menu max-md:mx-3 max-md:mb-3">
      <textarea
        ref={field}
        rows={1}
        dir="auto"
        aria-label={`Message to ${who}`}
        placeholder="Write a message…"
        value={text}
        onChange={(event) => type(event.currentTarget.value)}
        onBlur={stopTyping}
        onKeyDown={(event) => {
          // Out of the field, where the single letters work.
          if (event.key === 'Escape') return event.currentTarget.blur()
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
          event.preventDefault()
          send()
        }}
        className="min-h-11 w-full resize-none bg-transparent px-3 pt-2.5 pb-1 text-read outline-none placeholder:text-text-3 max-md:text-[16px]"
      />
      <div className="flex items-center gap-3 px-1.5 pb-1.5 ps-3">
        <p className="min-w-0 flex-1 truncate text-small text-text-3" aria-live="polite">
          {full
            ? 'Not sent: 200 messages wait for the connection already. Your text is kept.'
            : text
              ? 'Draft kept on this computer'
              : `${keyLabel('⇧↵')} for a new line`}
        </p>
        {left < NEAR_LIMIT && (
          <span className={`text-small tabular-nums ${left < 0 ? 'text-red-text' : 'text-text-3'}`}>
            {left < 0 ? `${-left} characters too many` : `${left} left`}
          </span>
        )}
        <Button variant="primary" kbd="↵" disabled={text.trim() === '' || left < 0} onClick={send}>
          Send
        </Button>
      </div>
    </div>
  )
}
