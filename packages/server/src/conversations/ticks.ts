import type { Unsubscribe } from '../realtime/bus.ts'

/** Things that time alone changes are looked at with every sweep, not by a timer each. */
export type Ticks = {
  each(look: () => void): Unsubscribe
  tick(): void
}

export function createTicks(): Ticks {
  const looks = new Set<() => void>()
  return {
    each(look) {
      looks.add(look)
      return () => void looks.delete(look)
    },
    tick() {
      for (const look of [...looks]) look()
    },
  }
}
