import { type FieldKind, type FormField, LIMITS } from '@beckon/protocol'
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { Input } from '../../parts/input.tsx'
import { Select } from '../../parts/select.tsx'
import { Switch } from '../../parts/switch.tsx'
import { Textarea } from '../../parts/textarea.tsx'

type FieldRowsProps = { fields: readonly FormField[]; onChange: (fields: FormField[]) => void }

const KINDS: { value: FieldKind; label: string }[] = [
  { value: 'text', label: 'Text' },
  { value: 'email', label: 'Email' },
  { value: 'select', label: 'Choice' },
  { value: 'checkbox', label: 'Tick' },
]

/** The fields of a form, one below the other: moved, changed, taken out and added. */
export function FieldRows({ fields, onChange }: FieldRowsProps) {
  const put = (at: number, field: FormField) =>
    onChange(fields.map((one, place) => (place === at ? field : one)))
  const move = (at: number, to: number) => {
    const next = [...fields]
    const [moved] = next.splice(at, 1)
    if (moved) next.splice(to, 0, moved)
    onChange(next)
  }
  return (
    <>
      <ol className="flex flex-col gap-3" aria-label="Fields">
        {fields.map((field, at) => {
          const name = nameOf(field)
          return (
            <li key={field.id} className="flex flex-col gap-3 rounded-item border border-line p-3">
              <div className="flex items-center gap-1">
                <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
                <IconButton
                  label={`Move ${name} up`}
                  icon={<ArrowUp size={15} aria-hidden />}
                  disabled={at === 0}
                  onClick={() => move(at, at - 1)}
                />
                <IconButton
                  label={`Move ${name} down`}
                  icon={<ArrowDown size={15} aria-hidden />}
                  disabled={at === fields.length - 1}
                  onClick={() => move(at, at + 1)}
                />
                <IconButton
                  label={`Take ${name} out`}
                  icon={<Trash2 size={15} aria-hidden />}
                  onClick={() => onChange(fields.filter((one) => one !== field))}
                />
              </div>
              <FieldRow field={field} onChange={(next) => put(at, next)} />
            </li>
          )
        })}
      </ol>
      <Button
        className="self-start"
        icon={<Plus size={15} aria-hidden />}
        disabled={fields.length >= LIMITS.formFields}
        onClick={() =>
          onChange([...fields, { id: freeId(fields), kind: 'text', label: '', required: false }])
        }
      >
        Add a field
      </Button>
    </>
  )
}

function FieldRow({ field, onChange }: { field: FormField; onChange: (field: FormField) => void }) {
  const isBuiltIn = field.as === 'name' || field.as === 'email'
  const set = (part: Partial<FormField>) => onChange({ ...field, ...part })
  return (
    <>
      <div className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
        <Field
          label="Label"
          hint={isBuiltIn ? 'Empty: as usual in the visitor’s language.' : undefined}
        >
          <Input
            maxLength={80}
            value={field.label}
            onChange={({ currentTarget: { value } }) => set({ label: value })}
          />
        </Field>
        <Field label="Kind">
          <Select
            value={field.kind}
            disabled={isBuiltIn}
            onChoose={(kind) => set({ kind: kind as FieldKind })}
            choices={KINDS}
          />
        </Field>
      </div>
      {field.kind === 'select' && (
        <Field label="To choose from" hint="One a line.">
          <Textarea
            rows={3}
            value={(field.options ?? []).join('\n')}
            onChange={({ currentTarget: { value } }) => set({ options: value.split('\n') })}
            onBlur={() => set({ options: optionsIn(field.options) })}
          />
        </Field>
      )}
      {!isBuiltIn && (
        <Field
          label="Kept of the visitor as"
          hint="The name of an attribute, for variables and filters. Empty: with the chat only."
        >
          <Input
            maxLength={40}
            placeholder="order_number"
            value={field.as ?? ''}
            onChange={({ currentTarget: { value } }) => {
              const { as: _, ...rest } = field
              const as = value.toLowerCase().replaceAll(/[^a-z0-9_]/g, '_')
              onChange(/^[a-z]/.test(as) ? { ...rest, as } : rest)
            }}
          />
        </Field>
      )}
      <Switch
        label="Must be filled in"
        checked={field.required}
        onChange={(required) => set({ required })}
      />
    </>
  )
}

const nameOf = ({ label, as }: FormField): string =>
  label.trim() || (as === 'name' ? 'Name' : as === 'email' ? 'Email' : 'New field')

export const optionsIn = (lines: readonly string[] = []): string[] => [
  ...new Set(lines.map((line) => line.trim().slice(0, 80)).filter(Boolean)),
]

/** The first that no field has: ids stay when labels change. */
function freeId(fields: readonly FormField[]): string {
  const taken = new Set(fields.map(({ id }) => id))
  let at = 1
  while (taken.has(`field_${at}`)) at += 1
  return `field_${at}`
}
