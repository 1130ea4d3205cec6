// biome-ignore-all lint/a11y/useSemanticElements: a real table cannot be virtual and keep its columns; this is the ARIA grid pattern
// biome-ignore-all lint/a11y/useFocusableInteractive: in a grid one row is the tab stop, and the keys are the grid’s
import type { VisitId, VisitRow } from '@beckon/protocol'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type MouseEvent, useCallback, useEffect, useMemo, useRef } from 'react'
import { useColleagues } from '../colleagues/use-colleagues.ts'
import { useLasting } from '../live/use-freshness.ts'
import { PHONE, useMedia } from '../parts/use-media.ts'
import { serverClock } from '../server-clock.ts'
import type { CellContext, ListLimits } from './cells.tsx'
import type { ColumnId } from './columns.ts'
import { fittingWidth } from './fitting-width.ts'
import { GridHead } from './grid-head.tsx'
import { GhostRow, GridRow } from './grid-row.tsx'
import { GroupRow } from './group-row.tsx'
import { type Layout, leastWidth, ROW_HEIGHT, resized, tracks } from './layout.ts'
import { PHONE_ROW } from './phone-item.tsx'
import { allInSight, isSelected, type Selection, toggled } from './selection.ts'
import type { SiteFace } from './use-sites.ts'
import type { ListWindow } from './use-window.ts'

type GridProps = {
  window: ListWindow
  layout: Layout
  onLayout: (layout: Layout) => void
  folded: readonly string[]
  onFold: (key: string) => void
  sites: ReadonlyMap<VisitRow['siteId'], SiteFace>
  limits: ListLimits
  selection: Selection
  onSelect: (selection: Selection) => void
  /** From where the selection began to this visitor. */
  onExtend: (id: VisitId) => void
  /** Shown in the details pane. */
  openId: VisitId | undefined
  onOpen: (id: VisitId) => void
  cursor: VisitId | undefined
  onCursor: (id: VisitId) => void
  /** The pointer is inside or a row has focus: rows must keep their places. */
  onBusy: (part: { pointer?: boolean; focus?: boolean }) => void
}

// A visit that began this short a while ago has just arrived and is tinted once.
const ARRIVED_WITHIN = 3_000
const HEAD_HEIGHT = 30

