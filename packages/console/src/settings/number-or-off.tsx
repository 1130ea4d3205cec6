import { useId } from 'react'
import { Checkbox } from '../parts/checkbox.tsx'
import { Input } from '../parts/input.tsx'

type NumberOrOffProps = {
  label: string
  /** After the number. */
  unit: string
  hint?: string
  /** What stands there as shipped, and comes back when it is switched on. */
  shipped: number
  /** As typed; null is off. */
  value: string | null
  onChange: (value: string | null) => void
  error?: string | undefined
}

/** A number that can be switched off. */
export function NumberOrOff(props: NumberOrOffProps) {
  const { label, unit, hint, shipped, value, onChange, error } = props
  const id = useId()
  return (
    <div className="flex flex-col gap-1 pb-2">
      <div className="flex min-h-[34px] items-center gap-2.5">
        <Checkbox
          id={`${id}-on`}
          checked={value !== null}
          onChange={(on) => onChange(on ? String(shipped) : null)}
        />
        <label htmlFor={`${id}-on`} className="min-w-0 flex-1">
          {label}
        </label>
        <span className="w-[72px] flex-none">
          <Input
            type="text"
            inputMode="numeric"
            aria-label={`${label}, ${unit}`}
            aria-invalid={error ? true : undefined}
            aria-describedby={`${id}-below`}
            disabled={value === null}
            value={value ?? ''}
            onChange={(event) => onChange(event.currentTarget.value)}
            className="text-end tabular-nums disabled:bg-sunken"
          />
        </span>
        <span className="w-[64px] flex-none text-text-2">{unit}</span>
      </div>
      <p
        id={`${id}-below`}
        role={error ? 'alert' : undefined}
        className={`ps-[26px] text-small ${error ? 'text-red-text' : 'text-text-3'}`}
      >
        {error ?? hint}
      </p>
    </div>
  )
}

/** The number as the server takes it; undefined for what is none. */
export function numberIn(text: string | null, most: number): number | null | undefined {
  if (text === null) return null
  const number = Number(text.trim())
  return Number.isInteger(number) && number >= 1 && number <= most ? number : undefined
}
