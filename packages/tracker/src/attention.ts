import type { VisitorFrame } from '@beckon/protocol'
import { after, listen } from './guest.ts'

type Attention = Extract<VisitorFrame, { type: 'attention' }>

/** Input is told at most this often: the server only asks whether there was some in five minutes. */
const TELL_INPUT_EVERY_MS = 60_000

const { now } = Date
let told: boolean | undefined
let toldInputAt = 0

/** Whether somebody looks at this tab; for a hello, which tells it. */
export function attention(): { visible: boolean; focused: boolean } {
  const visible = !document.hidden
  const focused = visible && document.hasFocus()
  // Focused implies visible: three states in a flag that may be undefined.
  told = focused || (visible ? false : undefined)
  return { visible, focused }
}

/** Tells each change, and now and then that there was input. */
export function watchAttention(tell: (attention: Attention) => boolean): () => void {
  const report = (active?: true) => {
    const before = told
    const present = attention()
    if (before === told && !active) return
    // Not told: remembered as a change still to come.
    if (!tell({ type: 'attention', ...present, active })) told = before
  }
  const listenTo = (types: string[], heard: () => void) => {
    for (let at = 0; at < types.length; at++) listen(window, types[at] as string, heard)
  }
  // Focus that wanders into a frame of the page leaves the window first: ask when it has settled.
  listenTo(['visibilitychange', 'focus', 'blur'], () => after(0, report))
  listenTo(['pointerdown', 'pointermove', 'keydown', 'scroll'], () => {
    if (now() - toldInputAt < TELL_INPUT_EVERY_MS || document.hidden) return
    toldInputAt = now()
    report(true)
  })
  return report
}
