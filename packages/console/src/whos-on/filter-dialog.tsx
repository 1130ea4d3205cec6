import {
  type BrandId,
  type Condition,
  LIMITS,
  type SavedFilter,
  type VisitFilter,
} from '@beckon/protocol'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Plus, Trash2 } from 'lucide-react'
import { type FormEvent, useId, useRef, useState } from 'react'
import { useSaveKey } from '../frame/unsaved.tsx'
import { CommandRefused } from '../live/commands.ts'
import { AskToDiscard } from '../parts/ask-to-discard.tsx'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { Input } from '../parts/input.tsx'
import { Segment } from '../parts/segment.tsx'
import { Select } from '../parts/select.tsx'
import { meQuery } from '../queries.ts'
import { conditionFrom, type Draft, draftFrom, isProblem, newDraft } from './condition-draft.ts'
import type { Sites } from './condition-fields.ts'
import { ConditionRow } from './condition-row.tsx'
import { FilterConflict } from './filter-conflict.tsx'
import { MatchingNow } from './matching-now.tsx'
import type { FilterDraft } from './use-filters.tsx'

/** What the builder begins with. */
export type FilterStart = {
  saved?: SavedFilter | undefined
  name: string
  filter: VisitFilter
  /** The shipped filter that what is saved here stands for. */
  standsFor?: string | undefined
}

type FilterDialogProps = {
  start: FilterStart
  sites: Sites
  onSave: (draft: FilterDraft) => Promise<SavedFilter>
  onSaved: (saved: SavedFilter) => void
  onClose: () => void
}

const MINE = 'mine'
const EVERYONE = 'everyone'
type Row = { key: number; draft: Draft }

