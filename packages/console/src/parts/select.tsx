import { ChevronsUpDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cx } from './class-names.ts'
import { useFieldLinks } from './field.tsx'

export type Choice = { value: string; label: string; disabled?: boolean }
type SelectProps = Omit<ComponentProps<'select'>, 'onChange' | 'children'> & {
  choices: readonly (Choice | { group: string; choices: readonly Choice[] })[]
  onChoose: (value: string) => void
}

/**
 * The platform's own select in our clothes: complete by keyboard and on phones, and it needs no
 * styles written into the page, which our policy refuses.
 */
export function Select({ choices, onChoose, className, ...rest }: SelectProps) {
  return (
    <span className={cx('relative block min-w-0', className)}>
      <select
        {...useFieldLinks()}
        {...rest}
        onChange={(event) => onChoose(event.currentTarget.value)}
        className="text-field h-[34px] w-full min-w-0 appearance-none truncate ps-2.5 pe-8 max-md:h-10 max-md:text-[16px]"
      >
        {choices.map((choice) =>
          'group' in choice ? (
            <optgroup key={`group:${choice.group}`} label={choice.group}>
              {choice.choices.map(option)}
            </optgroup>
          ) : (
            option(choice)
          ),
        )}
      </select>
      <ChevronsUpDown
        size={14}
        aria-hidden
        className="pointer-events-none absolute end-2.5 top-1/2 -translate-y-1/2 text-text-2"
      />
    </span>
  )
}

const option = ({ value, label, disabled }: Choice) => (
  <option key={value} value={value} disabled={disabled}>
    {label}
  </option>
)
