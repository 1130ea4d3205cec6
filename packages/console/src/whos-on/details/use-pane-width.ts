import { useCallback, useState } from 'react'

export const PANE_WIDTH = { least: 280, shipped: 318, most: 480 } as const

export const fitted = (width: number): number =>
  Math.round(Math.min(PANE_WIDTH.most, Math.max(PANE_WIDTH.least, width)))

/** How wide an agent likes the pane, beside the list and beside chats; kept in this browser. */
export function usePaneWidth(agentId: string): [number, (width: number) => void] {
  const key = `beckon.pane.${agentId}`
  const [width, setWidth] = useState(() => readWidth(read(key)))
  const keep = useCallback(
    (next: number) => {
      setWidth(next)
      try {
        localStorage.setItem(key, String(next))
      } catch {
        // Without storage the choice lasts until the page is closed.
      }
    },
    [key],
  )
  return [width, keep]
}

/** Reads what was kept, whatever it says. */
export function readWidth(kept: string | null): number {
  const width = Number(kept ?? Number.NaN)
  return Number.isFinite(width) ? fitted(width) : PANE_WIDTH.shipped
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}
