/** A run is split in two beyond this: moving its tail costs less than finding the place. */
const LONGEST = 512
/** With more changes than one in so many, sorting everything anew is cheaper. */
const FEW = 16

/** What stands in a run knows which, so that it leaves without being looked for by its order. */
export type InRun = { run?: Run | undefined }
type Run = { things: InRun[] }

/**
 * A sorted list of hundreds of thousands in which single things come and go all the time: kept as
 * runs, so that a change moves a few hundred neighbours and not everything behind it. What is about
 * to leave may already compare otherwise: the same thing may leave and come in one change.
 */
export function createSortedRuns<T extends InRun>(compare: (a: T, b: T) => number) {
  type TypedRun = { things: T[] }
  let runs: TypedRun[] = []
  let size = 0

  /** The run that a thing belongs to. */
  function runFor(thing: T): TypedRun | undefined {
    return runs[lowest(runs.length - 1, (at) => compare(runs[at]?.things.at(-1) as T, thing) >= 0)]
  }

  function add(thing: T): void {
    const run = runFor(thing)
    if (!run) {
      runs.push(runOf([thing]))
      return
    }
    const { things } = run
    things.splice(
      lowest(things.length, (at) => compare(things[at] as T, thing) >= 0),
      0,
      thing,
    )
    thing.run = run
    if (things.length > LONGEST) {
      runs.splice(runs.indexOf(run) + 1, 0, runOf(things.splice(things.length >>> 1)))
    }
  }

  function remove(thing: T): void {
    const { run } = thing as { run?: TypedRun }
    if (!run) return
    run.things.splice(run.things.indexOf(thing), 1)
    thing.run = undefined
    if (run.things.length === 0) runs.splice(runs.indexOf(run), 1)
  }

  function sortAnew(leaving: readonly T[], coming: readonly T[]): void {
    const out = new Set(leaving)
    for (const thing of leaving) thing.run = undefined
    const all = runs.flatMap(({ things }) => things)
    const things = (out.size > 0 ? all.filter((thing) => !out.has(thing)) : all).concat(coming)
    things.sort(compare)
    runs = []
    for (let at = 0; at < things.length; at += LONGEST >>> 1)
      runs.push(runOf(things.slice(at, at + (LONGEST >>> 1))))
  }

  return {
    get size(): number {
      return size
    },
    /** What leaves has to be in the list; what comes must not, unless it leaves as well. */
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
      for (const { things } of runs) {
        if (skip >= things.length) {
          skip -= things.length
          continue
        }
        found.push(...things.slice(skip, skip + limit - found.length))
        if (found.length >= limit) break
        skip = 0
      }
      return found
    },
  }
}

function runOf<T extends InRun>(things: T[]): { things: T[] } {
  const run = { things }
  for (const thing of things) thing.run = run
  return run
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
