import { type Drawing, h } from '../draw.ts'
import { type PanelDoings, toggle } from '../panel/faces.ts'
import { words } from './words.ts'

/* Some to pick from; keyboards of phones and systems have them all. */

const EMOJI =
  '😀 😄 😂 🙂 😉 😊 😍 😘 😎 🤔 😐 😕 🙁 😢 😭 😡 😴 🤯 😱 🤗 👍 👎 👌 👏 🙏 💪 👋 🤝 ✌️ 🤞 ❤️ 💔 💯 ✨ 🔥 🎉 🎁 ☀️ ⭐ 🌈 ✅ ❌ ❓ ❗ ⏰ 📅 📎 📷 📞 ✉️ 📦 🚚 🏠 🚗 ✈️ 💡 💳 🛒 ☕ 🍕'.split(
    ' ',
  )

export const emoji = (root: ShadowRoot, doings: PanelDoings) => (): Drawing =>
  h(
    'div',
    { key: 'emoji', class: 'emoji', role: 'group', 'aria-label': words.emoji, onkeydown: step },
    EMOJI.map((one, place) =>
      h(
        'button',
        {
          key: one,
          type: 'button',
          tabindex: place ? '-1' : '0',
          onclick: () => pick(root, one, doings),
        },
        one,
      ),
    ),
  )

/** Where the caret is. */
function pick(root: ShadowRoot, one: string, { type, move }: PanelDoings): void {
  const box = root.querySelector<HTMLTextAreaElement>('.write')
  if (!box) return
  box.setRangeText(one, box.selectionStart, box.selectionEnd, 'end')
  type('text', box.value)
  move(toggle('emoji'))
  box.focus({ preventScroll: true })
}

/** One tab stop; arrows go on from there. */
function step(event: KeyboardEvent): void {
  const { key, currentTarget, target } = event
  const buttons = [...(currentTarget as Element).children] as HTMLElement[]
  const at = buttons.indexOf(target as HTMLElement)
  const across = buttons.filter(({ offsetTop }) => offsetTop === buttons[0]?.offsetTop).length
  const isMirrored = getComputedStyle(currentTarget as Element).direction === 'rtl'
  const ways: Record<string, number> = {
    ArrowRight: isMirrored ? -1 : 1,
    ArrowLeft: isMirrored ? 1 : -1,
    ArrowDown: across,
    ArrowUp: -across,
  }
  const way = ways[key]
  if (!way) return
  event.preventDefault()
  buttons[at + way]?.focus()
}
