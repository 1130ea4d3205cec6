import { COLUMNS, type ColumnId } from './columns.ts'

/** Room for the arrow of a sorted head, and for the ring around what has the focus. */
const BESIDE = 4

/** Width at which nothing of a column is cut, among its head and the rows that are drawn. */
export function fittingWidth(grid: HTMLElement, id: ColumnId): number {
  const cells = grid.querySelectorAll<HTMLElement>(`[data-head="${id}"], [data-column="${id}"]`)
  const widths = [...cells].map((cell) => Math.ceil(contentWidth(cell)) + BESIDE)
  return Math.max(COLUMNS[id].end ? COLUMNS[id].least : 0, ...widths)
}

/** From the first sign or picture to the last, also where they are cut: words know how long they are. */
function contentWidth(cell: HTMLElement): number {
  let [from, to] = [Number.POSITIVE_INFINITY, 0]
  const reach = ({ left, right, width }: DOMRect) => {
    if (width === 0) return
    from = Math.min(from, left)
    to = Math.max(to, right)
  }
  const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement?.closest('.sr-only')) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    for (const part of range.getClientRects()) reach(part)
  }
  for (const picture of cell.querySelectorAll('svg, img')) reach(picture.getBoundingClientRect())
  return Math.max(0, to - from)
}
