import { Check, Minus } from 'lucide-react'
import { Checkbox as Radix } from 'radix-ui'
import { cx } from './class-names.ts'
import { useFieldLinks } from './field.tsx'

type CheckboxProps = {
  checked: boolean | 'indeterminate'
  onChange: (checked: boolean) => void
  disabled?: boolean
  'aria-label'?: string
  id?: string
  tabIndex?: number
  className?: string
}

const BOX = cx(
  'relative inline-flex size-4 flex-none items-center justify-center rounded-chip border border-control bg-surface',
  // A 28 px target around the small square.
  "before:absolute before:-inset-1.5 before:content-['']",
)

/** The same for a row of a long list, which answers its clicks and keys: rows come and go by the dozen. */
export const RowCheckbox = ({ checked, label }: { checked: boolean; label: string }) => (
  // biome-ignore lint/a11y/useSemanticElements: drawn as the other one is
  <button
    type="button"
    role="checkbox"
    aria-checked={checked}
    aria-label={label}
    tabIndex={-1}
    className={cx(BOX, checked && 'border-accent! bg-accent! text-on-accent')}
  >
    {checked && <Check size={12} strokeWidth={3} aria-hidden />}
  </button>
)

export function Checkbox({ checked, onChange, className, ...rest }: CheckboxProps) {
  return (
    <Radix.Root
      {...useFieldLinks()}
      {...rest}
      checked={checked}
      onCheckedChange={(next) => onChange(next === true)}
      className={cx(
        BOX,
        'data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent',
        'disabled:border-line-strong disabled:bg-sunken',
        className,
      )}
    >
      <Radix.Indicator className="text-on-accent">
        {checked === 'indeterminate' ? (
          <Minus size={12} strokeWidth={3} aria-hidden />
        ) : (
          <Check size={12} strokeWidth={3} aria-hidden />
        )}
      </Radix.Indicator>
    </Radix.Root>
  )
}
