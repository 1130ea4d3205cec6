import type { VisitorFrame } from '@beckon/protocol'
import { after, listen } from './guest.ts'

type Attention = Extract<VisitorFrame, { type: 'attention' }>

/** Input is told at most this often: the server only asks whether there was some in five minutes. */
const TELL_INPUT_EVERY_MS = 60_000

let told: boolean | undefined
let tellInputFrom = 0

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
  // Focus that wanders into a frame of the page leaves the window first: ask when it has settled.
  const settled = () => after(0, report)
  const input = ({ timeStamp }: Event) => {
    if (timeStamp < tellInputFrom || document.hidden) return
    tellInputFrom = timeStamp + TELL_INPUT_EVERY_MS
    report(true)
  }
  listen(window, 'visibilitychange', settled)
  listen(window, 'focus', settled)
  listen(window, 'blur', settled)
  listen(window, 'pointermove', input)
  listen(window, 'keydown', input)
  listen(window, 'scroll', input)
  return report
}
