import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { fitted, PANE_WIDTH } from './use-pane-width.ts'

type ResizeEdgeProps = { width: number; onWidth: (width: number) => void }

const STEP = 16

/** The pane's near edge: dragged, or moved by arrows; a double click puts it back. */
export function ResizeEdge({ width, onWidth }: ResizeEdgeProps) {
  const [from, setFrom] = useState<{ x: number; width: number }>()
  // Wider is towards the list, which is left of the pane unless the script runs the other way.
  const towards = () => (document.documentElement.dir === 'rtl' ? 1 : -1)
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (!step) return
    event.preventDefault()
    onWidth(fitted(width + step * towards() * STEP))
  }
  const onPointerMove = (event: PointerEvent) => {
    if (from) onWidth(fitted(from.width + (event.clientX - from.x) * towards()))
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule that can be moved is a separator with a value, not an <hr>
    <div
      role="separator"
      aria-label="Width of the pane"
      aria-orientation="vertical"
      aria-valuemin={PANE_WIDTH.least}
      aria-valuemax={PANE_WIDTH.most}
      aria-valuenow={width}
      tabIndex={0}
      className="ring-inside absolute inset-y-0 -start-1 z-10 w-2 cursor-col-resize touch-none hover:bg-accent-line max-md:hidden"
      onKeyDown={onKeyDown}
      onDoubleClick={() => onWidth(PANE_WIDTH.shipped)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        setFrom({ x: event.clientX, width })
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => setFrom(undefined)}
      onPointerCancel={() => setFrom(undefined)}
    />
  )
}
