import type { ChatRow } from '@beckon/protocol'
import {
  type KeyboardEvent,
  type Ref,
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { noteReplyTaken } from '../canned-replies/canned-replies.ts'
import { typedReply } from '../canned-replies/found-replies.ts'
import { RepliesList, replyOptionId } from '../canned-replies/replies-list.tsx'
import { type FilledReply, useReplies } from '../canned-replies/use-replies.ts'
import { PHONE } from '../parts/use-media.ts'

export type MessageFieldHandle = {
  focus(): void
  /** Writes it where the caret is. */
  insert(text: string): void
}

type MessageFieldProps = {
  label: string
  placeholder: string
  value: string
  onChange: (value: string) => void
  onSend: () => void
  /** Esc, with nothing else to close. */
  onLeave: () => void
  onBlur: () => void
  /** The chat canned replies are filled in for; absent: none are offered. */
  repliesFor?: ChatRow | undefined
  ref: Ref<MessageFieldHandle>
}

const LINES = 8
const LINE_PX = 20
const SHAPE = 'px-3 pt-2.5 pb-1 text-read whitespace-pre-wrap break-words max-md:text-[16px]'

/** The text being written: grows to eight lines, and `/` at a word's beginning finds canned replies. */
export function MessageField(props: MessageFieldProps) {
  const { label, placeholder, value, onChange, onSend, onLeave, onBlur, repliesFor, ref } = props
  const listId = useId()
  const box = useRef<HTMLTextAreaElement>(null)
  const layer = useRef<HTMLDivElement>(null)
  const wished = useRef<number>(undefined)
  const [caret, setCaret] = useState(value.length)
  const [chosen, setChosen] = useState(0)
  const [dismissed, setDismissed] = useState<number>()

  const typed = repliesFor ? typedReply(value, caret) : null
  const open = typed !== null && typed.from !== dismissed
  const replies = useReplies(repliesFor, open ? typed.query : null)
  const at = Math.min(chosen, (replies?.length ?? 1) - 1)

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const area = box.current
    if (!area) return
    area.style.height = 'auto'
    area.style.height = `${Math.min(area.scrollHeight, LINES * LINE_PX + 16)}px`
    if (wished.current === undefined) return
    area.setSelectionRange(wished.current, wished.current)
    setCaret(wished.current)
    wished.current = undefined
  }, [value])
  useEffect(() => {
    // On a phone the keyboard would cover the chat that was just opened.
    if (!window.matchMedia(PHONE).matches) focusEnd(box.current)
  }, [])

  function replace(from: number, to: number, text: string) {
    wished.current = from + text.length
    onChange(value.slice(0, from) + text + value.slice(to))
    box.current?.focus()
  }
  useImperativeHandle(ref, () => ({
    focus: () => box.current?.focus(),
    insert(text) {
      const { selectionStart = value.length, selectionEnd = value.length } = box.current ?? {}
      const before = value[selectionStart - 1]
      const gap = text === '/' && before !== undefined && !/\s/.test(before) ? ' ' : ''
      setDismissed(undefined)
      replace(selectionStart, selectionEnd, gap + text)
    },
  }))

  function take({ reply, filled }: FilledReply) {
    if (!typed) return
    noteReplyTaken(reply.id)
    replace(typed.from, caret, filled)
  }

  function press(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (open && pressInList(event)) return event.preventDefault()
    // Out of the field, where the single letters work.
    if (event.key === 'Escape') return onLeave()
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    onSend()
  }

  function pressInList({ key, shiftKey, altKey, nativeEvent }: KeyboardEvent): boolean {
    if (altKey || nativeEvent.isComposing) return false
    const count = replies?.length ?? 0
    const reply = replies?.[at]
    if (key === 'Escape') setDismissed(typed?.from)
    else if (!reply) return false
    else if (key === 'ArrowDown') setChosen((at + 1) % count)
    else if (key === 'ArrowUp') setChosen((at + count - 1) % count)
    else if ((key === 'Enter' && !shiftKey) || key === 'Tab') take(reply)
    else return false
    return true
  }

  return (
    <>
      {open && (
        <RepliesList id={listId} replies={replies} query={typed.query} chosen={at} onTake={take} />
      )}
      <div className="relative flex">
        {open && (
          <div
            ref={layer}
            aria-hidden
            className={`pointer-events-none absolute inset-0 overflow-hidden ${SHAPE}`}
          >
            {value.slice(0, typed.from)}
            <mark className="rounded-[3px] bg-accent-soft text-accent-text shadow-[0_0_0_2px_var(--accent-soft)]">
              {value.slice(typed.from, caret)}
            </mark>
            {value.slice(caret)}
          </div>
        )}
        <textarea
          ref={box}
          rows={1}
          dir="auto"
          aria-label={label}
          placeholder={placeholder}
          value={value}
          aria-autocomplete={repliesFor && 'list'}
          aria-controls={open ? listId : undefined}
          aria-activedescendant={open && replies?.length ? replyOptionId(listId, at) : undefined}
          onChange={(event) => {
            setCaret(event.currentTarget.selectionStart)
            setChosen(0)
            if (!event.currentTarget.value.includes('/')) setDismissed(undefined)
            onChange(event.currentTarget.value)
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onScroll={(event) => {
            if (layer.current) layer.current.scrollTop = event.currentTarget.scrollTop
          }}
          onBlur={onBlur}
          onKeyDown={press}
          className={`relative min-h-11 w-full resize-none bg-transparent caret-text outline-none placeholder:text-text-3 ${SHAPE} ${open ? 'text-transparent' : ''}`}
        />
      </div>
    </>
  )
}

function focusEnd(area: HTMLTextAreaElement | null): void {
  area?.focus()
  area?.setSelectionRange(area.value.length, area.value.length)
}
