import type {
  AgentCommand,
  AgentId,
  CommandResult,
  InvitationId,
  SiteId,
  VisitorId,
} from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { mayWithdraw } from '../agents/rights.ts'
import type { Commit, Work } from '../conversations/commit.ts'
import { once } from '../conversations/once.ts'
import type { Directory } from '../directory/directory.ts'
import { notThere, Refusal } from '../refusal.ts'
import {
  dueInvitations,
  invitationById,
  openInvitationOf,
  openInvitationsOfSites,
} from '../store/invitation-rows.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from '../time/clock.ts'
import { expire, type FailReason, fail, lapse, withdraw, withdrawnBecause } from './invitation.ts'
import type { Moves } from './moves.ts'
import { invitationView } from './view.ts'

export type WithdrawCommand = Extract<AgentCommand, { type: 'invitation.withdraw' }>

/** One sweep's worth; what is left is due at the next one. */
const SWEPT_AT_ONCE = 200

/** The ends that are not the visitor's answer: withdrawn, ignored, expired, failed. */
export function createEnds(deps: {
  store: Store
  commit: Commit
  directory: Directory
  clock: Clock
  moves: Moves
}) {
  const { store, commit, directory, clock, moves } = deps
  const system = { kind: 'system' } as const

  return {
    /** By the inviter, or a manager of the group's department; for others it is not there (I10). */
    withdrawn: (
      actor: AgentActor,
      command: WithdrawCommand,
    ): Promise<CommandResult['invitation.withdraw']> =>
      commit((work) =>
        once(work.tx, { actorId: actor.agentId, asked: command, at: clock.now() }, async () => {
          const row = await invitationById(work.tx, command.invitationId)
          const invited = row && {
            agentId: row.agent_id,
            groupId: row.group_id,
            brandId: row.brand_id,
          }
          if (!invited || !mayWithdraw(actor, invited, directory.now)) throw notThere('invitation')
          const now = clock.now()
          const own = invited.agentId === actor.agentId
          const after = await moves.move(work, row.id, (open) => ({
            steps: [withdraw(open, now, own ? withdrawnBecause(open, now) : 'withdrawn')],
            by: { kind: 'agent', id: actor.agentId },
            endedBy: actor.agentId,
          }))
          const invitation = invitationView(after, directory.now, false)
          if (row.deadline === null) {
            throw new Refusal('invitation_ended', 'This invitation has ended already.', {
              invitation,
            })
          }
          return { invitation }
        }),
      ),

    /** Whatever is due, on whichever node: rows are the truth, the timer only asks. */
    async sweep(): Promise<void> {
      const due = await store.read((db) => dueInvitations(db, clock.now(), SWEPT_AT_ONCE))
      await Promise.all(
        due.map(({ id }) =>
          commit((work) =>
            moves.move(work, id, (open) => ({ steps: [lapse(open, clock.now())], by: system })),
          ),
        ),
      )
    },

    /** The visitor's last visit was removed before the invitation was seen. */
    left: (visitorId: VisitorId): Promise<void> =>
      commit(async (work) => {
        const row = await openInvitationOf(work.tx, visitorId)
        if (!row) return
        await moves.move(work, row.id, (open) =>
          open.state === 'viewed'
            ? undefined
            : { steps: [expire(open, clock.now(), 'left')], by: system },
        )
      }),

    /** The page said so before it went away. */
    consentWithdrawn: (visitorId: VisitorId): Promise<void> =>
      commit(async (work) => {
        const row = await openInvitationOf(work.tx, visitorId)
        if (row) await failed(work, row.id, 'consent_withdrawn')
      }),

    /** The visitor was banned: in the caller's work, so that nothing comes in between (I23). */
    async banned(work: Work, visitorId: VisitorId, by: AgentId): Promise<void> {
      const row = await openInvitationOf(work.tx, visitorId)
      if (!row) return
      await moves.move(work, row.id, (open) => ({
        steps: [fail(open, clock.now(), 'banned')],
        by: { kind: 'agent', id: by },
      }))
    },

    async sitesOff(siteIds: readonly SiteId[]): Promise<void> {
      if (siteIds.length === 0) return
      const open = await store.read((db) => openInvitationsOfSites(db, siteIds))
      await Promise.all(open.map(({ id }) => commit((work) => failed(work, id, 'site_off'))))
    },
  }

  function failed(work: Work, id: InvitationId, reason: FailReason) {
    return moves.move(work, id, (open) => ({
      steps: [fail(open, clock.now(), reason)],
      by: system,
    }))
  }
}
