import type { FilterField, FilterOperator } from '@beckon/protocol'
import { CircleAlert } from 'lucide-react'
import { useId } from 'react'
import { cx } from '../parts/class-names.ts'
import { Input } from '../parts/input.tsx'
import { Select } from '../parts/select.tsx'
import type { Draft, DraftProblem } from './condition-draft.ts'
import { withField } from './condition-draft.ts'
import { FIELD_GROUPS, isList, needsValue, operatorsFor, type Sites } from './condition-fields.ts'
import { FIELD_WORDS, OPERATOR_WORDS } from './condition-words.ts'
import { ValueBox } from './value-box.tsx'

const FIELDS = FIELD_GROUPS.map(({ group, fields }) => ({
  group,
  choices: fields.map((field) => ({ value: field, label: FIELD_WORDS[field] })),
}))

type ConditionBoxesProps = {
  draft: Draft
  sites: Sites
  onChange: (draft: Draft) => void
  problem?: DraftProblem | undefined
  /** Side by side, where there is room. */
  inLine?: boolean
}

/** Field, operator and value of one condition. */
export function ConditionBoxes({ draft, sites, onChange, problem, inLine }: ConditionBoxesProps) {
  const problemId = useId()
  const change = (part: Partial<Draft>) => onChange({ ...draft, ...part })
  const hint = problem?.words ?? hintOf(draft)
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-1.5">
      <div
        className={cx(
          'grid min-w-0 gap-2',
          inLine && 'md:grid-cols-[150px_150px_minmax(0,1fr)] md:items-start',
        )}
      >
        <div className="flex min-w-0 flex-col gap-1.5">
          <Select
            aria-label="Field"
            value={draft.field}
            choices={FIELDS}
            onChoose={(field) => onChange(withField(draft, field as FilterField))}
          />
          {draft.field === 'attribute' && (
            <Input
              aria-label="Name of the attribute"
              placeholder="plan"
              value={draft.key}
              maxLength={40}
              aria-invalid={problem?.at === 'key' || undefined}
              onChange={(event) => change({ key: event.currentTarget.value })}
            />
          )}
        </div>
        <Select
          aria-label="Condition"
          value={draft.op}
          choices={operatorsFor(draft.field).map((one) => ({
            value: one,
            label: OPERATOR_WORDS[one],
          }))}
          onChoose={(op) => change({ op: op as FilterOperator })}
        />
        {needsValue(draft.op) && (
          <ValueBox draft={draft} sites={sites} onChange={change} wrong={problem?.at} />
        )}
      </div>
      {hint && (
        <p
          id={problemId}
          role={problem ? 'alert' : undefined}
          className={cx('flex gap-1.5 text-small', problem ? 'text-red-text' : 'text-text-3')}
        >
          {problem && <CircleAlert size={14} className="mt-0.5 flex-none" aria-hidden />}
          {hint}
        </p>
      )}
    </div>
  )
}

function hintOf({ field, op }: Draft): string | undefined {
  if (op === 'matches' || op === 'not_matches') return 'A * stands for anything: */bikes/*'
  if (field === 'attribute') return 'As the page names it when it says who the visitor is.'
  if (isList(op) && (field === 'url' || field === 'city' || field === 'ip'))
    return 'Several, with commas between.'
  return undefined
}
