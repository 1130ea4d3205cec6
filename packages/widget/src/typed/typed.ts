import type { Port } from '../../../tracker/src/port.ts'
import { type Child, h } from '../draw.ts'
import type { PanelState } from '../panel/state.ts'
import { addSheet } from '../surface/root.ts'
import { typedCss } from './typed-css.ts'
import { words } from './words.ts'

/** Of keystrokes; the last of them is always told. */
const EVERY_MS = 1_500

/**
 * What stands in the box of a chat is sent while it is written, on sites that have it, from when the
 * sentence beside the box says so. Called with every state that is drawn.
 */
export function readAlong(port: Port, root: ShadowRoot): (state: PanelState) => Child {
  addSheet(root, typedCss)
  let now: PanelState | undefined
  let told = ''
  let waits = false

  function tell(): void {
    waits = false
    const text = now?.fields.text ?? ''
    if (!now?.chat || text === told) return
    told = text
    port.send({ type: 'chat.typed', chatId: now.chat.id, text })
    waits = true
    port.timers.after(EVERY_MS, tell)
  }

  const describe = (said: HTMLElement) =>
    queueMicrotask(() =>
      said.parentElement?.querySelector('.write')?.setAttribute('aria-describedby', said.id),
    )

  return (state) => {
    const { look, chat, connected, leaving, again } = state
    const isRead = look.typing && connected && chat?.state === 'active' && !leaving && !again
    // What stood there before it was said is not told by itself.
    if (isRead && !now) told = state.fields.text
    now = isRead ? state : undefined
    if (isRead && !waits) queueMicrotask(tell)
    return (
      look.typing &&
      h('p', { key: 'typed', id: 'typed', class: 'typed', ondrawn: describe }, words.readAlong)
    )
  }
}
