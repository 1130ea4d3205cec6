import type { InvitationId, Timestamp } from '@beckon/protocol'
import type { Background } from '../conversations/background.ts'
import type { Commit } from '../conversations/commit.ts'
import { type Clock, seconds } from '../time/clock.ts'
import { isDue, type Terms, type } from './invitation.ts'
import type { Moves } from './moves.ts'

/**
 * Far below the minute a keystroke is worth, so the stored deadline never passes while the true one
 * is ahead; a crash costs the visitor at most this much.
 */
const WRITTEN_EVERY = seconds(10)

type Writing = { writtenAt: Timestamp; typedAt: Timestamp; cancel?: () => void }

/** Keystrokes in a card hold its deadline: the first is written at once, then the last of every 10 s. */
export function createKeystrokes(deps: {
  commit: Commit
  clock: Clock
  moves: Moves
  background: Background
  terms: Terms
}) {
  const { commit, clock, moves, background, terms } = deps
  const writings = new Map<InvitationId, Writing>()

  const write = (id: InvitationId, writing: Writing) => {
    writing.writtenAt = clock.now()
    delete writing.cancel
    const { typedAt } = writing
    background.run('keystroke', () =>
      commit((work) =>
        moves.move(work, id, (open) =>
          open.state === 'viewed' && !isDue(open, clock.now())
            ? { steps: [type(open, typedAt, terms)], by: { kind: 'system' } }
            : undefined,
        ),
      ),
    )
  }

  return {
    typed(id: InvitationId): void {
      const now = clock.now()
      const writing = writings.get(id) ?? { writtenAt: Number.NEGATIVE_INFINITY, typedAt: now }
      writings.set(id, writing)
      writing.typedAt = now
      const wait = writing.writtenAt + WRITTEN_EVERY - now
      if (wait <= 0) write(id, writing)
      else writing.cancel ??= clock.after(wait, () => write(id, writing))
    },
    /** The invitation has ended. */
    forget(id: InvitationId): void {
      writings.get(id)?.cancel?.()
      writings.delete(id)
    },
    stop(): void {
      for (const { cancel } of writings.values()) cancel?.()
      writings.clear()
    },
  }
}
