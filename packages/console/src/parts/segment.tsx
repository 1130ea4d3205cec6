import { ToggleGroup as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { cx } from './class-names.ts'

type SegmentProps<Value extends string> = {
  label: string
  value: Value
  onChange: (value: Value) => void
  options: readonly { value: Value; label: string; icon?: ReactNode; count?: number }[]
  /** Fills its line, which is narrow: a large count says only that it is. */
  fill?: boolean
}

/** Two to five views of the same thing. Arrows move, one tab stop. */
export function Segment<Value extends string>({
  label,
  value,
  onChange,
  options,
  fill,
}: SegmentProps<Value>) {
  return (
    <Radix.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        const option = options.find((one) => one.value === next)
        if (option) onChange(option.value)
      }}
      className={cx(
        'inline-flex h-[30px] max-w-full gap-0.5 overflow-x-auto [scrollbar-width:none] rounded-button bg-sunken p-0.5 shadow-[inset_0_0_0_1px_var(--line)]',
        fill && 'w-full',
      )}
    >
      {options.map((option) => (
        <Radix.Item
          key={option.value}
          value={option.value}
          className={cx(
            'ring-inside inline-flex items-center justify-center rounded-item text-base text-text-2 transition-colors hover:text-text',
            'data-[state=on]:bg-surface data-[state=on]:font-medium data-[state=on]:text-text data-[state=on]:shadow-[0_0_0_1px_var(--line-strong)] dark:data-[state=on]:bg-hover',
            fill ? 'flex-auto gap-1 px-1' : 'flex-none gap-1.5 px-2.5 whitespace-nowrap',
          )}
        >
          {option.icon}
          {option.label}
          {option.count !== undefined && (
            <span className="tabular-nums">{fill && option.count > 99 ? '99+' : option.count}</span>
          )}
        </Radix.Item>
      ))}
    </Radix.Root>
  )
}
