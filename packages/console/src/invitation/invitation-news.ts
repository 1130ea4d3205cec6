import type { AgentId, InvitationId, InvitationReason, InvitationView } from '@beckon/protocol'
import { countdownWords } from '../whos-on/clock-words.ts'

/** What happened to one of the agent's invitations, in the words of a toast (UI §4.6). */
export type News = {
  kind: 'viewed' | 'accepted' | 'declined' | 'ended'
  text: string
  second?: string
  invitation: InvitationView
}

// With more than two open the row tells who is looking; toasts on top of it would only flicker.
const MOST_OPEN_FOR_VIEWED = 2

const FAILED: Partial<Record<InvitationReason, string>> = {
  banned: 'The visitor has been banned.',
  consent_withdrawn: 'The visitor has withdrawn their consent.',
  site_off: 'The site has been switched off.',
}

const isOpen = ({ state }: InvitationView) =>
  state === 'sent' || state === 'delivered' || state === 'viewed'

/** News between two pictures of the agent's invitations. Nothing the first time: that is history. */
export function newsOf(
  before: readonly InvitationView[] | undefined,
  after: readonly InvitationView[],
  { agentId, now, courtesyHours = 24 }: { agentId: AgentId; now: number; courtesyHours?: number },
): News[] {
  if (!before) return []
  const was = new Map(before.map((invitation) => [invitation.id, invitation.state]))
  const open = after.filter(isOpen).length
  return after
    .filter((invitation) => invitation.agentId === agentId)
    .filter(({ id, state }) => was.has(id) && was.get(id) !== state)
    .map((invitation) => wordsOf(invitation, now, courtesyHours))
    .filter((news) => news !== undefined)
    .filter(({ kind }) => kind !== 'viewed' || open <= MOST_OPEN_FOR_VIEWED)
}

/** Invitations that are in another state than before, also where that is no news for this agent. */
export function changedIn(
  before: readonly InvitationView[] | undefined,
  after: readonly InvitationView[],
): InvitationId[] {
  const was = new Map(before?.map(({ id, state }) => [id, state]))
  return after.filter(({ id, state }) => was.get(id) !== state).map(({ id }) => id)
}

function wordsOf(invitation: InvitationView, now: number, courtesyHours: number): News | undefined {
  const who = invitation.recipient
  switch (invitation.state) {
    case 'sent':
    case 'delivered':
      return undefined
    case 'viewed':
      return {
        kind: 'viewed',
        text: `Your invitation is on ${who}’s screen`,
        second: `${countdownWords((invitation.deadline ?? now) - now)} left to reply`,
        invitation,
      }
    case 'accepted':
      return {
        kind: 'accepted',
        text: `${who} replied. The chat is yours.`,
        ...(invitation.reply && { second: `“${invitation.reply}”` }),
        invitation,
      }
    case 'declined':
      return {
        kind: 'declined',
        text: `${who} declined`,
        second: `No automatic invitation goes out for ${courtesyHours} h.`,
        invitation,
      }
    case 'ignored':
      return { kind: 'ended', text: `${who} did not reply in time`, invitation }
    case 'expired':
      return {
        kind: 'ended',
        text:
          invitation.reason === 'left'
            ? `${who} left before seeing your invitation`
            : `${who} has not seen your invitation in time`,
        invitation,
      }
    case 'failed':
      return {
        kind: 'ended',
        text: `Your invitation to ${who} could not be shown`,
        ...(invitation.reason && { second: FAILED[invitation.reason] }),
        invitation,
      }
    case 'withdrawn':
      return withdrawn(invitation)
  }
}

function withdrawn(invitation: InvitationView): News | undefined {
  const who = invitation.recipient
  if (invitation.reason === 'superseded') {
    return { kind: 'ended', text: `${who} started a chat before replying`, invitation }
  }
  // The agent's own doing has had its own toast.
  if (!invitation.endedBy || invitation.endedBy === invitation.agentName) return undefined
  const did = invitation.reason === 'replaced' ? 'replaced' : 'withdrew'
  return {
    kind: 'ended',
    text: `${invitation.endedBy} ${did} your invitation to ${who}`,
    invitation,
  }
}
