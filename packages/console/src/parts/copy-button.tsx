import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { cx } from './class-names.ts'

/** Answers “Copied” for 2 s, which is announced. */
const ANSWER_MS = 2_000

type CopyButtonProps = { text: string; label?: string; onCode?: boolean }

export function CopyButton({ text, label = 'Copy', onCode }: CopyButtonProps) {
  const [answer, setAnswer] = useState<'Copied' | 'Select it and copy'>()
  useEffect(() => {
    if (!answer) return
    const timer = setTimeout(() => setAnswer(undefined), ANSWER_MS)
    return () => clearTimeout(timer)
  }, [answer])

  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      setAnswer('Copied')
    } catch {
      // Without HTTPS the browser may not offer the clipboard.
      setAnswer('Select it and copy')
    }
  }

  const done = answer === 'Copied'
  return (
    <>
      <button
        type="button"
        onClick={() => void copy()}
        className={cx(
          'inline-flex h-7 items-center gap-1.5 rounded-button px-2.5 text-small font-medium transition-colors',
          done
            ? 'bg-green-soft text-green-text'
            : onCode
              ? 'bg-[color-mix(in_srgb,var(--code-text)_14%,transparent)] text-code-text hover:bg-[color-mix(in_srgb,var(--code-text)_24%,transparent)]'
              : 'border border-line-strong bg-surface text-text hover:bg-hover',
        )}
      >
        {done ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
        {answer ?? label}
      </button>
      <span aria-live="polite" className="sr-only">
        {answer}
      </span>
    </>
  )
}
