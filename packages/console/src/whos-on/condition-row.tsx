import type { ReactNode } from 'react'
import { Checkbox } from '../parts/checkbox.tsx'
import { cx } from '../parts/class-names.ts'
import { ConditionBoxes } from './condition-boxes.tsx'
import type { Draft, DraftProblem } from './condition-draft.ts'
import type { Sites } from './condition-fields.ts'

type ConditionRowProps = {
  draft: Draft
  sites: Sites
  problem: DraftProblem | undefined
  onChange: (draft: Draft) => void
  remove: ReactNode
}

/** A condition in the builder: in force or not, what it says, and the way to be rid of it. */
export function ConditionRow({ draft, sites, problem, onChange, remove }: ConditionRowProps) {
  return (
    <div
      className={cx(
        'flex min-w-0 items-start gap-2.5 rounded-item',
        draft.off && '[&_select]:line-through [&_input]:line-through',
      )}
    >
      <span className="flex h-[34px] items-center">
        <Checkbox
          aria-label="This condition is in force"
          checked={!draft.off}
          onChange={(on) => onChange({ ...draft, off: !on })}
        />
      </span>
      <ConditionBoxes draft={draft} sites={sites} problem={problem} onChange={onChange} inLine />
      <span className="flex h-[34px] items-center">{remove}</span>
    </div>
  )
}
