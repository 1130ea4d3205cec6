// biome-ignore-all lint/a11y/useKeyWithClickEvents: the screen answers keys for all rows
// biome-ignore-all lint/a11y/noStaticElementInteractions: catches the click meant for the checkbox inside
// biome-ignore-all lint/a11y/useSemanticElements: a real table cannot be virtual and keep its columns; this is the ARIA grid pattern
// biome-ignore-all lint/a11y/useFocusableInteractive: in a grid one row is the tab stop, and the keys are the grid’s
import type { Colleague, VisitRow } from '@beckon/protocol'
import { type MouseEvent, memo, useEffect, useState } from 'react'
import { ColleagueMarks } from '../colleagues/colleague-marks.tsx'
import { RowCheckbox } from '../parts/checkbox.tsx'
import { cx } from '../parts/class-names.ts'
import { serverClock } from '../server-clock.ts'
import { CELLS, type CellContext } from './cells.tsx'
import { COLUMNS, type ColumnId } from './columns.ts'
import { PhoneItem } from './phone-item.tsx'

type GridRowProps = {
  row: VisitRow
  index: number
  top: number
  height: number
  columns: readonly ColumnId[]
  /** No room for columns: two lines instead. */
  phone: boolean
  context: CellContext
  colleagues: readonly Colleague[]
  template: string
  checked: boolean
  /** Shown in the details pane. */
  open: boolean
  /** Where the keyboard is: the one row in the tab order. */
  cursor: boolean
  isNew: boolean
  onPick: (row: VisitRow, event: MouseEvent) => void
  onCheck: (row: VisitRow, range: boolean) => void
}

/** One visitor. Drawn again only when its own values change; clocks tick inside their cells. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { row, index, top, height, columns, phone, context, template, checked, open, cursor } =
    props
  const leaving = useLeaving(row.goneAt)
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={checked || open}
      data-visit={row.id}
      tabIndex={cursor ? 0 : -1}
      onClick={(event) => props.onPick(row, event)}
      className={cx(
        'ring-inside absolute inset-x-0 grid contain-strict items-center gap-x-2.5 border-b border-line px-3.5 text-text transition-opacity duration-[140ms]',
        checked || open ? 'bg-accent-soft' : 'hover:bg-hover',
        open && 'shadow-[inset_2px_0_0_var(--accent)]',
        (row.status === 'removed' || row.bot) && 'gray-row',
        row.asOf !== undefined && 'old-list',
        leaving && 'opacity-0',
        props.isNew && 'animate-[arrived_1.2s_var(--ease-out)]',
      )}
      style={{ transform: `translateY(${top}px)`, height, gridTemplateColumns: template }}
    >
      <span role="gridcell" className="flex items-center">
        <span
          className="contents"
          onClickCapture={(event) => {
            event.stopPropagation()
            event.preventDefault()
            props.onCheck(row, event.shiftKey)
          }}
        >
          <RowCheckbox checked={checked} label={`Select ${row.who.text}`} />
        </span>
        {props.colleagues.length > 0 && !(columns.includes('colleagues') && !phone) && (
          <span className="pointer-events-none absolute inset-y-0 end-2 flex items-center">
            <ColleagueMarks colleagues={props.colleagues} />
          </span>
        )}
      </span>
      {phone && (
        <span role="gridcell" className="min-w-0">
          <PhoneItem row={row} context={context} />
        </span>
      )}
      {(phone ? [] : columns).map((id) => (
        <span
          key={id}
          role="gridcell"
          data-column={id}
          className={cx('min-w-0 overflow-hidden', COLUMNS[id].end && 'text-end tabular-nums')}
        >
          {CELLS[id](row, context)}
        </span>
      ))}
    </div>
  )
})

const FADE_MS = 140

/** True in the last moment before the row leaves the list. */
function useLeaving(goneAt: number | undefined): boolean {
  const [leaving, setLeaving] = useState(false)
  useEffect(() => {
    if (goneAt === undefined) return
    const timer = setTimeout(() => setLeaving(true), goneAt - serverClock.now() - FADE_MS)
    return () => {
      clearTimeout(timer)
      setLeaving(false)
    }
  }, [goneAt])
  return leaving
}

type GhostRowProps = Pick<GridRowProps, 'top' | 'height' | 'columns' | 'phone' | 'template'>

/** Keeps the place of a row that has not come yet: a block where each value will stand. */
export function GhostRow({ top, height, columns, phone, template }: GhostRowProps) {
  return (
    <div
      aria-hidden
      className="absolute inset-x-0 grid contain-strict items-center gap-x-2.5 border-b border-line px-3.5"
      style={{ transform: `translateY(${top}px)`, height, gridTemplateColumns: template }}
    >
      <span className="size-4 rounded-chip bg-sunken" />
      {phone ? (
        <span className="h-2 w-40 rounded-full bg-sunken" />
      ) : (
        columns.map((id) => (
          <span
            key={id}
            className={cx('h-2 w-3/5 rounded-full bg-sunken', COLUMNS[id].end && 'ms-auto')}
          />
        ))
      )}
    </div>
  )
}
