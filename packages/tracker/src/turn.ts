import { after, type Cancel, keep } from './guest.ts'

/** On secure pages only; without them two tabs opened in the same moment may be two visitors. */
const { locks } = navigator

/** A hello that nobody answers holds up the other tabs no longer than this. */
const TURN_AT_MOST_MS = 3_000

/** Only one tab of an origin has its turn at a time. `work` does not throw; the result passes the turn on. */
export function inTurn(work: () => void): Cancel {
  let pass: Cancel = () => {}
  const begin = () =>
    new Promise<void>((done) => {
      pass = done
      after(TURN_AT_MOST_MS, keep(done))
      work()
    })
  // Sandboxed pages have locks and may not use them.
  if (locks) locks.request('beckon', begin).catch(work)
  else work()
  return () => pass()
}
