import { type Child, h } from '../draw.ts'
import { downIcon } from '../icons.ts'
import type { PanelDoings } from '../panel/faces.ts'
import { type PanelState, unreadOf } from '../panel/state.ts'
import { counted, words } from '../panel/words.ts'

/** What came while somebody reads further up: it stands below, and is not seen before they go there. */
export const below =
  ({ toEnd }: PanelDoings) =>
  (state: PanelState): Child => {
    const count = state.watched ? 0 : unreadOf(state)
    return (
      count > 0 &&
      h(
        'button',
        { key: 'below', class: 'below', type: 'button', onclick: toEnd },
        downIcon(),
        counted(words.unread, count),
      )
    )
  }
