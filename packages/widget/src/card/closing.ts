import { newClientId } from '../../../client/src/client-id.ts'
import { type Drawing, h } from '../draw.ts'
import type { Draft } from '../state.ts'
import { addSheet } from '../surface/root.ts'
import { words } from '../words.ts'
import { send } from './card-state.ts'
import { closingCss } from './closing-css.ts'

/* What is offered in the last 20 s. A file of its own: most cards are answered or gone before. */

/** Brings its rules along and answers how to draw it. */
export function offerToKeep(
  root: ShadowRoot,
  happen: (move: typeof keepOpen, id: string) => void,
): () => Drawing {
  addSheet(root, closingCss)
  const { closing = 'Closing in a few seconds', keep: offer = 'Keep it open' } = words
  const keep = () => happen(keepOpen, newClientId())
  return () =>
    h(
      'div',
      { class: 'closing', role: 'status' },
      closing,
      h('button', { class: 'keep', onclick: keep }, offer),
    )
}

export function keepOpen(draft: Draft, id: string): void {
  const { card } = draft
  if (!card) return
  card.closing = false
  send(draft, { type: 'invitation.keep', id, invitationId: card.invitation.id })
}