/** A filter with its name, made or changed, and how many it shows while one is at it. */
export function FilterDialog({ start, sites, onSave, onSaved, onClose }: FilterDialogProps) {
  const { data: me } = useSuspenseQuery(meQuery)
  const [base, setBase] = useState<Pick<SavedFilter, 'id' | 'version'> | undefined>(start.saved)
  const [name, setName] = useState(start.name)
  const [match, setMatch] = useState(start.filter.match)
  const [rows, setRows] = useState(() => rowsFrom(start.filter))
  const [who, setWho] = useState(start.saved?.shared ? (start.saved.brandId ?? EVERYONE) : MINE)
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [conflict, setConflict] = useState<SavedFilter>()
  const [asking, setAsking] = useState(false)
  const lastKey = useRef(rows.length)
  const formId = useId()
  const nameBox = useRef<HTMLInputElement>(null)

  const made = rows.map(({ draft }) => conditionFrom(draft))
  const conditions = made.filter((one): one is Condition => !isProblem(one))
  const complete = conditions.length === made.length
  const filter: VisitFilter = {
    match,
    conditions,
    ...(start.filter.bots && { bots: true }),
  }
  const changed =
    !complete ||
    JSON.stringify([name, filter]) !== JSON.stringify([start.name, start.filter]) ||
    who !== (start.saved?.shared ? (start.saved.brandId ?? EVERYONE) : MINE)

  const close = () => (changed && !busy ? setAsking(true) : onClose())
  const change = (key: number, draft: Draft) =>
    setRows(rows.map((row) => (row.key === key ? { key, draft } : row)))

  async function save(event?: FormEvent) {
    event?.preventDefault()
    setTried(true)
    if (busy || !complete || name.trim() === '') return
    setBusy(true)
    setProblem(undefined)
    try {
      onSaved(
        await onSave({
          ...(base && { saved: base }),
          name,
          filter,
          shared: who !== MINE,
          ...(who !== MINE && who !== EVERYONE && { brandId: who as BrandId }),
          standsFor: start.standsFor,
        }),
      )
      onClose()
    } catch (thrown) {
      if (!(thrown instanceof CommandRefused)) throw thrown
      setBusy(false)
      if (thrown.details.filter) return setConflict(thrown.details.filter)
      if (thrown.code !== 'not_found' || !base) return setProblem(thrown.message)
      setBase(undefined)
      setProblem('It was deleted meanwhile. Save again to make it anew.')
    }
  }
  useSaveKey(() => void save())

  return (
    <Dialog
      open
      title={start.saved || start.standsFor ? 'Edit filter' : 'New filter'}
      onOpenChange={close}
      size="w-[720px]"
      onOpenAutoFocus={(event) => {
        event.preventDefault()
        nameBox.current?.select()
      }}
      foot={
        asking ? (
          <AskToDiscard onDiscard={onClose} onKeep={() => setAsking(false)} />
        ) : (
          <>
            <span className="min-w-40 flex-1">
              <MatchingNow filter={complete ? filter : undefined} />
            </span>
            <Button onClick={close}>Cancel</Button>
            <Button
              type="submit"
              form={formId}
              variant="primary"
              kbd="⌘S"
              busy={busy && 'Saving…'}
              disabled={conflict !== undefined}
            >
              Save filter
            </Button>
          </>
        )
      }
    >
      <form
        id={formId}
        noValidate
        onSubmit={(event) => void save(event)}
        className="flex flex-col gap-4"
      >
        {conflict && (
          <FilterConflict
            theirs={conflict}
            sites={sites}
            onMine={() => {
              setBase(conflict)
              setConflict(undefined)
            }}
            onTheirs={() => {
              setBase(conflict)
              setName(conflict.name)
              setMatch(conflict.filter.match)
              setRows(rowsFrom(conflict.filter))
              setConflict(undefined)
            }}
          />
        )}
        <div className="grid gap-4 md:grid-cols-[minmax(0,1fr)_200px]">
          <Field
            label="Name"
            error={tried && name.trim() === '' ? 'Give the filter a name.' : undefined}
          >
            <Input
              ref={nameBox}
              value={name}
              maxLength={LIMITS.filterNameCharacters}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          </Field>
          {me.agent.roles.includes('manager') && !start.standsFor && (
            <Field label="Who has it">
              <Select value={who} choices={audiences(me.brands)} onChoose={setWho} />
            </Field>
          )}
        </div>
        <fieldset className="flex min-w-0 flex-col gap-2.5">
          <legend className="mb-2 flex items-center gap-2 font-medium">
            Show visitors of whom
            <Segment
              label="How many of the conditions must hold"
              value={match}
              onChange={setMatch}
              options={[
                { value: 'all', label: 'all' },
                { value: 'any', label: 'any' },
              ]}
            />
            of these hold
          </legend>
          {rows.map(({ key, draft }, at) => {
            const one = made[at]
            return (
              <ConditionRow
                key={key}
                draft={draft}
                sites={sites}
                problem={tried && one && isProblem(one) ? one : undefined}
                onChange={(next) => change(key, next)}
                remove={
                  <IconButton
                    label="Remove this condition"
                    icon={<Trash2 size={15} aria-hidden />}
                    onClick={() => setRows(rows.filter((row) => row.key !== key))}
                  />
                }
              />
            )
          })}
          {rows.length === 0 && (
            <p className="text-small text-text-3">Without conditions it shows everyone.</p>
          )}
          <span>
            <Button
              size={26}
              icon={<Plus size={13} aria-hidden />}
              disabled={rows.length >= LIMITS.conditions}
              title={
                rows.length >= LIMITS.conditions
                  ? `A filter has at most ${LIMITS.conditions} conditions.`
                  : undefined
              }
              onClick={() => setRows([...rows, { key: lastKey.current++, draft: newDraft() }])}
            >
              Add a condition
            </Button>
          </span>
        </fieldset>
        {problem && (
          <p role="alert" className="text-red-text">
            {problem}
          </p>
        )}
      </form>
    </Dialog>
  )
}

const rowsFrom = ({ conditions }: VisitFilter): Row[] =>
  conditions.map((condition, key) => ({ key, draft: draftFrom(condition) }))

/** With one brand the word brand is not mentioned. */
const audiences = (brands: readonly { id: BrandId; name: string }[]) => [
  { value: MINE, label: 'Only me' },
  { value: EVERYONE, label: 'Everyone' },
  ...(brands.length > 1
    ? brands.map(({ id, name }) => ({ value: id as string, label: `Agents of ${name}` }))
    : []),
]
