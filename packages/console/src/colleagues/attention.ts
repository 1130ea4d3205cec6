import type { AgentFrame, VisitId } from '@beckon/protocol'
import { live, sendSignal } from '../live/live.ts'

/*
 * What this console attends to, said to the server as a whole: the visitors whose details are open
 * and those an invitation is being written to. Said again while the page is on a screen; a console
 * forgotten in a background tab falls silent, and colleagues stop being told of it after 30 s.
 */

type Doing = 'looking' | 'writing'
type AttendFrame = Extract<AgentFrame, { type: 'attend' }>

/** Three times within the half minute a claim holds. */
const AGAIN_MS = 10_000

const parts = new Map<symbol, { doing: Doing; visitIds: readonly VisitId[] }>()
let timer: ReturnType<typeof setInterval> | undefined
let stopWatching: (() => void) | undefined

/** Until the returned function is called. */
export function attendTo(doing: Doing, visitIds: readonly VisitId[]): () => void {
  const part = Symbol(doing)
  parts.set(part, { doing, visitIds })
  begin()
  say()
  return () => {
    parts.delete(part)
    say()
    if (parts.size === 0) end()
  }
}

function say(): void {
  if (document.hidden && parts.size > 0) return
  sendSignal(frameOf([...parts.values()]))
}

/** Everything the parts of the screen attend to, each visit once. */
export function frameOf(
  all: readonly { doing: Doing; visitIds: readonly VisitId[] }[],
): AttendFrame {
  const of = (doing: Doing) => [
    ...new Set(all.flatMap((part) => (part.doing === doing ? part.visitIds : []))),
  ]
  return { type: 'attend', looking: of('looking'), writing: of('writing') }
}

function begin(): void {
  if (timer !== undefined) return
  timer = setInterval(say, AGAIN_MS)
  document.addEventListener('visibilitychange', say)
  // A new connection knows nothing of what the last one said.
  let connected = live.status().connected
  stopWatching = live.watch(() => {
    const now = live.status().connected
    if (now && !connected) say()
    connected = now
  })
}

function end(): void {
  clearInterval(timer)
  timer = undefined
  document.removeEventListener('visibilitychange', say)
  stopWatching?.()
  stopWatching = undefined
}
