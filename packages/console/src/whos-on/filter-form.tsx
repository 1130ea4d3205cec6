import type { Condition, VisitFilter } from '@beckon/protocol'
import { Plus } from 'lucide-react'
import { Popover } from 'radix-ui'
import { type FormEvent, type ReactElement, useState } from 'react'
import { Button } from '../parts/button.tsx'
import { Switch } from '../parts/switch.tsx'
import { ConditionBoxes } from './condition-boxes.tsx'
import { conditionFrom, draftFrom, isProblem, newDraft } from './condition-draft.ts'
import type { Sites } from './condition-fields.ts'
import { MatchingNow } from './matching-now.tsx'

type FilterFormProps = {
  trigger?: ReactElement
  /** The condition to change; absent for a new one. */
  condition?: Condition
  sites: Sites
  /** The whole filter as it would be, for the number of people it shows. */
  withIt: (condition: Condition) => VisitFilter
  onApply: (condition: Condition) => void
}

/** One condition, made or changed. */
export function FilterForm({ trigger, ...form }: FilterFormProps) {
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
          className="z-40 max-h-(--radix-popover-content-available-height) w-72 animate-fade overflow-y-auto rounded-menu bg-popover p-3.5 shadow-menu"
        >
          <Form
            {...form}
            onApply={(made) => {
              setOpen(false)
              form.onApply(made)
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function Form({ condition, sites, withIt, onApply }: Omit<FilterFormProps, 'trigger'>) {
  const [draft, setDraft] = useState(() => (condition ? draftFrom(condition) : newDraft()))
  const [tried, setTried] = useState(false)
  const made = conditionFrom(draft)
  const problem = isProblem(made) ? made : undefined

  function submit(event: FormEvent) {
    event.preventDefault()
    if (isProblem(made)) return setTried(true)
    onApply(made)
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-3" noValidate>
      <ConditionBoxes
        draft={draft}
        sites={sites}
        onChange={setDraft}
        problem={tried ? problem : undefined}
      />
      {condition && (
        <Switch
          label="In force"
          checked={!draft.off}
          onChange={(on) => setDraft({ ...draft, off: !on })}
        />
      )}
      <MatchingNow filter={isProblem(made) ? undefined : withIt(made)} />
      <Button type="submit" variant="primary">
        Show these
      </Button>
    </form>
  )
}
