import { useSyncExternalStore } from 'react'

/*
 * The server's time in this browser, and one shared tick a second for every clock on the screen.
 * Ages and countdowns come from here, so a computer whose clock is wrong still shows the truth.
 */

let ahead = 0
let second = 0
let ticking: ReturnType<typeof setTimeout> | undefined
const watchers = new Set<() => void>()

export const serverClock = {
  now: (): number => Date.now() + ahead,
  /** Call with `now` of each welcome and beat. */
  correct(serverNow: number): void {
    ahead = serverNow - Date.now()
  },
}

function tick(): void {
  second = serverClock.now()
  for (const watcher of watchers) watcher()
  // On the second, so that all clocks on the screen change together.
  ticking = setTimeout(tick, 1_000 - (serverClock.now() % 1_000))
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  if (ticking === undefined) tick()
  return () => {
    watchers.delete(watcher)
    if (watchers.size > 0) return
    clearTimeout(ticking)
    ticking = undefined
  }
}

/** Server time, renewed once a second while somebody looks. */
export function useNow(): number {
  return useSyncExternalStore(watch, () => {
    if (second === 0) second = serverClock.now()
    return second
  })
}
