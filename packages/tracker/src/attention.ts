import type { VisitorFrame } from '@beckon/protocol'
import type { Guest } from './guest.ts'

type Attention = Extract<VisitorFrame, { type: 'attention' }>

/** Input is told at most this often: the server only asks whether there was some in five minutes. */
const TELL_INPUT_EVERY_MS = 60_000
const INPUTS = ['pointerdown', 'pointermove', 'keydown', 'scroll', 'touchstart']

const { now } = Date

const isVisible = (): boolean => document.visibilityState === 'visible'

/** Tells whether somebody looks at this tab: visible, focused, and now and then that there was input. */
export function watchAttention(guest: Guest, tell: (attention: Attention) => boolean) {
  let told = ''
  let toldInputAt = 0

  const present = () => {
    const visible = isVisible()
    return { visible, focused: visible && document.hasFocus() }
  }

  const report = (active?: true) => {
    const attention = present()
    const news = `${attention.visible} ${attention.focused}`
    if (news === told && !active) return
    if (tell({ type: 'attention', ...attention, active })) told = news
  }

  // Focus that wanders into a frame of the page leaves the window first: ask when it has settled.
  const settled = () => void guest.after(0, () => report())
  guest.listen(document, 'visibilitychange', () => report())
  guest.listen(window, 'focus', settled)
  guest.listen(window, 'blur', settled)
  const input = () => {
    if (now() - toldInputAt < TELL_INPUT_EVERY_MS || !isVisible()) return
    toldInputAt = now()
    report(true)
  }
  for (let at = 0; at < INPUTS.length; at++) guest.listen(window, INPUTS[at] as string, input)

  return {
    /** For a hello, which tells it too. */
    hello() {
      const attention = present()
      told = `${attention.visible} ${attention.focused}`
      return attention
    },
    report: () => report(),
  }
}
