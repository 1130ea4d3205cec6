import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { cx } from '../parts/class-names.ts'

type ColumnEdgeProps = { name: string; onResize: (width: number | null) => void }

/** Pixels a press of an arrow key moves the edge, and with ⇧. */
const STEP = 8
const LEAP = 40

/** The edge at a column's end: dragged, moved by the arrow keys, fitted by a double click or ↵. */
export function ColumnEdge({ name, onResize }: ColumnEdgeProps) {
  const [from, setFrom] = useState<{ x: number; width: number }>()
  const grab = (event: PointerEvent<HTMLElement>) => {
    event.preventDefault()
    event.currentTarget.setPointerCapture(event.pointerId)
    setFrom({ x: event.clientX, width: widthAt(event.currentTarget) })
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const by = event.shiftKey ? LEAP : STEP
    const width = widthAt(event.currentTarget)
    if (event.key === 'ArrowLeft') onResize(width - by)
    else if (event.key === 'ArrowRight') onResize(width + by)
    else if (event.key === 'Enter') onResize(null)
    else return
    // The list has keys of its own.
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <button
      type="button"
      aria-label={`Width of ${name}`}
      title="Drag, or press the left and right arrow keys. Double-click fits."
      className={cx(
        'absolute -end-[11px] top-0 h-6 w-3 cursor-col-resize touch-none outline-none',
        'after:absolute after:inset-y-1 after:start-[5px] after:w-px after:bg-line-strong after:opacity-0',
        'group-hover:after:opacity-100 hover:after:w-0.5 hover:after:bg-accent focus-visible:after:w-0.5 focus-visible:after:bg-focus focus-visible:after:opacity-100',
        from && 'after:w-0.5 after:bg-accent after:opacity-100',
      )}
      onPointerDown={grab}
      onPointerMove={(event) => from && onResize(from.width + event.clientX - from.x)}
      onPointerUp={() => setFrom(undefined)}
      onPointerCancel={() => setFrom(undefined)}
      onDoubleClick={() => onResize(null)}
      onKeyDown={onKeyDown}
    />
  )
}

const widthAt = (edge: HTMLElement): number =>
  edge.parentElement?.getBoundingClientRect().width ?? 0
