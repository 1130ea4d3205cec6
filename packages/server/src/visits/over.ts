import type { VisitId } from '@beckon/protocol'

export type Over = ReturnType<typeof createOver>

/**
 * Visits that are over, with the version of their end, for as long as somebody who has not heard of
 * it may still tell of them: two turns at most.
 */
export function createOver() {
  let recent = new Map<VisitId, number>()
  let earlier = recent
  const endOf = (id: VisitId): number => recent.get(id) ?? earlier.get(id) ?? -1

  return {
    add(id: VisitId, version: number): void {
      recent.set(id, Math.max(version, endOf(id)))
    },
    /** Whether this version of it was told by somebody who did not know of its end. */
    covers: (id: VisitId, version: number): boolean => version <= endOf(id),
    has: (id: VisitId): boolean => endOf(id) >= 0,
    turn(): void {
      earlier = recent
      recent = new Map()
    },
  }
}
