import type { CountsState } from '@beckon/protocol'
import { useMemo } from 'react'
import { type ListLimits, SHIPPED_LIMITS } from './cells.tsx'

/** The server's times as the rows need them: as shipped until it has said them. */
export function useLimits(counts: CountsState | undefined): ListLimits {
  const { idleSeconds, removedSeconds } = counts ?? {}
  return useMemo(
    () => ({
      idleMs: idleSeconds === undefined ? SHIPPED_LIMITS.idleMs : idleSeconds * 1_000,
      removedMs: removedSeconds === undefined ? SHIPPED_LIMITS.removedMs : removedSeconds * 1_000,
    }),
    [idleSeconds, removedSeconds],
  )
}
