import { usedVariables } from '@beckon/protocol'
import { type Ref, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import { useFieldLinks } from '../parts/field.tsx'
import { findVariables, tokenOf, typedVariable, type Variable } from './variables.ts'

export type MessageBoxHandle = {
  focus(): void
  /** Writes it where the caret is. */
  insert(text: string): void
}

type MessageBoxProps = {
  value: string
  onChange: (value: string) => void
  variables: readonly Variable[]
  values: Readonly<Record<string, string | null>>
  ref: Ref<MessageBoxHandle>
}

const SHAPE = 'px-2.5 py-2 text-read leading-[22px] whitespace-pre-wrap break-words'
const MOST_OFFERED = 6

/**
 * The message with its variables tinted as they are typed. A textarea cannot colour its text, so
 * the text is drawn on a layer underneath, in the same shape, and the textarea on top is clear.
 */
export function MessageBox({ value, onChange, variables, values, ref }: MessageBoxProps) {
  const box = useRef<HTMLTextAreaElement>(null)
  const layer = useRef<HTMLDivElement>(null)
  const [caret, setCaret] = useState(0)
  const [chosen, setChosen] = useState(0)
  const [dismissed, setDismissed] = useState<number>()
  const wished = useRef<number>(undefined)

  useLayoutEffect(() => {
    if (wished.current === undefined) return
    box.current?.setSelectionRange(wished.current, wished.current)
    setCaret(wished.current)
    wished.current = undefined
  })

  function replace(from: number, to: number, text: string) {
    wished.current = from + text.length
    onChange(value.slice(0, from) + text + value.slice(to))
    box.current?.focus()
  }
  useImperativeHandle(ref, () => ({
    focus() {
      box.current?.focus()
      box.current?.setSelectionRange(value.length, value.length)
      setCaret(value.length)
    },
    insert(text) {
      const { selectionStart = value.length, selectionEnd = value.length } = box.current ?? {}
      replace(selectionStart, selectionEnd, text)
    },
  }))

  const typed = typedVariable(value, caret)
  const offered =
    typed && dismissed !== typed.from
      ? findVariables(variables, typed.query)
          .filter(({ name }) => name.startsWith(typed.query))
          .slice(0, MOST_OFFERED)
      : []
  // Without a value it comes with a fallback, whose word is for the agent to change.
  const take = (variable: Variable) => typed && replace(typed.from, caret, tokenOf(variable))
  const at = Math.min(chosen, offered.length - 1)

  return (
    <div className="relative">
      <div
        ref={layer}
        aria-hidden
        className={`pointer-events-none absolute inset-px overflow-hidden rounded-input text-text ${SHAPE}`}
      >
        <Tinted text={value} values={values} />
      </div>
      <textarea
        {...useFieldLinks()}
        ref={box}
        rows={5}
        value={value}
        spellCheck
        maxLength={8_000}
        aria-autocomplete="list"
        aria-controls={offered.length > 0 ? 'variables-offered' : undefined}
        aria-activedescendant={offered.length > 0 ? `variable-offered-${at}` : undefined}
        onChange={(event) => {
          setCaret(event.currentTarget.selectionStart)
          setChosen(0)
          onChange(event.currentTarget.value)
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onScroll={(event) => {
          if (layer.current) layer.current.scrollTop = event.currentTarget.scrollTop
        }}
        onKeyDown={(event) => {
          const variable = offered[at]
          if (!variable || event.metaKey || event.ctrlKey) return
          if (event.key === 'ArrowDown') setChosen((at + 1) % offered.length)
          else if (event.key === 'ArrowUp') setChosen((at + offered.length - 1) % offered.length)
          else if (event.key === 'Enter' || event.key === 'Tab') take(variable)
          else if (event.key === 'Escape') setDismissed(typed?.from)
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
        onBlur={() => setDismissed(typed?.from)}
        className={`text-field relative block h-[122px] w-full resize-none overflow-y-auto !bg-transparent !text-transparent caret-text selection:bg-[color-mix(in_srgb,var(--accent)_30%,transparent)] ${SHAPE}`}
      />
      {offered.length > 0 && (
        <div
          id="variables-offered"
          role="listbox"
          aria-label="Variables"
          className="absolute inset-x-2 top-full z-10 -mt-1 rounded-menu bg-popover p-1 shadow-menu"
        >
          {offered.map((variable, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the message box in focus answers the keys
            <div
              key={variable.name}
              id={`variable-offered-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(variable)}
              className="flex h-7 items-center gap-3 rounded-item px-2 text-small aria-selected:bg-hover"
            >
              <span className="font-mono text-accent-text">{tokenOf(variable)}</span>
              <span className="truncate text-text-3">
                {variable.value ?? 'No value: says “there” instead'}
              </span>
            </div>
          ))}
        </div>
      )}
    </div>
  )
}

function Tinted({
  text,
  values,
}: {
  text: string
  values: Readonly<Record<string, string | null>>
}) {
  const parts: React.ReactNode[] = []
  let from = 0
  for (const { name, start, end } of usedVariables(text, values)) {
    const gap = !values[name] && !text.slice(start, end).includes('|')
    parts.push(text.slice(from, start))
    parts.push(
      <mark
        key={start}
        className={
          gap
            ? 'rounded-[3px] bg-amber-soft text-amber-text shadow-[0_0_0_1px_var(--amber-soft)]'
            : 'rounded-[3px] bg-accent-soft text-accent-text shadow-[0_0_0_1px_var(--accent-soft)]'
        }
      >
        {text.slice(start, end)}
      </mark>,
    )
    from = end
  }
  parts.push(text.slice(from))
  // A last empty line has no height without something on it.
  return (
    <>
      {parts}
      {'\u200b'}
    </>
  )
}
