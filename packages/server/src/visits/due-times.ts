import type { Timestamp } from '@beckon/protocol'

const SPAN_MS = 1_000

/** Who is due when, kept by the second, so that asking costs what is due and not what waits. */
export function createDueTimes<T>() {
  const times = new Map<T, Timestamp>()
  const spans = new Map<number, Set<T>>()
  const spanOf = (at: Timestamp) => Math.floor(at / SPAN_MS)

  function forget(thing: T): void {
    const at = times.get(thing)
    if (at === undefined) return
    times.delete(thing)
    const span = spanOf(at)
    const there = spans.get(span)
    there?.delete(thing)
    if (there?.size === 0) spans.delete(span)
  }

  return {
    forget,
    /** Infinity: never. */
    set(thing: T, at: Timestamp): void {
      if (times.get(thing) === at) return
      forget(thing)
      if (at === Number.POSITIVE_INFINITY) return
      times.set(thing, at)
      const span = spanOf(at)
      const there = spans.get(span)
      if (there) there.add(thing)
      else spans.set(span, new Set([thing]))
    },
    /** They stay until they are set again or forgotten. */
    due(now: Timestamp): T[] {
      const found: T[] = []
      const last = spanOf(now)
      for (const [span, things] of spans) {
        if (span > last) continue
        for (const thing of things) if ((times.get(thing) ?? 0) <= now) found.push(thing)
      }
      return found
    },
  }
}
