import type { SortField } from '@beckon/protocol'
import { ArrowDown, ArrowDownUp, ArrowUp, Columns3Cog } from 'lucide-react'
import { Popover as Radix } from 'radix-ui'
import { Button } from '../parts/button.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { Segment } from '../parts/segment.tsx'
import { Select } from '../parts/select.tsx'
import { PHONE, useMedia } from '../parts/use-media.ts'
import { ColumnList } from './column-list.tsx'
import { COLUMN_IDS, COLUMNS } from './columns.ts'
import { type Layout, SHIPPED_LAYOUT } from './layout.ts'

type ColumnsMenuProps = {
  layout: Layout
  onLayout: (layout: Layout) => void
  /** The server looks for host names. */
  hostNames: boolean
  /** Where the top bar has no room for it. */
  bots: { words: string; onToggle: () => void } | undefined
}

/**
 * How the list looks: its columns and their order, headings, how tall the rows are. On a phone there
 * are neither columns nor their heads, so what the list is ordered by is chosen here.
 */
export function ColumnsMenu({ layout, onLayout, hostNames, bots }: ColumnsMenuProps) {
  const phone = useMedia(PHONE)
  const label = phone ? 'Order of the list' : 'Columns'
  return (
    <Radix.Root>
      <Radix.Trigger asChild>
        <IconButton
          label={label}
          icon={
            phone ? <ArrowDownUp size={16} aria-hidden /> : <Columns3Cog size={16} aria-hidden />
          }
        />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
          className="z-40 flex max-h-(--radix-popover-content-available-height) w-72 animate-fade flex-col overflow-hidden rounded-menu bg-popover shadow-menu outline-none"
        >
          {!phone && <ColumnList layout={layout} onLayout={onLayout} hostNames={hostNames} />}
          <div className="flex flex-none flex-col gap-2.5 border-t border-line px-3 py-2.5 max-md:border-t-0">
            {phone && <SortLine layout={layout} onLayout={onLayout} hostNames={hostNames} />}
            <Line label="Group by">
              <Segment
                label="Group by"
                value={layout.group ?? 'none'}
                onChange={(group) =>
                  onLayout({ ...layout, group: group === 'none' ? undefined : group })
                }
                options={[
                  { value: 'none', label: 'None' },
                  { value: 'site', label: 'Site' },
                  { value: 'status', label: 'Status' },
                  { value: 'country', label: 'Country' },
                ]}
              />
            </Line>
            {!phone && (
              <Line label="Rows">
                <Segment
                  label="Rows"
                  value={layout.density}
                  onChange={(density) => onLayout({ ...layout, density })}
                  options={[
                    { value: 'comfortable', label: 'Comfortable' },
                    { value: 'compact', label: 'Compact' },
                  ]}
                />
              </Line>
            )}
            <span className="flex items-center gap-2">
              <Button onClick={() => onLayout(SHIPPED_LAYOUT)}>Put back as shipped</Button>
              {bots && (
                <Button variant="ghost" onClick={bots.onToggle}>
                  {bots.words}
                </Button>
              )}
            </span>
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function SortLine({ layout, onLayout, hostNames }: Omit<ColumnsMenuProps, 'bots'>) {
  const { by, dir } = layout.sort
  const sorts = COLUMN_IDS.flatMap((id) => {
    const { head, sort } = COLUMNS[id]
    return sort && (id !== 'hostname' || hostNames) ? [{ value: sort, label: head }] : []
  })
  return (
    <Line label="Order by">
      <span className="flex items-center gap-1.5">
        <Select
          aria-label="Order by"
          className="flex-1"
          value={by}
          choices={sorts}
          onChoose={(field) => onLayout({ ...layout, sort: { by: field as SortField, dir } })}
        />
        <IconButton
          edge
          label={dir === 'asc' ? 'Lowest first' : 'Highest first'}
          className="size-10"
          icon={
            dir === 'asc' ? <ArrowUp size={16} aria-hidden /> : <ArrowDown size={16} aria-hidden />
          }
          onClick={() => onLayout({ ...layout, sort: { by, dir: dir === 'asc' ? 'desc' : 'asc' } })}
        />
      </span>
    </Line>
  )
}

const Line = ({ label, children }: { label: string; children: React.ReactNode }) => (
  <div className="flex flex-col gap-1">
    <span className="text-micro font-medium text-text-3" aria-hidden>
      {label}
    </span>
    {children}
  </div>
)
