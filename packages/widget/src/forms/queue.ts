import { type Child, h } from '../draw.ts'
import type { PanelDoings } from '../panel/faces.ts'
import type { Draft, PanelState } from '../panel/state.ts'
import { counted, filled } from '../panel/words.ts'
import { words } from './words.ts'

/** A figure that goes down, and a wait only where it is known. */
export const queue =
  ({ move }: PanelDoings) =>
  ({ chat }: PanelState): Child => {
    const { place, waitMs, says } = chat ?? {}
    const sentence =
      place === 1
        ? words.place1
        : place === 2
          ? words.place2
          : place
            ? filled(words.placeN, { n: place })
            : words.inLine
    const minutes = Math.round((waitMs ?? 0) / 60_000)
    return [
      h(
        'div',
        { key: 'place', class: 'place-in-line', role: 'status' },
        place !== undefined && h('b', { class: 'figure', 'aria-hidden': 'true' }, place),
        h('b', { class: 'title' }, sentence),
        h(
          'p',
          { class: 'hint' },
          waitMs !== undefined && `${minutes ? counted(words.wait, minutes) : words.waitSoon}. `,
          words.browse,
        ),
        says && h('p', { class: 'hint', dir: 'auto' }, says),
      ),
      h(
        'div',
        { key: 'instead', class: 'instead' },
        h('button', { class: 'button wide', onclick: () => move(leave) }, words.leave),
      ),
    ]
  }

/** What was asked is the message, as long as nothing else is written. */
function leave(draft: Draft): void {
  const { messages, fields } = draft
  const asked = messages.filter(({ from }) => from === 'visitor').map(({ text }) => text)
  if (!fields.text) draft.fields = { ...fields, text: asked.join('\n') }
  draft.leaving = true
  draft.effects.push({ do: 'focus' })
}
