import type { AgentId, ChatId, InvitationId, SiteId, VisitorId } from '@beckon/protocol'
import type { Work } from '../conversations/commit.ts'
import type { Directory } from '../directory/directory.ts'
import { notThere, Refusal } from '../refusal.ts'
import { type EventActor, insertEvent } from '../store/event-rows.ts'
import {
  changeInvitation,
  type InvitationRow,
  invitationById,
  openInvitationOf,
} from '../store/invitation-rows.ts'
import type { Clock } from '../time/clock.ts'
import { type Invitation, isOpen, type Open, withdraw } from './invitation.ts'
import { invitationView } from './view.ts'

/** What a move does to an open invitation: the states it passes, the last one being stored. */
export type Move = {
  steps: readonly Invitation[]
  by: EventActor
  /** The site it is now on: fixed when it is viewed. */
  siteId?: SiteId
  endedBy?: AgentId
  chatId?: ChatId
}

export type Moves = ReturnType<typeof createMoves>

/** A decision may lose this often to other nodes before the caller is asked to try again. */
const MOST_TRIES = 5

/**
 * How every change of an invitation reaches its row: read, decide with the pure rules, change only
 * if it is still as it was read (else decide again), one event row for each state passed, all in
 * the caller's work.
 */
export function createMoves(deps: {
  directory: Directory
  clock: Clock
  isTyping(id: InvitationId): boolean
}) {
  const { directory, clock, isTyping } = deps

  async function move(
    work: Work,
    id: InvitationId,
    decide: (open: Open, row: InvitationRow) => Move | undefined,
  ): Promise<InvitationRow> {
    for (let tries = 1; tries <= MOST_TRIES; tries++) {
      const row = await invitationById(work.tx, id)
      if (!row) throw notThere('invitation')
      const open = openInvitation(row)
      const decided = open && decide(open, row)
      const last = decided?.steps.at(-1)
      if (!decided || !last || last === open) return row
      const changed = await changeInvitation(work.tx, row, changeOf(last, decided))
      if (!changed) continue
      await recordSteps(work, row, decided)
      work.announce({
        type: 'invitation',
        brandId: changed.brand_id,
        invitation: invitationView(changed, directory.now, isTyping(id)),
      })
      return changed
    }
    throw new Refusal('try_again', 'Somebody else is changing this invitation. Try again.')
  }

  /** The visitor starts a chat on their own: an open invitation has become pointless. */
  async function supersede(work: Work, visitorId: VisitorId): Promise<void> {
    const row = await openInvitationOf(work.tx, visitorId)
    if (!row) return
    const now = clock.now()
    await move(work, row.id, (open) => ({
      steps: [withdraw(open, now, 'superseded')],
      by: { kind: 'visitor', id: visitorId },
    }))
  }

  return { move, supersede }
}

/** The open life a row tells of; undefined once it has ended. */
export function openInvitation(row: InvitationRow): Open | undefined {
  const { sent_at: sentAt, delivered_at: deliveredAt, viewed_at: viewedAt, deadline } = row
  if (deadline === null) return undefined
  if (row.state === 'sent') return { state: 'sent', sentAt, deadline }
  if (deliveredAt === null) return undefined
  if (row.state === 'delivered') return { state: 'delivered', sentAt, deliveredAt, deadline }
  if (row.state !== 'viewed' || viewedAt === null) return undefined
  const typed = row.typed_at === null ? {} : { typedAt: row.typed_at }
  return { state: 'viewed', sentAt, deliveredAt, viewedAt, deadline, keeps: row.keeps, ...typed }
}

function changeOf(last: Invitation, { siteId, endedBy, chatId }: Move) {
  return {
    state: last.state,
    delivered_at: ('deliveredAt' in last && last.deliveredAt) || null,
    viewed_at: ('viewedAt' in last && last.viewedAt) || null,
    deadline: isOpen(last) ? last.deadline : null,
    ...(last.state === 'viewed' && { keeps: last.keeps, typed_at: last.typedAt ?? null }),
    ...(!isOpen(last) && { ended_at: last.endedAt }),
    ...('reason' in last && { reason: last.reason }),
    ...(siteId && { site_id: siteId }),
    ...(endedBy && { ended_by: endedBy }),
    ...(chatId && { chat_id: chatId }),
  }
}

/** Moving the deadline by writing is no event; asking to keep the card open is. */
async function recordSteps({ tx }: Work, before: InvitationRow, { steps, by, chatId }: Move) {
  let state = before.state
  for (const step of steps) {
    const kept = step.state === 'viewed' && step.keeps > before.keeps
    if (step.state === state && !kept) continue
    state = step.state
    await insertEvent(tx, {
      type: kept ? 'invitation.kept' : `invitation.${step.state}`,
      at: momentOf(step),
      brandId: before.brand_id,
      subjectId: before.id,
      by,
      data: {
        visitorId: before.visitor_id,
        agentId: before.agent_id,
        ...('reason' in step && { reason: step.reason }),
        ...(kept && { keeps: step.keeps }),
        ...(step.state === 'accepted' && chatId && { chatId }),
      },
    })
  }
}

function momentOf(step: Invitation): number {
  if (!isOpen(step)) return step.endedAt
  if (step.state === 'viewed') return step.viewedAt
  return step.state === 'delivered' ? step.deliveredAt : step.sentAt
}
