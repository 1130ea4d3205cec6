import type { Forms, PanelDoings } from '../panel/faces.ts'
import { addSheet } from '../surface/root.ts'
import { before } from './before.ts'
import { below } from './below.ts'
import { emoji } from './emoji.ts'
import { ended } from './ended.ts'
import { formsCss } from './forms-css.ts'
import { offer } from './offer.ts'
import { closed, offline } from './offline.ts'
import { queue } from './queue.ts'
import { end, options } from './strips.ts'

/** All that is drawn beside the chat itself, with its rules. */
export function mountForms(root: ShadowRoot, doings: PanelDoings): Forms {
  addSheet(root, formsCss)
  return {
    before: before(doings),
    offline: offline(doings),
    below: below(doings),
    offer: offer(doings),
    queue: queue(doings),
    ended: ended(doings),
    end: end(doings),
    options: options(doings),
    emoji: emoji(root, doings),
    closed,
  }
}
