// biome-ignore-all lint/a11y/useSemanticElements: one that cannot be switched stands like those that can, with a lock
import { GripVertical, Lock, Search } from 'lucide-react'
import { type DragEvent, type KeyboardEvent, useState } from 'react'
import { Checkbox } from '../parts/checkbox.tsx'
import { cx } from '../parts/class-names.ts'
import { keyLabel } from '../parts/kbd.tsx'
import { COLUMN_IDS, COLUMNS, type ColumnId } from './columns.ts'
import { type Layout, moved, switched } from './layout.ts'

type ColumnListProps = {
  layout: Layout
  onLayout: (layout: Layout) => void
  hostNames: boolean
}

/** Those shown, in their order, and below them those that could be. */
export function ColumnList({ layout, onLayout, hostNames }: ColumnListProps) {
  const [wanted, setWanted] = useState('')
  const [dragged, setDragged] = useState<ColumnId>()
  const [said, setSaid] = useState('')
  const fits = (id: ColumnId) =>
    COLUMNS[id].head.toLowerCase().includes(wanted.trim().toLowerCase())
  const rest = COLUMN_IDS.filter(
    (id) => !layout.columns.includes(id) && (id !== 'hostname' || hostNames),
  )
  const shown = [...layout.columns, ...rest].filter(fits)

  const move = (id: ColumnId, to: number) => {
    const next = moved(layout, id, to)
    if (next === layout) return
    onLayout(next)
    setSaid(`${COLUMNS[id].head}, ${next.columns.indexOf(id) + 1} of ${next.columns.length}`)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLLIElement>, id: ColumnId) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    event.preventDefault()
    const by = event.key === 'ArrowUp' ? -1 : 1
    if (event.altKey) return move(id, layout.columns.indexOf(id) + by)
    const boxes = [
      ...(event.currentTarget.parentElement?.querySelectorAll<HTMLElement>('[role="checkbox"]') ??
        []),
    ]
    const at = boxes.findIndex((box) => event.currentTarget.contains(box))
    boxes[at + by]?.focus()
  }

  return (
    <>
      <div className="relative flex-none p-2">
        <Search
          size={14}
          aria-hidden
          className="absolute start-4.5 top-1/2 -translate-y-1/2 text-text-3"
        />
        <input
          type="search"
          aria-label="Find a column"
          placeholder="Find a column"
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
          className="h-[30px] w-full rounded-input bg-sunken ps-8 pe-2 outline-none placeholder:text-text-3 focus-visible:shadow-[inset_0_0_0_1.5px_var(--accent)]"
        />
      </div>
      <ul className="min-h-24 flex-1 overflow-y-auto px-1.5 pb-1.5" aria-label="Columns">
        {shown.map((id) => {
          const at = layout.columns.indexOf(id)
          const on = at >= 0
          return (
            <li
              key={id}
              draggable={on}
              onKeyDown={(event) => onKeyDown(event, id)}
              onDragStart={(event) => {
                event.dataTransfer.effectAllowed = 'move'
                event.dataTransfer.setData('text/plain', COLUMNS[id].head)
                setDragged(id)
              }}
              onDragOver={(event: DragEvent) => {
                if (!dragged || !on) return
                event.preventDefault()
                if (dragged !== id) onLayout(moved(layout, dragged, at))
              }}
              onDrop={(event) => event.preventDefault()}
              onDragEnd={() => setDragged(undefined)}
              className={cx(
                'flex min-h-[30px] items-center gap-2.5 rounded-item px-2 hover:bg-hover',
                dragged === id && 'bg-accent-soft',
              )}
            >
              {COLUMNS[id].locked ? (
                <span
                  role="checkbox"
                  aria-checked
                  aria-disabled
                  aria-label={`${COLUMNS[id].head}, always shown`}
                  tabIndex={0}
                  className="inline-flex size-4 flex-none items-center justify-center rounded-chip text-text-3"
                >
                  <Lock size={13} aria-hidden />
                </span>
              ) : (
                <Checkbox
                  checked={on}
                  onChange={() => onLayout(switched(layout, id))}
                  aria-label={COLUMNS[id].head}
                />
              )}
              <button
                type="button"
                tabIndex={-1}
                aria-hidden
                className="min-w-0 flex-1 truncate text-start"
                onClick={() => onLayout(switched(layout, id))}
              >
                {COLUMNS[id].head}
              </button>
              {on && (
                <GripVertical
                  size={14}
                  aria-hidden
                  className="flex-none cursor-grab text-text-3 active:cursor-grabbing"
                />
              )}
            </li>
          )
        })}
        {shown.length === 0 && <li className="px-2 py-2 text-text-3">No column is called so.</li>}
      </ul>
      <p className="flex-none px-3 pb-2 text-small text-text-3">
        Drag to reorder, or press {keyLabel('⌥↑')} and {keyLabel('⌥↓')}.
      </p>
      <span className="sr-only" role="status">
        {said}
      </span>
    </>
  )
}
