import { type Clock, seconds } from '../time/clock.ts'

/** Clients say it again at least every 2 s while keys are pressed; silence means it stopped. */
const TYPING_LASTS = seconds(6)

export type Typing<Key extends string> = {
  /** A keystroke, or the end of writing. */
  set(key: Key, on: boolean): void
  has(key: Key): boolean
  stop(): void
}

/** Who is writing now. Ends by itself; tells of changes only. */
export function createTyping<Key extends string>({
  clock,
  onChange,
}: {
  clock: Clock
  onChange(key: Key, on: boolean): void
}): Typing<Key> {
  const writing = new Map<Key, () => void>()

  const off = (key: Key) => {
    writing.get(key)?.()
    if (writing.delete(key)) onChange(key, false)
  }

  return {
    set(key, on) {
      if (!on) return off(key)
      const cancel = writing.get(key)
      cancel?.()
      writing.set(
        key,
        clock.after(TYPING_LASTS, () => off(key)),
      )
      if (!cancel) onChange(key, true)
    },
    has: (key) => writing.has(key),
    stop() {
      for (const cancel of writing.values()) cancel()
      writing.clear()
    },
  }
}