export function Grid(props: GridProps) {
  const {
    window: list,
    layout,
    sites,
    selection,
    onSelect,
    onExtend,
    onLayout,
    openId,
    onOpen,
    cursor,
    onCursor,
  } = props
  const scroller = useRef<HTMLDivElement>(null)
  const phone = useMedia(PHONE)
  const { columns, widths } = layout
  const { places } = list
  const height = phone ? PHONE_ROW : ROW_HEIGHT[layout.density]
  const head = phone ? 0 : HEAD_HEIGHT
  const template = useMemo(
    () => (phone ? '24px minmax(0,1fr)' : tracks({ columns, widths })),
    [phone, columns, widths],
  )
  const context = useMemo<CellContext>(
    () => ({ compact: layout.density === 'compact', sites, limits: props.limits }),
    [layout.density, sites, props.limits],
  )
  const colleaguesAt = useColleagues()
  const ghosts = useLasting(!list.ready, 150)
  const ghost = { height, columns, phone, template }
  // As many as find room, once it takes long enough to be noticed.
  const room = (scroller.current?.clientHeight ?? 0) - head
  const waiting = ghosts ? Math.max(0, Math.floor(room / height)) : 0
  const virtual = useVirtualizer({
    count: list.ready ? places.size : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 10,
    scrollMargin: head,
    scrollPaddingStart: head,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another density is another height for every row
  useEffect(() => virtual.measure(), [height])

  const items = virtual.getVirtualItems()
  const drawn = items
    .map(({ index }) => places.at(index))
    .flatMap((at) => ('row' in at ? at.row : []))
  const first = drawn[0] ?? 0
  const last = drawn.at(-1) ?? 0
  const { show } = list
  useEffect(() => show(first, last), [show, first, last])

  useFollowCursor({ cursor, list, virtual, scroller: scroller.current })

  const latest = useRef({ selection, layout })
  latest.current = { selection, layout }
  const onCheck = useCallback(
    (row: VisitRow, range: boolean) => {
      if (range) onExtend(row.id)
      else onSelect(toggled(latest.current.selection, row.id))
      onCursor(row.id)
    },
    [onSelect, onExtend, onCursor],
  )
  const onResize = useCallback(
    (id: ColumnId, width: number | null) => {
      const grid = scroller.current
      if (grid) onLayout(resized(latest.current.layout, id, width ?? fittingWidth(grid, id)))
    },
    [onLayout],
  )
  const onPick = useCallback(
    (row: VisitRow, event: MouseEvent) => {
      // Dragging over text selects the text, not the visitor.
      if (getSelection()?.type === 'Range') return
      onCursor(row.id)
      if (event.shiftKey) return onExtend(row.id)
      if (event.metaKey || event.ctrlKey) {
        return onSelect(toggled(latest.current.selection, row.id))
      }
      onSelect({ ids: [row.id], anchor: row.id })
      onOpen(row.id)
    },
    [onSelect, onExtend, onOpen, onCursor],
  )

  const inSight = list.order.filter((id) => list.rows[id]?.status !== 'removed')
  const checkedHere = inSight.filter((id) => isSelected(selection, id)).length
  const tabStop = cursor && list.indexOf(cursor) >= 0 ? cursor : list.idAt(first)

  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        role="grid"
        tabIndex={-1}
        aria-label="Visitors"
        aria-rowcount={places.size + 1}
        aria-colcount={phone ? 2 : columns.length + 1}
        aria-multiselectable="true"
        aria-busy={!list.ready}
        className="h-full overflow-auto outline-none"
        onPointerEnter={() => props.onBusy({ pointer: true })}
        onPointerLeave={() => props.onBusy({ pointer: false })}
        onFocus={() => props.onBusy({ focus: true })}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) props.onBusy({ focus: false })
        }}
      >
        <div style={{ minWidth: phone ? 0 : leastWidth(layout) }}>
          {!phone && (
            <GridHead
              columns={columns}
              template={template}
              sort={layout.sort}
              onSort={(sort) => onLayout({ ...layout, sort })}
              onResize={onResize}
              checked={
                checkedHere === 0 ? false : checkedHere === inSight.length ? true : 'indeterminate'
              }
              onCheckAll={() => onSelect(allInSight(selection, inSight))}
            />
          )}
          <div
            role="rowgroup"
            className="relative"
            style={{ height: list.ready ? virtual.getTotalSize() : waiting * height }}
          >
            {Array.from({ length: list.ready ? 0 : waiting }, (_, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
              <GhostRow key={at} top={at * height} {...ghost} />
            ))}
            {items.map((item) => {
              const top = item.start - head
              const place = places.at(item.index)
              if ('heading' in place) {
                const { heading } = place
                return (
                  <GroupRow
                    key={`group ${heading.key}`}
                    group={heading}
                    by={layout.group ?? 'site'}
                    folded={props.folded.includes(heading.key)}
                    sites={sites}
                    index={item.index}
                    columns={columns.length + 1}
                    top={top}
                    height={height}
                    onFold={props.onFold}
                  />
                )
              }
              const row = list.rowAt(place.row)
              if (!row) return <GhostRow key={`ghost ${item.index}`} top={top} {...ghost} />
              return (
                <GridRow
                  key={row.id}
                  row={row}
                  index={item.index}
                  top={top}
                  height={height}
                  columns={columns}
                  phone={phone}
                  context={context}
                  colleagues={colleaguesAt(row.id)}
                  template={template}
                  checked={isSelected(selection, row.id)}
                  open={openId === row.id}
                  cursor={tabStop === row.id}
                  isNew={serverClock.now() - row.startedAt < ARRIVED_WITHIN}
                  onPick={onPick}
                  onCheck={onCheck}
                />
              )
            })}
          </div>
        </div>
      </div>
    </div>
  )
}

/** When the keyboard moves the cursor, the row comes into sight and gets the focus. */
function useFollowCursor({
  cursor,
  list,
  virtual,
  scroller,
}: {
  cursor: VisitId | undefined
  list: ListWindow
  virtual: { scrollToIndex(index: number, options?: { align?: 'auto' }): void }
  scroller: HTMLElement | null
}): void {
  const followed = useRef(cursor)
  useEffect(() => {
    if (!cursor || cursor === followed.current) return
    const index = list.indexOf(cursor)
    if (index < 0) return
    virtual.scrollToIndex(list.places.placeOf(index), { align: 'auto' })
    const row = scroller?.querySelector<HTMLElement>(`[data-visit="${CSS.escape(cursor)}"]`)
    if (!row) return
    followed.current = cursor
    row.focus({ preventScroll: true })
  })
}
