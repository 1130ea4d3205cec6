import { newClientId } from '@beckon/client/connection'
import type { FilterId, FiltersState, SavedFilter, VisitFilter } from '@beckon/protocol'
import { Filter as FilterIcon, Trash2 } from 'lucide-react'
import { useCallback, useMemo } from 'react'
import { CommandRefused } from '../live/commands.ts'
import { sendCommand } from '../live/live.ts'
import { useTopic } from '../live/use-topic.ts'
import { toast } from '../parts/toast-queue.ts'
import { type Arrangement, type FilterEntry, type FilterList, filterList } from './filter-list.ts'

export type FilterDraft = {
  /** The saved filter to change; absent for a new one. */
  saved?: Pick<SavedFilter, 'id' | 'version'>
  name: string
  filter: VisitFilter
  shared: boolean
  brandId?: SavedFilter['brandId'] | undefined
  standsFor?: string | undefined
}

export type Filters = {
  state: FiltersState | undefined
  list: FilterList
  /** Throws what the server refused. */
  save(draft: FilterDraft): Promise<SavedFilter>
  /** With Undo in a notice. */
  remove(saved: SavedFilter): void
  share(saved: SavedFilter, shared: boolean): void
  duplicate(entry: FilterEntry): void
  arrange(arrangement: Arrangement): void
}

/** The agent’s filters, and what can be done with them. */
export function useFilters(): Filters {
  const { state } = useTopic<'filters'>({ topic: 'filters' })
  const list = useMemo(() => filterList(state), [state])
  const remove = useCallback((saved: SavedFilter) => {
    attempt(async () => {
      await sendCommand<'filter.delete'>({
        type: 'filter.delete',
        filterId: saved.id,
        version: saved.version,
      })
      toast.show({
        text: `Deleted “${saved.name}”`,
        icon: <Trash2 size={15} aria-hidden />,
        action: { label: 'Undo', seconds: 8, onAct: () => attempt(() => takeBack(saved)) },
      })
    })
  }, [])
  return useMemo(
    () => ({ state, list, save, remove, share, duplicate, arrange }),
    [state, list, remove],
  )
}

/** The filter as it was when deleted, under its own id: links to it work again. */
const takeBack = ({ id, name, filter, shared, brandId, standsFor }: SavedFilter) =>
  sendSave({ filterId: id, version: 0 }, { name, filter, shared, brandId, standsFor })

const save = (draft: FilterDraft): Promise<SavedFilter> =>
  sendSave(
    draft.saved
      ? { filterId: draft.saved.id, version: draft.saved.version }
      : { filterId: newClientId() as FilterId, version: 0 },
    draft,
  )

async function sendSave(
  at: { filterId: FilterId; version: number },
  { name, filter, shared, brandId, standsFor }: Omit<FilterDraft, 'saved'>,
): Promise<SavedFilter> {
  const answer = await sendCommand<'filter.save'>({
    type: 'filter.save',
    ...at,
    name: name.trim(),
    filter,
    shared,
    ...(shared && brandId && { brandId }),
    ...(!shared && standsFor && { standsFor }),
  })
  return answer.filter
}

function share(saved: SavedFilter, shared: boolean): void {
  const { id, version, name, filter } = saved
  attempt(async () => {
    await save({ saved: { id, version }, name, filter, shared })
    said(shared ? `“${name}” is shared with everyone` : `“${name}” is yours alone now`)
  })
}

function duplicate({ name, filter }: FilterEntry): void {
  attempt(async () => {
    const copy = await save({ name: `${name} copy`.slice(0, 60), filter, shared: false })
    said(`Saved “${copy.name}” under Mine`)
  })
}

function arrange({ hidden, order }: Arrangement): void {
  attempt(() =>
    sendCommand<'filters.arrange'>({
      type: 'filters.arrange',
      hidden: [...hidden],
      order: [...order],
    }),
  )
}

const said = (text: string) => toast.show({ text, icon: <FilterIcon size={15} aria-hidden /> })

/** A refusal is told where the deed was done: in a notice, because the menu is closed by now. */
function attempt(act: () => Promise<unknown>): void {
  void act().catch((thrown: unknown) => {
    if (!(thrown instanceof CommandRefused)) throw thrown
    toast.show({ text: 'Not done', second: thrown.message })
  })
}
