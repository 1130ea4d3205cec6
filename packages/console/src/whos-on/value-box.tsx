import { LIMITS } from '@beckon/protocol'
import { X } from 'lucide-react'
import { Input } from '../parts/input.tsx'
import { type Choice, Select } from '../parts/select.tsx'
import type { Draft } from './condition-draft.ts'
import { choicesFor, isList, kindOf, type Sites } from './condition-fields.ts'

type ValueBoxProps = {
  draft: Draft
  sites: Sites
  onChange: (part: Partial<Draft>) => void
  /** Which box is wrong. */
  wrong?: 'key' | 'value' | 'to' | undefined
}

/** Where a condition’s value is chosen or typed: what it looks like follows the field. */
export function ValueBox({ draft, sites, onChange, wrong }: ValueBoxProps) {
  const { field, op, value, to } = draft
  const choices = choicesFor(field, sites)
  if (choices && isList(op)) {
    return (
      <Several chosen={value} choices={choices} onChoose={(next) => onChange({ value: next })} />
    )
  }
  if (choices) {
    return (
      <Select
        aria-label="Value"
        value={value}
        choices={value ? choices : [{ value: '', label: 'Choose…' }, ...choices]}
        onChoose={(next) => onChange({ value: next })}
        aria-invalid={wrong === 'value' || undefined}
      />
    )
  }
  const kind = kindOf(field)
  const unit = kind === 'time' ? 'min' : field === 'hits' ? 'pages' : undefined
  const box = (label: string, text: string, change: (text: string) => void, bad: boolean) => (
    <Input
      aria-label={label}
      aria-invalid={bad || undefined}
      value={text}
      maxLength={LIMITS.conditionCharacters}
      inputMode={kind === 'text' ? 'text' : 'decimal'}
      onChange={(event) => change(event.currentTarget.value)}
    />
  )
  const first = box('Value', value, (next) => onChange({ value: next }), wrong === 'value')
  if (op !== 'between' && !unit) return first
  return (
    <span className="flex min-w-0 items-center gap-2">
      {first}
      {op === 'between' && (
        <>
          <span className="text-text-3">and</span>
          {box('Upper value', to, (next) => onChange({ to: next }), wrong === 'to')}
        </>
      )}
      {unit && <span className="flex-none text-text-3">{unit}</span>}
    </span>
  )
}

type SeveralProps = {
  chosen: string
  choices: readonly Choice[]
  onChoose: (value: string) => void
}

/** Some of a known list: each that is chosen can be taken out again. */
function Several({ chosen, choices, onChoose }: SeveralProps) {
  const values = chosen.split(',').filter(Boolean)
  const labelOf = (value: string) => choices.find((one) => one.value === value)?.label ?? value
  const left = choices.filter(({ value }) => !values.includes(value))
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      {values.length > 0 && (
        <ul className="flex flex-wrap gap-1">
          {values.map((value) => (
            <li
              key={value}
              className="inline-flex h-6 max-w-full items-center rounded-chip bg-sunken ps-2 text-small"
            >
              <span className="truncate">{labelOf(value)}</span>
              <button
                type="button"
                aria-label={`Take out ${labelOf(value)}`}
                className="ring-inside inline-flex size-6 flex-none items-center justify-center rounded-chip text-text-2 hover:text-text"
                onClick={() => onChoose(values.filter((one) => one !== value).join(','))}
              >
                <X size={12} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <Select
        aria-label="Add a value"
        value=""
        choices={[{ value: '', label: values.length > 0 ? 'Add…' : 'Choose…' }, ...left]}
        onChoose={(value) => value && onChoose([...values, value].join(','))}
      />
    </div>
  )
}
