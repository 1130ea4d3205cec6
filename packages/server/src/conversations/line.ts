/**
 * One thing after the other: reading a state, registering for what follows, and telling what
 * follows all stand in this line, so no event can fall between a snapshot and the first event, or
 * overtake another.
 */
export type Line = {
  add<T>(job: () => Promise<T>): Promise<T>
  /** Resolves when nothing is waiting any more. */
  settled(): Promise<void>
}

export function createLine(): Line {
  let tail: Promise<unknown> = Promise.resolve()
  let waiting = 0
  return {
    add(job) {
      waiting++
      const result = tail.then(job)
      // The line goes on after a failure; whoever added the job hears of it.
      tail = result.then(
        () => void waiting--,
        () => void waiting--,
      )
      return result
    },
    async settled() {
      while (waiting > 0) await tail
    },
  }
}
