// biome-ignore-all lint/a11y/useSemanticElements: a real table cannot be virtual and keep its columns; this is the ARIA grid pattern
// biome-ignore-all lint/a11y/useFocusableInteractive: in a grid one row is the tab stop, and the keys are the grid’s
import type { Sort, VisitId, VisitRow } from '@beckon/protocol'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type MouseEvent, useCallback, useEffect, useMemo, useRef } from 'react'
import { useLasting } from '../live/use-freshness.ts'
import { PHONE, useMedia } from '../parts/use-media.ts'
import { serverClock } from '../server-clock.ts'
import type { CellContext, ListLimits } from './cells.tsx'
import { type Layout, leastWidth, ROW_HEIGHT, tracks } from './columns.ts'
import { GridHead } from './grid-head.tsx'
import { GhostRow, GridRow } from './grid-row.tsx'
import { PHONE_ROW } from './phone-item.tsx'
import { allInSight, extended, type Selection, toggled } from './selection.ts'
import type { SiteFace } from './use-sites.ts'
import type { ListWindow } from './use-window.ts'

type GridProps = {
  window: ListWindow
  layout: Layout
  sites: ReadonlyMap<VisitRow['siteId'], SiteFace>
  limits: ListLimits
  sort: Sort
  onSort: (sort: Sort) => void
  selection: Selection
  onSelect: (selection: Selection) => void
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
    openId,
    onOpen,
    cursor,
    onCursor,
  } = props
  const scroller = useRef<HTMLDivElement>(null)
  const phone = useMedia(PHONE)
  const height = phone ? PHONE_ROW : ROW_HEIGHT[layout.density]
  const head = phone ? 0 : HEAD_HEIGHT
  const template = useMemo(
    () => (phone ? '24px minmax(0,1fr)' : tracks(layout.columns)),
    [phone, layout.columns],
  )
  const context = useMemo<CellContext>(
    () => ({ compact: layout.density === 'compact', sites, limits: props.limits }),
    [layout.density, sites, props.limits],
  )
  const ghosts = useLasting(!list.ready, 150)
  const virtual = useVirtualizer({
    count: list.ready ? list.total : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 10,
    scrollMargin: head,
    scrollPaddingStart: head,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another density is another height for every row
  useEffect(() => virtual.measure(), [height])

  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  const { show } = list
  useEffect(() => show(first, last), [show, first, last])

  useFollowCursor({ cursor, list, virtual, scroller: scroller.current })

  const latest = useRef({ selection, order: list.order })
  latest.current = { selection, order: list.order }
  const onCheck = useCallback(
    (row: VisitRow, range: boolean) => {
      const { selection: now, order } = latest.current
      onSelect(range ? extended(now, row.id, order) : toggled(now, row.id))
      onCursor(row.id)
    },
    [onSelect, onCursor],
  )
  const onPick = useCallback(
    (row: VisitRow, event: MouseEvent) => {
      // Dragging over text selects the text, not the visitor.
      if (getSelection()?.type === 'Range') return
      onCursor(row.id)
      if (event.shiftKey || event.metaKey || event.ctrlKey) {
        const { selection: now, order } = latest.current
        onSelect(event.shiftKey ? extended(now, row.id, order) : toggled(now, row.id))
        return
      }
      onSelect({ ids: [row.id], anchor: row.id })
      onOpen(row.id)
    },
    [onSelect, onOpen, onCursor],
  )

  const inSight = list.order.filter((id) => list.rows[id]?.status !== 'removed')
  const checkedHere = inSight.filter((id) => selection.ids.includes(id)).length
  const tabStop = cursor && list.indexOf(cursor) >= 0 ? cursor : list.idAt(first)

  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        role="grid"
        tabIndex={-1}
        aria-label="Visitors"
        aria-rowcount={list.total + 1}
        aria-colcount={phone ? 2 : layout.columns.length + 1}
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
        <div style={{ minWidth: phone ? 0 : leastWidth(layout.columns) }}>
          {!phone && (
            <GridHead
              columns={layout.columns}
              template={template}
              sort={props.sort}
              onSort={props.onSort}
              checked={
                checkedHere === 0 ? false : checkedHere === inSight.length ? true : 'indeterminate'
              }
              onCheckAll={() => onSelect(allInSight(selection, inSight))}
            />
          )}
          <div
            role="rowgroup"
            className="relative"
            style={{ height: list.ready ? virtual.getTotalSize() : ghosts ? 12 * height : 0 }}
          >
            {!list.ready &&
              ghosts &&
              GHOSTS.map((at) => <GhostRow key={at} top={at * height} height={height} />)}
            {items.map((item) => {
              const row = list.rowAt(item.index)
              const top = item.start - head
              if (!row) return <GhostRow key={`ghost ${item.index}`} top={top} height={height} />
              return (
                <GridRow
                  key={row.id}
                  row={row}
                  index={item.index}
                  top={top}
                  height={height}
                  columns={layout.columns}
                  phone={phone}
                  context={context}
                  template={template}
                  checked={selection.ids.includes(row.id)}
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

const GHOSTS = Array.from({ length: 12 }, (_, at) => at)

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
    virtual.scrollToIndex(index, { align: 'auto' })
    const row = scroller?.querySelector<HTMLElement>(`[data-visit="${CSS.escape(cursor)}"]`)
    if (!row) return
    followed.current = cursor
    row.focus({ preventScroll: true })
  })
}
