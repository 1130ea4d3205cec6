import type { VisitId, VisitRow } from '@beckon/protocol'
import type { VisitorDoing } from './actions-menu.tsx'
import { NOBODY, type Selection, toggled } from './selection.ts'
import { useKeys } from './use-keys.ts'
import type { ListWindow } from './use-window.ts'

type ListKeys = {
  list: ListWindow
  cursor: VisitId | undefined
  setCursor: (id: VisitId) => void
  selection: Selection
  setSelection: (selection: Selection) => void
  onExtend: (id: VisitId) => void
  doing: VisitorDoing
  /** Whom `i`, `w`, `o` and `c` are about. */
  subject: () => readonly VisitRow[]
  openId: VisitId | undefined
  onOpen: (id: VisitId) => void
  onClosePane: () => void
  onDensity: () => void
  onFilter: () => void
}

/** The list by keyboard (UI §7). */
export function useListKeys(keys: ListKeys): void {
  const { list, cursor, setCursor, selection, setSelection, doing, subject } = keys

  const move = (by: number) => {
    const at = cursor ? list.indexOf(cursor) : -1
    const id = at < 0 ? list.idAt(0) : list.idAt(at + by)
    if (!id) return
    setCursor(id)
    if (keys.openId && keys.openId !== id) keys.onOpen(id)
  }
  const act = (on: (rows: readonly VisitRow[]) => void) => () => {
    const rows = subject()
    if (rows.length > 0) on(rows)
  }
  const onCursor = (on: (id: VisitId) => void) => () => {
    if (cursor && list.indexOf(cursor) >= 0) on(cursor)
  }

  useKeys({
    j: () => move(1),
    k: () => move(-1),
    arrowdown: (event) => isInGrid(event) && move(1),
    arrowup: (event) => isInGrid(event) && move(-1),
    x: onCursor((id) => setSelection(toggled(selection, id))),
    'shift+x': onCursor(keys.onExtend),
    enter: () => cursor && keys.onOpen(cursor),
    i: () => doing.invite(subject()),
    w: act(doing.withdraw),
    o: act(doing.openChat),
    c: () => doing.copyLink(subject()),
    '/': keys.onFilter,
    '.': list.again,
    d: keys.onDensity,
    escape: () => {
      if (selection.ids.length > 1 || selection.matching) setSelection(NOBODY)
      else if (keys.openId) {
        setSelection(NOBODY)
        keys.onClosePane()
      } else setSelection(NOBODY)
    },
  })
}

const isInGrid = (event: KeyboardEvent) =>
  event.target instanceof Element && event.target.closest('[role="grid"]') !== null
