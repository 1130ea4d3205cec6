import { after, type Cancel, keep } from './guest.ts'

/** On secure pages only; without them two tabs opened in the same moment may be two visitors. */
const { locks } = navigator

/** A hello that nobody answers holds up the other tabs no longer than this. */
const TURN_AT_MOST_MS = 3_000

/** While this tab waits for its turn, or has it. */
let pass: Cancel | undefined

/** Only one tab of an origin has its turn at a time. `work` does not throw. */
export function inTurn(work: () => void): void {
  if (pass) return
  pass = () => {}
  const begin = () =>
    new Promise<void>((done) => {
      pass = done
      after(TURN_AT_MOST_MS, keep(done))
      work()
    })
  // Sandboxed pages have locks and may not use them.
  if (locks) locks.request('beckon', begin).catch(work)
  else work()
}

export function passTurn(): void {
  pass?.()
  pass = undefined
}
