import { COLUMNS, type ColumnId } from './columns.ts'

/** Width at which nothing of a column is cut, among its head and the rows that are drawn. */
export function fittingWidth(grid: HTMLElement, id: ColumnId): number {
  const head = grid.querySelector<HTMLElement>(`[data-head="${id}"]`)
  const cells = [...grid.querySelectorAll<HTMLElement>(`[data-column="${id}"]`)]
  const widths = [head, ...cells].map((cell) => (cell ? contentWidth(cell) : 0))
  return Math.max(COLUMNS[id].end ? COLUMNS[id].least : 0, ...widths.map(Math.ceil))
}

/** Words that are cut say in scrollWidth how long they are; what stands beside them comes on top. */
function contentWidth(cell: HTMLElement): number {
  const own = cell.getBoundingClientRect().width
  let widest = 0
  for (const part of [cell, ...cell.querySelectorAll<HTMLElement>('*')]) {
    const cut = part.scrollWidth - part.clientWidth
    if (part.clientWidth > 0 && cut > 0) widest = Math.max(widest, own + cut)
  }
  if (widest > 0) return widest
  const range = document.createRange()
  range.selectNodeContents(cell)
  const box = range.getBoundingClientRect()
  return Math.min(box.width, own)
}
