import { RadioGroup as Radix } from 'radix-ui'
import { type ReactNode, useId } from 'react'

type RadioGroupProps<Value extends string> = {
  label: string
  value: Value
  onChange: (value: Value) => void
  options: readonly { value: Value; label: string; hint?: ReactNode }[]
  /** Has the focus when it appears. */
  autoFocus?: boolean
}

/** One of a few, each with what it means. Arrows move, one tab stop. */
export function RadioGroup<Value extends string>({
  label,
  value,
  onChange,
  options,
  autoFocus,
}: RadioGroupProps<Value>) {
  const id = useId()
  return (
    <Radix.Root
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        const option = options.find((one) => one.value === next)
        if (option) onChange(option.value)
      }}
      className="flex flex-col gap-1"
    >
      {options.map((option) => (
        <div
          key={option.value}
          className="flex items-start gap-2.5 rounded-item px-2 py-1.5 has-data-[state=checked]:bg-canvas"
        >
          <Radix.Item
            id={`${id}-${option.value}`}
            value={option.value}
            autoFocus={autoFocus && option.value === value}
            aria-describedby={option.hint ? `${id}-${option.value}-hint` : undefined}
            className="relative mt-0.5 inline-flex size-4 flex-none items-center justify-center rounded-full border border-control bg-surface before:absolute before:-inset-1.5 before:content-[''] data-[state=checked]:border-accent"
          >
            <Radix.Indicator className="size-2 rounded-full bg-accent" />
          </Radix.Item>
          <span className="min-w-0 flex-1">
            <label htmlFor={`${id}-${option.value}`} className="block font-medium">
              {option.label}
            </label>
            {option.hint && (
              <span id={`${id}-${option.value}-hint`} className="block text-small text-text-3">
                {option.hint}
              </span>
            )}
          </span>
        </div>
      ))}
    </Radix.Root>
  )
}
