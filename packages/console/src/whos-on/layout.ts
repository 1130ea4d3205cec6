import { DEFAULT_SORT, type Grouping, type ListLayout, type Sort } from '@beckon/protocol'
import { COLUMN_IDS, COLUMNS, type ColumnId } from './columns.ts'

/** How an agent has the list: which columns in which order, how wide, sorted and grouped by what, how tall. */
export type Layout = {
  columns: readonly ColumnId[]
  /** Own widths in pixels; the others share what there is. */
  widths: Readonly<Partial<Record<ColumnId, number>>>
  sort: Sort
  group?: Grouping | undefined
  density: 'comfortable' | 'compact'
}

const SHIPPED: readonly ColumnId[] = [
  'status',
  'visitor',
  'page',
  'invitation',
  'started',
  'hits',
  'duration',
  'idle',
  'country',
]

export const SHIPPED_LAYOUT: Layout = {
  columns: SHIPPED,
  widths: {},
  sort: DEFAULT_SORT,
  density: 'comfortable',
}

export const ROW_HEIGHT = { comfortable: 42, compact: 32 } as const
/** Narrower says nothing, wider than a screen neither. */
const WIDTHS = { least: 32, most: 1_200 }
const GAP = 10
const CHECKBOX = 18
const SIDES = 28

/** A column switched on stands behind the one it follows as shipped. */
export function switched(layout: Layout, id: ColumnId): Layout {
  if (COLUMNS[id].locked) return layout
  if (layout.columns.includes(id)) {
    return { ...layout, columns: layout.columns.filter((one) => one !== id) }
  }
  return { ...layout, columns: switchedOn([...layout.columns], id) }
}

/** One column to the place where another stands. */
export function moved(layout: Layout, id: ColumnId, to: number): Layout {
  const from = layout.columns.indexOf(id)
  const place = Math.min(Math.max(to, 0), layout.columns.length - 1)
  if (from < 0 || place === from) return layout
  return { ...layout, columns: layout.columns.toSpliced(from, 1).toSpliced(place, 0, id) }
}

export function resized(layout: Layout, id: ColumnId, width: number): Layout {
  return { ...layout, widths: { ...layout.widths, [id]: fitting(width) } }
}

const fitting = (width: number): number =>
  Math.round(Math.min(Math.max(width, WIDTHS.least), WIDTHS.most))

/** Locked columns are there whatever somebody wrote, and none is there twice. */
export function withLocked(wished: readonly string[]): ColumnId[] {
  const known = [...new Set(wished)].filter((id): id is ColumnId => Object.hasOwn(COLUMNS, id))
  return COLUMN_IDS.filter((id) => COLUMNS[id].locked && !known.includes(id)).reduce(
    switchedOn,
    known,
  )
}

function switchedOn(columns: ColumnId[], id: ColumnId): ColumnId[] {
  const before = COLUMN_IDS.slice(0, COLUMN_IDS.indexOf(id))
  const at = Math.max(-1, ...before.map((one) => columns.indexOf(one)))
  return columns.toSpliced(at + 1, 0, id)
}

/** What the server kept, as far as this version understands it. */
export const layoutFrom = (kept: ListLayout | undefined): Layout =>
  kept
    ? { ...kept, columns: withLocked(kept.columns), widths: knownWidths(kept.widths) }
    : SHIPPED_LAYOUT

const knownWidths = (widths: Record<string, number>): Layout['widths'] =>
  Object.fromEntries(
    Object.entries(widths)
      .filter(([id]) => Object.hasOwn(COLUMNS, id))
      .map(([id, width]) => [id, fitting(width)]),
  )

/** Least width of the whole row, below which the list scrolls sideways instead of squeezing. */
export const leastWidth = ({ columns, widths }: Pick<Layout, 'columns' | 'widths'>): number =>
  columns.reduce((sum, id) => sum + (widths[id] ?? COLUMNS[id].least) + GAP, CHECKBOX + SIDES)

/** The tracks of the row’s grid, the checkbox first. */
export const tracks = ({ columns, widths }: Pick<Layout, 'columns' | 'widths'>): string =>
  [
    `${CHECKBOX}px`,
    ...columns.map((id) => {
      const { least, share } = COLUMNS[id]
      const own = widths[id]
      if (own !== undefined) return `${own}px`
      return share ? `minmax(${least}px,${share}fr)` : `${least}px`
    }),
  ].join(' ')

// `status,visitor:180,page`: a column and its own width, as the address bar has it.
export const writeColumns = ({ columns, widths }: Pick<Layout, 'columns' | 'widths'>): string =>
  columns.map((id) => (widths[id] === undefined ? id : `${id}:${widths[id]}`)).join(',')

export function readColumns(text: string): Pick<Layout, 'columns' | 'widths'> {
  const parts = text.split(',', 60).map((part) => part.split(':'))
  return {
    columns: withLocked(parts.map(([id = '']) => id)),
    widths: knownWidths(
      Object.fromEntries(
        parts
          .filter(([, width]) => /^\d{1,4}$/.test(width ?? ''))
          .map(([id = '', width]) => [id, Number(width)]),
      ),
    ),
  }
}
