import { X } from 'lucide-react'
import { cx } from './class-names.ts'

type ChipProps = {
  field: string
  operator?: string
  value?: string
  /** Switched off: struck and dashed. */
  off?: boolean
  onEdit?: () => void
  onRemove?: () => void
}

/** One condition of a filter. A click edits it, the × removes it. */
export function Chip({ field, operator, value, off, onEdit, onRemove }: ChipProps) {
  return (
    <span
      className={cx(
        'inline-flex h-[26px] max-w-80 items-center rounded-button text-base',
        off ? 'border border-dashed border-line-strong text-text-3 line-through' : 'bg-sunken',
      )}
    >
      <button
        type="button"
        onClick={onEdit}
        className="ring-inside inline-flex h-full min-w-0 items-center gap-1 rounded-button ps-2.5 pe-1"
      >
        <span className="text-text-2">{field}</span>
        {operator && <span className="text-text-2">{operator}</span>}
        {value && <span className="truncate font-medium">{value}</span>}
      </button>
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
