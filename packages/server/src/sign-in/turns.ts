import { Refusal } from '../refusal.ts'

/** Work that waits its turn: so many at once, so many waiting, the rest are told to come back. */
export type Turns = {
  take<T>(work: () => Promise<T>): Promise<T>
  readonly idle: boolean
}

export function createTurns({ atOnce, waiting }: { atOnce: number; waiting: number }): Turns {
  const line: (() => void)[] = []
  let running = 0
  return {
    get idle() {
      return running === 0
    },
    async take(work) {
      if (running < atOnce) {
        running++
      } else {
        if (line.length >= waiting) {
          throw new Refusal('try_again', 'Too many people are signing in. Try again in a moment.')
        }
        // Whoever finishes hands over the place: `running` stays as it is.
        await new Promise<void>((resolve) => line.push(resolve))
      }
      try {
        return await work()
      } finally {
        const next = line.shift()
        if (next) next()
        else running--
      }
    },
  }
}

/** Turns for each key apart; a key nobody uses is forgotten. */
export function createTurnsByKey(limits: { atOnce: number; waiting: number }) {
  const turns = new Map<string, Turns>()
  return async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const own = turns.get(key) ?? createTurns(limits)
    turns.set(key, own)
    try {
      return await own.take(work)
    } finally {
      if (own.idle) turns.delete(key)
    }
  }
}
