import { X } from 'lucide-react'
import { tintOf } from './avatar.tsx'
import { cx } from './class-names.ts'

type TagChipProps = {
  tag: { name: string; tint: number }
  /** In the list a chip is smaller and has no ×. */
  small?: boolean
  onRemove?: () => void
}

/** A word agents put on a visitor, in the tint it has for the whole brand. */
export function TagChip({ tag, small, onRemove }: TagChipProps) {
  return (
    <span
      className={cx(
        'inline-flex max-w-full min-w-0 items-center rounded-chip font-medium',
        small ? 'h-[18px] px-1.5 text-[11px]' : 'h-6 ps-2 text-small',
        !small && !onRemove && 'pe-2',
        tintOf(tag.tint),
      )}
    >
      <span className="truncate" title={tag.name}>
        {tag.name}
      </span>
      {onRemove && (
        <button
          type="button"
          aria-label={`Remove ${tag.name}`}
          onClick={onRemove}
          className="ring-inside inline-flex size-6 flex-none items-center justify-center rounded-chip hover:brightness-90"
        >
          <X size={12} aria-hidden />
        </button>
      )}
    </span>
  )
}
