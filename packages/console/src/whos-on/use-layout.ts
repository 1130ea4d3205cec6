import { useCallback, useState } from 'react'
import { type Layout, readLayout } from './columns.ts'

/** The agent's own layout, kept in this browser. */
export function useLayout(agentId: string): [Layout, (next: Layout) => void] {
  const key = `beckon.list.${agentId}`
  const [layout, setLayout] = useState(() => readLayout(read(key)))
  const keep = useCallback(
    (next: Layout) => {
      setLayout(next)
      try {
        localStorage.setItem(key, JSON.stringify(next))
      } catch {
        // Without storage the choice lasts until the page is closed.
      }
    },
    [key],
  )
  return [layout, keep]
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}
