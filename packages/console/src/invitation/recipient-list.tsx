import { Check, CircleAlert, X } from 'lucide-react'
import { cx } from '../parts/class-names.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { noticeWords } from './notice-words.ts'
import type { Outcome, Recipient, Rendered } from './recipients.ts'

export type Line = { recipient: Recipient; rendered: Rendered; outcome: Outcome | undefined }

type RecipientListProps = {
  lines: readonly Line[]
  at: number
  onAt: (at: number) => void
  onLeave: (line: Line) => void
}

/** Everybody the invitation goes to, with what stands in the way and what came of it (W9). */
export function RecipientList({ lines, at, onAt, onLeave }: RecipientListProps) {
  return (
    <ul
      aria-label="Recipients"
      className="max-h-[116px] min-h-[58px] flex-none overflow-y-auto rounded-input border border-line"
    >
      {lines.map((line, index) => {
        const { recipient, outcome } = line
        return (
          <li
            key={recipient.visitId}
            className={cx(
              'flex min-h-[29px] items-center gap-2 border-b border-line ps-2.5 pe-1 text-small last:border-b-0',
              index === at && 'bg-accent-soft',
            )}
          >
            <button
              type="button"
              aria-current={index === at || undefined}
              onClick={() => onAt(index)}
              className="ring-inside flex min-h-6 min-w-0 flex-1 items-center gap-2 text-start"
            >
              <span className="max-w-[45%] flex-none truncate font-medium" title={recipient.name}>
                {recipient.name}
              </span>
              <State {...line} />
            </button>
            {outcome?.kind !== 'sent' && (
              <IconButton
                label={`Leave out ${recipient.name}`}
                icon={<X size={13} aria-hidden />}
                onClick={() => onLeave(line)}
              />
            )}
          </li>
        )
      })}
    </ul>
  )
}

function State({ recipient, rendered, outcome }: Line) {
  if (outcome?.kind === 'sent') {
    return (
      <span className="flex items-center gap-1 font-medium text-green-text">
        <Check size={13} aria-hidden /> Sent
      </span>
    )
  }
  const words = outcome ? noticeWords(outcome.notice) : rendered.problem
  if (words) {
    return (
      <span className="flex min-w-0 items-center gap-1 text-amber-text" title={words}>
        <CircleAlert size={13} className="flex-none" aria-hidden />
        <span className="truncate">{words}</span>
      </span>
    )
  }
  if (rendered.empty.length > 0) {
    const names = rendered.empty.map((name) => `#${name}#`).join(', ')
    return <span className="truncate text-amber-text" title={names}>{`No value for ${names}`}</span>
  }
  return <span className="truncate text-text-3">{recipient.values?.recipient.next}</span>
}
