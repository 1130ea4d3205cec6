import { Ellipsis } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { cx } from '../../parts/class-names.ts'
import { IconButton } from '../../parts/icon-button.tsx'
import { Menu } from '../../parts/menu.tsx'
import { TAB_WORDS, TABS, type Tab, tabBeside, tabsShown } from './tabs.ts'

type PaneTabsProps = {
  tab: Tab
  onTab: (tab: Tab) => void
  /** Of what is counted; undefined while it is not known how many. */
  counts: Partial<Record<Tab, number | string | undefined>>
  panelId: string
}

/** One tab stop; arrows move through all tabs, Home and End to the first and last. */
export function PaneTabs({ tab, onTab, counts, panelId }: PaneTabsProps) {
  const row = useRef<HTMLDivElement>(null)
  const moved = useRef(false)
  const shown = tabsShown(tab)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows the chosen tab
  useEffect(() => {
    if (moved.current) row.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus()
    moved.current = false
  }, [tab])
  const words = (one: Tab) =>
    counts[one] === undefined ? TAB_WORDS[one] : `${TAB_WORDS[one]} ${counts[one]}`
  // A figure that comes later finds its place kept, so that no tab moves away under the pointer.
  const withCount = (one: Tab) => (
    <>
      {TAB_WORDS[one]}
      {one in counts && (
        <>
          {' '}
          <span className={cx(counts[one] === undefined && 'invisible')}>{counts[one] ?? 0}</span>
        </>
      )}
    </>
  )
  return (
    <div className="mt-2 flex flex-none items-center border-b border-line ps-4 pe-2">
      <div
        ref={row}
        role="tablist"
        aria-label="Visitor"
        className="flex min-w-0 flex-1 gap-x-2.5 overflow-x-auto [scrollbar-width:none]"
        onKeyDown={(event) => {
          const to =
            event.key === 'ArrowRight'
              ? tabBeside(tab, 1)
              : event.key === 'ArrowLeft'
                ? tabBeside(tab, -1)
                : event.key === 'Home'
                  ? TABS[0]
                  : event.key === 'End'
                    ? TABS.at(-1)
                    : undefined
          if (!to) return
          event.preventDefault()
          moved.current = true
          onTab(to)
        }}
      >
        {shown.map((one) => (
          <button
            key={one}
            id={`${panelId} ${one}`}
            type="button"
            role="tab"
            aria-selected={tab === one}
            aria-controls={panelId}
            tabIndex={tab === one ? 0 : -1}
            onClick={() => onTab(one)}
            className={cx(
              'ring-inside -mb-px h-9 min-w-0 flex-none border-b-2 text-small whitespace-nowrap tabular-nums',
              tab === one
                ? 'border-accent font-semibold text-text'
                : 'border-transparent text-text-2 hover:text-text',
            )}
          >
            {withCount(one)}
          </button>
        ))}
      </div>
      <Menu
        align="end"
        trigger={<IconButton label="More" icon={<Ellipsis size={16} aria-hidden />} />}
        groups={[
          {
            items: TABS.filter((one) => !shown.includes(one)).map((one) => ({
              label: words(one),
              onSelect: () => onTab(one),
            })),
          },
        ]}
      />
    </div>
  )
}
