import { card } from '../card/card.ts'
import { type Child, h } from '../draw.ts'
import type { PanelDoings } from '../panel/faces.ts'
import type { PanelState } from '../panel/state.ts'
import { begin } from './before.ts'
import { words } from './words.ts'

/** Instead of the panel: what was written when an invitation ended is not lost. */
export const offer =
  (doings: PanelDoings) =>
  ({ ended, fields, look }: PanelState, phone: boolean): Child =>
    ended &&
    card(
      {
        ...ended,
        siteName: look.siteName,
        phone,
        reply: fields.text,
        boxOpen: true,
        note: h('p', { class: 'note', role: 'status' }, words.invitationEnded),
        no: words.discard,
        yes: words.startChat,
      },
      {
        type: (text) => doings.type('text', text),
        yes: () => {
          doings.open()
          doings.move(begin)
        },
        no: doings.discard,
      },
    )
