import type { InvitationId } from '@beckon/protocol'
import type { Background } from '../conversations/background.ts'
import type { Commit } from '../conversations/commit.ts'
import { createTyping, type Typing } from '../conversations/typing.ts'
import type { Directory } from '../directory/directory.ts'
import { invitationById } from '../store/invitation-rows.ts'
import type { Clock } from '../time/clock.ts'
import { invitationView } from './view.ts'

/**
 * The visitor is writing in the card. Announced through a work that changes nothing, so that it
 * cannot overtake, or follow, the invitation's end.
 */
export function createCardTyping(deps: {
  commit: Commit
  directory: Directory
  clock: Clock
  background: Background
}): Typing<InvitationId> {
  const { commit, directory, clock, background } = deps
  const typing = createTyping<InvitationId>({
    clock,
    onChange: (id) =>
      background.run('card typing', () =>
        commit(async ({ tx, announce }) => {
          const row = await invitationById(tx, id)
          if (!row || row.deadline === null) return
          const invitation = invitationView(row, directory.now, typing.has(id))
          announce({ type: 'invitation', brandId: row.brand_id, invitation })
        }),
      ),
  })
  return typing
}
