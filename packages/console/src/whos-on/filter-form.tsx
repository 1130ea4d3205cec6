import { type Condition, FILTER_FIELDS, type FilterField, type SiteId } from '@beckon/protocol'
import { Plus } from 'lucide-react'
import { Popover } from 'radix-ui'
import { type FormEvent, type ReactElement, useState } from 'react'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { Input } from '../parts/input.tsx'
import { Select } from '../parts/select.tsx'
import {
  FIELD_WORDS,
  isNumber,
  isTime,
  needsValue,
  OPERATOR_WORDS,
  operatorsFor,
} from './condition-words.ts'
import type { SiteFace } from './use-sites.ts'

const HIDDEN: readonly FilterField[] = ['place', 'located']
const FIELDS = FILTER_FIELDS.filter((field) => !HIDDEN.includes(field)).map((field) => ({
  value: field,
  label: FIELD_WORDS[field],
}))

type FilterFormProps = {
  trigger?: ReactElement
  condition?: Condition
  sites: ReadonlyMap<SiteId, SiteFace>
  onApply: (condition: Condition) => void
}

/** One condition, made or changed. */
export function FilterForm({ trigger, condition, sites, onApply }: FilterFormProps) {
  const [open, setOpen] = useState(false)
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        {trigger ?? (
          <Button icon={<Plus size={14} aria-hidden />} data-filter-opener>
            Filter
          </Button>
        )}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Filter"
          className="z-40 w-72 animate-fade rounded-menu bg-popover p-3.5 shadow-menu"
        >
          <Form
            start={condition ?? { field: 'url', op: 'contains', value: '' }}
            sites={sites}
            onApply={(made) => {
              setOpen(false)
              onApply(made)
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

type FormProps = {
  start: Condition
  sites: ReadonlyMap<SiteId, SiteFace>
  onApply: (condition: Condition) => void
}

function Form({ start, sites, onApply }: FormProps) {
  const [field, setField] = useState(start.field)
  const [op, setOp] = useState(start.op)
  const [value, setValue] = useState(shownValue(start))
  const [missing, setMissing] = useState<string>()

  function choose(next: FilterField) {
    setField(next)
    if (!operatorsFor(next).includes(op)) setOp(operatorsFor(next)[0] ?? 'is')
    setValue(choicesOf(next, sites)?.[0]?.value ?? '')
    setMissing(undefined)
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    if (!needsValue(op)) return onApply({ field, op })
    const text = value.trim()
    if (text === '') return setMissing('Say what to look for.')
    if (!isNumber(field)) return onApply({ field, op, value: text })
    const number = Number(text.replace(',', '.'))
    if (!Number.isFinite(number) || number < 0) return setMissing('Use a figure, such as 3.')
    onApply({ field, op, value: String(Math.round(isTime(field) ? number * 60 : number)) })
  }

  const choices = choicesOf(field, sites)
  return (
    <form onSubmit={submit} className="flex flex-col gap-3" noValidate>
      <Field label="Field">
        <Select value={field} choices={FIELDS} onChoose={(next) => choose(next as FilterField)} />
      </Field>
      <Field label="Condition">
        <Select
          value={op}
          choices={operatorsFor(field).map((one) => ({ value: one, label: OPERATOR_WORDS[one] }))}
          onChoose={(next) => setOp(next as Condition['op'])}
        />
      </Field>
      {needsValue(op) && (
        <Field
          label={isTime(field) ? 'Minutes' : 'Value'}
          error={missing}
          hint={op === 'in' ? 'Several, with commas between.' : undefined}
        >
          {choices ? (
            <Select value={value} choices={choices} onChoose={setValue} />
          ) : (
            <Input
              value={value}
              maxLength={500}
              inputMode={isNumber(field) ? 'decimal' : 'text'}
              onChange={(event) => setValue(event.currentTarget.value)}
            />
          )}
        </Field>
      )}
      <Button type="submit" variant="primary">
        Show these
      </Button>
    </form>
  )
}

const shownValue = ({ field, value = '' }: Condition): string =>
  isTime(field) && value !== '' ? String(Number(value) / 60) : value

const option = (value: string) => ({ value, label: value.charAt(0).toUpperCase() + value.slice(1) })

function choicesOf(field: FilterField, sites: ReadonlyMap<SiteId, SiteFace>) {
  if (field === 'status') return ['active', 'pending', 'removed'].map(option)
  if (field === 'device') return ['desktop', 'phone', 'tablet', 'tv', 'other'].map(option)
  if (field === 'chat') return ['queued', 'active'].map(option)
  if (field === 'invitation') {
    return [
      'sent',
      'delivered',
      'viewed',
      'accepted',
      'declined',
      'ignored',
      'withdrawn',
      'expired',
      'failed',
    ].map(option)
  }
  if (field === 'site' && sites.size > 0) {
    return [...sites.values()].map(({ id, name }) => ({ value: id as string, label: name }))
  }
  return undefined
}
