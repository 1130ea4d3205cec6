/** A run is split in two beyond this: moving its tail costs less than finding the place. */
const LONGEST = 512
/** With more changes than one in so many, sorting everything anew is cheaper. */
const FEW = 16

/**
 * A sorted list of hundreds of thousands in which single things come and go all the time: kept as
 * runs, so that a change moves a few hundred neighbours and not everything behind it.
 */
export function createSortedRuns<T>(compare: (a: T, b: T) => number) {
  let runs: T[][] = []
  let size = 0

  /** Of the run that holds a thing, or would. */
  function runOf(thing: T): number {
    return lowest(runs.length - 1, (at) => compare(runs[at]?.at(-1) as T, thing) >= 0)
  }

  function placeIn(run: readonly T[], thing: T): number {
    return lowest(run.length, (at) => compare(run[at] as T, thing) >= 0)
  }

  function add(thing: T): void {
    const at = runOf(thing)
    const run = runs[at]
    if (!run) {
      runs.push([thing])
      return
    }
    run.splice(placeIn(run, thing), 0, thing)
    if (run.length > LONGEST) runs.splice(at + 1, 0, run.splice(run.length >>> 1))
  }

  function remove(thing: T): void {
    const at = runOf(thing)
    const run = runs[at]
    if (!run) return
    run.splice(placeIn(run, thing), 1)
    if (run.length === 0) runs.splice(at, 1)
  }

  function sortAnew(leaving: readonly T[], coming: readonly T[]): void {
    const out = new Set(leaving)
    const all = runs.flat()
    const things = (out.size > 0 ? all.filter((thing) => !out.has(thing)) : all).concat(coming)
    things.sort(compare)
    runs = []
    for (let at = 0; at < things.length; at += LONGEST >>> 1)
      runs.push(things.slice(at, at + (LONGEST >>> 1)))
  }

  return {
    get size(): number {
      return size
    },
    /** What leaves has to be in the list, what comes must not. */
    change(leaving: readonly T[], coming: readonly T[]): void {
      if ((leaving.length + coming.length) * FEW > size) sortAnew(leaving, coming)
      else {
        for (const thing of leaving) remove(thing)
        for (const thing of coming) add(thing)
      }
      size += coming.length - leaving.length
    },
    slice(offset: number, limit: number): T[] {
      const found: T[] = []
      let skip = offset
      for (const run of runs) {
        if (skip >= run.length) {
          skip -= run.length
          continue
        }
        found.push(...run.slice(skip, skip + limit - found.length))
        if (found.length >= limit) break
        skip = 0
      }
      return found
    },
  }
}

/** The first number from 0 for which it holds; `end` where it holds for none before. */
function lowest(end: number, holds: (at: number) => boolean): number {
  let low = 0
  let high = Math.max(0, end)
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}
