import { X } from 'lucide-react'
import type { ReactElement } from 'react'
import { cx } from './class-names.ts'

type ChipProps = {
  field: string
  operator?: string
  value?: string
  /** Switched off: struck and dashed. */
  off?: boolean
  onEdit?: () => void
  /** Puts what edits it around the part that is clicked. */
  editor?: (trigger: ReactElement) => ReactElement
  onRemove?: () => void
}

/** One condition of a filter. A click edits it, the × removes it. */
export function Chip({ field, operator, value, off, onEdit, editor, onRemove }: ChipProps) {
  const face = (
    <button
      type="button"
      onClick={onEdit}
      title={off ? 'Switched off' : undefined}
      className="ring-inside inline-flex h-full min-w-0 items-center gap-1 rounded-button ps-2.5 pe-1 whitespace-nowrap"
    >
      <span className={cx(!off && 'text-text-2')}>{field}</span>
      {operator && <span className={cx(!off && 'text-text-2')}>{operator}</span>}
      {value && <span className="truncate font-medium">{value}</span>}
    </button>
  )
  return (
    <span
      className={cx(
        'inline-flex h-[26px] max-w-80 min-w-0 items-center rounded-button text-base',
        off ? 'border border-dashed border-line-strong text-text-3 line-through' : 'bg-sunken',
      )}
    >
      {editor ? editor(face) : face}
      {onRemove && (
        <button
          type="button"
          aria-label={`Remove ${[field, operator, value].filter(Boolean).join(' ')}`}
          onClick={onRemove}
          className="ring-inside inline-flex h-full w-6 flex-none items-center justify-center rounded-button text-text-2 hover:text-text"
        >
          <X size={13} aria-hidden />
        </button>
      )}
    </span>
  )
}
