import { Columns3Cog } from 'lucide-react'
import { Popover as Radix } from 'radix-ui'
import { Button } from '../parts/button.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { Segment } from '../parts/segment.tsx'
import { ColumnList } from './column-list.tsx'
import { type Layout, SHIPPED_LAYOUT } from './layout.ts'

type ColumnsMenuProps = {
  layout: Layout
  onLayout: (layout: Layout) => void
  /** The server looks for host names. */
  hostNames: boolean
  /** Where the top bar has no room for it. */
  bots: { words: string; onToggle: () => void } | undefined
}

/** How the list looks: its columns and their order, headings, how tall the rows are. */
export function ColumnsMenu({ layout, onLayout, hostNames, bots }: ColumnsMenuProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>
        <IconButton label="Columns" icon={<Columns3Cog size={16} aria-hidden />} />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Columns"
          className="z-40 flex max-h-(--radix-popover-content-available-height) w-72 animate-fade flex-col overflow-hidden rounded-menu bg-popover shadow-menu outline-none"
        >
          <ColumnList layout={layout} onLayout={onLayout} hostNames={hostNames} />
          <div className="flex flex-none flex-col gap-2.5 border-t border-line px-3 py-2.5">
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

const Line = ({ label, children }: { label: string; children: React.ReactNode }) => (
  <div className="flex flex-col gap-1">
    <span className="text-micro font-medium text-text-3" aria-hidden>
      {label}
    </span>
    {children}
  </div>
)
