import { type Drawing, h } from '../draw.ts'
import { type PanelDoings, type PanelView, shut, toggle } from '../panel/faces.ts'
import { words } from './words.ts'

/* What stands below the head for a moment. */

export const end =
  ({ move, end }: PanelDoings) =>
  (): Drawing =>
    h(
      'div',
      { key: 'strip', class: 'strip', role: 'group', 'aria-label': words.endAsk },
      h('b', {}, words.endAsk),
      h(
        'div',
        { class: 'pair' },
        h('button', { class: 'button', type: 'button', onclick: () => move(shut) }, words.goOn),
        h('button', { class: 'button main', type: 'button', onclick: end }, words.end),
      ),
    )

export const options =
  ({ move, sound }: PanelDoings) =>
  ({ quiet }: PanelView): Drawing =>
    h(
      'div',
      { key: 'options', class: 'strip', role: 'group', 'aria-label': words.options },
      h(
        'button',
        {
          class: 'switch',
          type: 'button',
          role: 'switch',
          'aria-checked': `${!quiet}`,
          onclick: sound,
        },
        h('i'),
        words.sound,
      ),
      h(
        'button',
        { class: 'button', type: 'button', onclick: () => move(toggle('end')) },
        words.end,
      ),
    )
