import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { cx } from '../parts/class-names.ts'

type ColumnEdgeProps = { id: string; onResize: (width: number | null) => void }

/** The edge at a column's end, for the pointer: dragged, or fitted by a double click. Keys belong to the head. */
export function ColumnEdge({ id, onResize }: ColumnEdgeProps) {
  const [from, setFrom] = useState<{ x: number; width: number }>()
  const grab = (event: PointerEvent<HTMLElement>) => {
    event.preventDefault()
    event.currentTarget.setPointerCapture(event.pointerId)
    setFrom({ x: event.clientX, width: headWidth(event.currentTarget) })
  }
  return (
    <span
      aria-hidden
      data-edge={id}
      className={cx(
        'absolute -end-[11px] top-0 h-6 w-3 cursor-col-resize touch-none',
        'after:absolute after:inset-y-1 after:start-[5px] after:w-px after:bg-line-strong after:opacity-0',
        'group-hover:after:opacity-100 hover:after:w-0.5 hover:after:bg-accent',
        from && 'after:w-0.5 after:bg-accent after:opacity-100',
      )}
      onPointerDown={grab}
      onPointerMove={(event) => from && onResize(from.width + event.clientX - from.x)}
      onPointerUp={() => setFrom(undefined)}
      onPointerCancel={() => setFrom(undefined)}
      onDoubleClick={() => onResize(null)}
    />
  )
}

const STEP = 8

/** ⇧← and ⇧→ on a head size its column, ⇧↵ fits it. */
export function sizeByKey(
  event: KeyboardEvent<HTMLElement>,
  onResize: ColumnEdgeProps['onResize'],
): void {
  if (!event.shiftKey) return
  const width = headWidth(event.target as HTMLElement)
  if (event.key === 'ArrowLeft') onResize(width - STEP)
  else if (event.key === 'ArrowRight') onResize(width + STEP)
  else if (event.key === 'Enter') onResize(null)
  else return
  event.preventDefault()
}

const headWidth = (part: HTMLElement): number =>
  part.closest('[role="columnheader"]')?.getBoundingClientRect().width ?? 0
