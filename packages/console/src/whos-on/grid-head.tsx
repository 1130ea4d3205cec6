// biome-ignore-all lint/a11y/useSemanticElements: a real table cannot be virtual and keep its columns; this is the ARIA grid pattern
// biome-ignore-all lint/a11y/useFocusableInteractive: in a grid one row is the tab stop, and the keys are the grid’s
import type { Sort } from '@beckon/protocol'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { Checkbox } from '../parts/checkbox.tsx'
import { cx } from '../parts/class-names.ts'
import { ColumnEdge, sizeByKey } from './column-edge.tsx'
import { COLUMNS, type Column, type ColumnId } from './columns.ts'

type GridHeadProps = {
  columns: readonly ColumnId[]
  template: string
  sort: Sort
  onSort: (sort: Sort) => void
  /** Null fits the column to what it holds. */
  onResize: (id: ColumnId, width: number | null) => void
  checked: boolean | 'indeterminate'
  onCheckAll: () => void
}

export function GridHead(props: GridHeadProps) {
  const { columns, template, sort, onSort, checked, onCheckAll } = props
  return (
    <div
      role="row"
      aria-rowindex={1}
      className="sticky top-0 z-10 grid h-[30px] items-center gap-x-2.5 border-b border-line bg-surface px-3.5"
      style={{ gridTemplateColumns: template }}
    >
      <span role="columnheader" className="flex items-center">
        <Checkbox checked={checked} onChange={onCheckAll} aria-label="Select everyone in sight" />
      </span>
      {columns.map((id) => (
        <Head
          key={id}
          column={COLUMNS[id]}
          sort={sort}
          onSort={onSort}
          onResize={(width) => props.onResize(id, width)}
        />
      ))}
    </div>
  )
}

// The first click on these asks for the most; on words, for the beginning of the alphabet.
const FIRST_DOWN = new Set<Sort['by']>([
  'started',
  'hits',
  'duration',
  'idle',
  'invitation',
  'visits',
  'chats',
])

type HeadProps = {
  column: Column
  onResize: (width: number | null) => void
} & Pick<GridHeadProps, 'sort' | 'onSort'>

function Head({ column, sort, onSort, onResize }: HeadProps) {
  const by = column.sort
  const sorted = by !== undefined && sort.by === by
  const turned = () => {
    if (!by) return
    if (sorted) onSort({ by, dir: sort.dir === 'asc' ? 'desc' : 'asc' })
    else onSort({ by, dir: FIRST_DOWN.has(by) ? 'desc' : 'asc' })
  }
  const Arrow = sort.dir === 'asc' ? ArrowUp : ArrowDown
  return (
    <span
      role="columnheader"
      data-head={column.id}
      tabIndex={by ? undefined : 0}
      aria-keyshortcuts="Shift+ArrowLeft Shift+ArrowRight Shift+Enter"
      onKeyDown={(event) => sizeByKey(event, onResize)}
      aria-sort={sorted ? (sort.dir === 'asc' ? 'ascending' : 'descending') : undefined}
      // The arrow of a narrow column reaches into the gap before it; its word is never cut.
      className={cx('group relative min-w-0 text-micro', column.end && 'flex justify-end')}
    >
      {by ? (
        <button
          type="button"
          onClick={turned}
          className={cx(
            'ring-inside inline-flex h-6 items-center gap-1 rounded-chip whitespace-nowrap',
            column.end ? 'flex-none flex-row-reverse' : 'max-w-full',
            sorted ? 'font-semibold text-text' : 'font-medium text-text-3 hover:text-text',
          )}
        >
          <span className="truncate">{column.head}</span>
          {sorted && <Arrow size={12} aria-hidden />}
        </button>
      ) : (
        <span className="block truncate font-medium text-text-3">{column.head}</span>
      )}
      <ColumnEdge id={column.id} onResize={onResize} />
    </span>
  )
}
