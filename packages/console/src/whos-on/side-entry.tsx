import { MoreHorizontal } from 'lucide-react'
import { type KeyboardEvent, type MouseEvent, type ReactNode, useState } from 'react'
import { cx } from '../parts/class-names.ts'
import { Menu, type MenuGroup } from '../parts/menu.tsx'

type SideEntryProps = {
  icon: ReactNode
  name: string
  /** What it is called where there is room; part of the accessible name. */
  fullName?: string
  /** Live, and silent when it changes. */
  count: number | undefined
  on: boolean
  onClick: () => void
  menu?: readonly MenuGroup[]
  /** ⌥↑ and ⌥↓. */
  onMove?: (by: 1 | -1) => void
}

/** A filter or site in the side list, with its number; a right click or ⋯ has more. */
export function SideEntry(props: SideEntryProps) {
  const { icon, name, fullName = name, count, on, onClick, onMove } = props
  const menu = props.menu && props.menu.length > 0 ? props.menu : undefined
  const [open, setOpen] = useState(false)
  const onContextMenu = (event: MouseEvent) => {
    if (!menu) return
    event.preventDefault()
    setOpen(true)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!onMove || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    onMove(event.key === 'ArrowUp' ? -1 : 1)
  }
  return (
    <li className="group relative" onContextMenu={onContextMenu}>
      <button
        type="button"
        onClick={onClick}
        onKeyDown={onKeyDown}
        aria-current={on || undefined}
        className={cx(
          'ring-inside flex h-[27px] w-full items-center gap-2.5 rounded-item px-2 text-small',
          on
            ? 'bg-accent-soft font-semibold text-accent-text'
            : 'text-text-2 group-hover:bg-hover group-hover:text-text',
        )}
      >
        <span className="flex w-4 flex-none justify-center">{icon}</span>
        <span className="min-w-0 flex-1 truncate text-start" title={fullName}>
          {name}
        </span>{' '}
        <span
          className={cx(
            'tabular-nums',
            !on && 'text-text-3',
            // A finger does not hover: there the number makes room for what a pointer would show.
            menu && 'pointer-fine:group-hover:opacity-0 pointer-fine:group-focus-within:opacity-0',
            menu && 'pointer-coarse:me-6',
            open && 'pointer-fine:opacity-0',
          )}
        >
          {count?.toLocaleString('en')}
        </span>
        {name !== fullName && <span className="sr-only"> {fullName}</span>}
      </button>
      {menu && (
        <Menu
          open={open}
          onOpenChange={setOpen}
          groups={menu}
          trigger={
            <button
              type="button"
              aria-label={`More for ${fullName}`}
              className={cx(
                'ring-inside absolute end-1 top-px inline-flex size-[25px] items-center justify-center rounded-item text-text-2 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100 hover:text-text',
                open && 'opacity-100',
              )}
            >
              <MoreHorizontal size={15} aria-hidden />
            </button>
          }
        />
      )}
    </li>
  )
}
