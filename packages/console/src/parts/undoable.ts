import { toast } from './toast-queue.ts'

const UNDO_SECONDS = 5

type Undoable = {
  text: string
  onUndo: () => void
  /** The offer is over and was not taken, however that came. */
  onKept?: () => void
}

let last: { undo: () => void } | undefined

/** Offers for 5 s to take back what was just done; `u` does it, too. */
export function offerUndo({ text, onUndo, onKept }: Undoable): { close: () => void } {
  let taken = false
  const shown = toast.show({
    text,
    action: { label: 'Undo', seconds: UNDO_SECONDS, onAct: () => mine.undo() },
    onGone() {
      if (last === mine) last = undefined
      if (!taken) onKept?.()
    },
  })
  const mine = {
    undo() {
      if (taken || last !== mine) return
      taken = true
      last = undefined
      shown.close()
      onUndo()
    },
  }
  last = mine
  return shown
}

/** `u`: takes back what was done last, as long as the toast offers it. */
export const undoLast = (): void => last?.undo()
