import type { AgentId, EndedChatsAsk, GroupId, SiteId } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { SlidersHorizontal } from 'lucide-react'
import { Popover } from 'radix-ui'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { Input } from '../parts/input.tsx'
import { Select } from '../parts/select.tsx'
import { agentsQuery, groupsQuery, sitesQuery } from '../queries.ts'

/** What narrows the completed chats besides words. Days as the date fields write them. */
export type CompletedFilter = {
  agentId?: AgentId
  groupId?: GroupId
  siteId?: SiteId
  fromDay?: string
  toDay?: string
}

/** Both days are included, as they are where the agent is. */
export function askOf({ fromDay, toDay, ...ids }: CompletedFilter): EndedChatsAsk {
  const from = fromDay ? dayStart(fromDay) : undefined
  const to = toDay ? dayStart(toDay, 1) : undefined
  return { ...ids, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
}

/** The start of a day like 2026-05-12, or of one after it; undefined while it is half typed. */
function dayStart(day: string, later = 0): number | undefined {
  const [year, month, date] = day.split('-').map(Number)
  const at = new Date(year ?? 0, (month ?? 1) - 1, (date ?? 1) + later).getTime()
  return Number.isNaN(at) || at < 0 ? undefined : at
}

type CompletedFilterMenuProps = {
  filter: CompletedFilter
  onFilter: (filter: CompletedFilter) => void
}

/** Agent, group, site and dates, behind one button that says how many are set. */
export function CompletedFilterMenu({ filter, onFilter }: CompletedFilterMenuProps) {
  const count = Object.keys(filter).length
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <IconButton
          edge
          label={count === 0 ? 'Narrow the list' : `Narrow the list, ${count} set`}
          aria-pressed={count > 0}
          icon={<SlidersHorizontal size={15} aria-hidden />}
          className="!size-[34px]"
        />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Narrow the list"
          className="z-40 flex w-72 animate-fade flex-col gap-3 rounded-menu bg-popover p-3.5 shadow-menu outline-none"
        >
          <Fields filter={filter} onFilter={onFilter} />
          <Button size={26} disabled={count === 0} onClick={() => onFilter({})}>
            Show all
          </Button>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function Fields({ filter, onFilter }: CompletedFilterMenuProps) {
  const { data: agents = [] } = useQuery(agentsQuery)
  const { data: groups = [] } = useQuery(groupsQuery)
  const { data: sites = [] } = useQuery(sitesQuery)
  const set = (name: keyof CompletedFilter, value: string) => {
    const { [name]: _, ...others } = filter
    onFilter(value === '' ? others : { ...others, [name]: value })
  }
  const choose = (
    name: 'agentId' | 'groupId' | 'siteId',
    all: string,
    items: readonly { id: string; name: string }[],
  ) => (
    <Select
      value={filter[name] ?? ''}
      choices={[
        { value: '', label: all },
        ...items.map(({ id, name: label }) => ({ value: id, label })),
      ]}
      onChoose={(id) => set(name, id)}
    />
  )
  const day = (name: 'fromDay' | 'toDay') => (
    <Input
      type="date"
      value={filter[name] ?? ''}
      onChange={(event) => set(name, event.currentTarget.value)}
    />
  )
  return (
    <>
      <Field label="Answered by">{choose('agentId', 'Anybody', agents)}</Field>
      <Field label="Group">{choose('groupId', 'All groups', groups)}</Field>
      <Field label="Site">{choose('siteId', 'All sites', sites)}</Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label="Ended from">{day('fromDay')}</Field>
        <Field label="to">{day('toDay')}</Field>
      </div>
    </>
  )
}
