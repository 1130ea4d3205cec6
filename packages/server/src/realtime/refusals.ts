import type { RefusalCode } from '@beckon/protocol'

/** How often something was refused, by code, since the start. */
export function createRefusals() {
  const counts: Partial<Record<RefusalCode, number>> = {}
  return {
    counts: counts as Readonly<typeof counts>,
    count(code: RefusalCode): void {
      counts[code] = (counts[code] ?? 0) + 1
    },
  }
}
export type Refusals = ReturnType<typeof createRefusals>
