import type { InvitationReason, VisitRow } from '@beckon/protocol'
import { shortAge } from '../parts/durations.ts'
import { countdownWords } from './clock-words.ts'

/** The hues of state marks; each is a text and a mark colour in the tokens. */
export type Hue = 'green' | 'amber' | 'red' | 'violet' | 'sky' | 'gray'

export type InvitationIcon =
  | 'sent'
  | 'delivered'
  | 'viewed'
  | 'typing'
  | 'accepted'
  | 'declined'
  | 'ignored'
  | 'withdrawn'
  | 'expired'
  | 'failed'
  | 'queued'
  | 'chat'

/** What the invitation column says: shape + word + colour, and the live part beside it (UI §2.2). */
export type InvitationMark = {
  icon: InvitationIcon
  hue: Hue
  word: string
  /** The part that ticks or explains, in quiet ink. */
  live: string
  /** Share of the reply time that is left, for the ring; only while viewed. */
  left?: number
  /** The whole story, for the tooltip. */
  story: string
}

const FAILED: Partial<Record<InvitationReason, string>> = {
  banned: 'banned',
  consent_withdrawn: 'consent withdrawn',
  site_off: 'site off',
}

type Marked = Pick<VisitRow, 'invitation' | 'chat'>

/** A chat outranks its invitation: what is going on now comes before how it began. */
export function invitationMark(
  { invitation, chat }: Marked,
  now: number,
): InvitationMark | undefined {
  if (chat?.state === 'active') {
    const agent = chat.agentName ?? ''
    return {
      icon: 'chat',
      hue: 'green',
      word: 'In chat',
      live: agent,
      story: agent ? `In a chat with ${agent}` : 'In a chat',
    }
  }
  if (chat?.state === 'queued') {
    return { icon: 'queued', hue: 'amber', word: 'Queued', live: '', story: 'Waiting for an agent' }
  }
  if (!invitation) return undefined

  const since = (at: number | undefined) => shortAge(now - (at ?? invitation.sentAt))
  const by = invitation.agentName
  switch (invitation.state) {
    case 'sent':
      return {
        icon: 'sent',
        hue: 'sky',
        word: 'Sent',
        live: since(invitation.sentAt),
        story: `Sent by ${by}, not on the page yet`,
      }
    case 'delivered':
      return {
        icon: 'delivered',
        hue: 'sky',
        word: 'Delivered',
        live: since(invitation.deliveredAt),
        story: `Sent by ${by}. The page has it; it has not been on the screen yet.`,
      }
    case 'viewed': {
      const deadline = invitation.deadline ?? now
      const term = deadline - (invitation.viewedAt ?? invitation.sentAt)
      const left = term > 0 ? Math.min(1, Math.max(0, (deadline - now) / term)) : 0
      const live = countdownWords(deadline - now)
      return invitation.typing
        ? {
            icon: 'typing',
            hue: 'violet',
            word: 'Typing',
            live,
            left,
            story: `The visitor is writing a reply to ${by}.`,
          }
        : {
            icon: 'viewed',
            hue: 'violet',
            word: 'Viewed',
            live,
            left,
            story: `On the visitor’s screen. ${live} left to reply to ${by}.`,
          }
    }
    case 'accepted':
      return {
        icon: 'accepted',
        hue: 'green',
        word: 'Accepted',
        live: since(invitation.endedAt),
        story: `The visitor replied to ${by}.`,
      }
    case 'declined':
      return {
        icon: 'declined',
        hue: 'red',
        word: 'Declined',
        live: since(invitation.endedAt),
        story: `The visitor said no thanks to ${by}.`,
      }
    case 'ignored':
      return {
        icon: 'ignored',
        hue: 'gray',
        word: 'Ignored',
        live: since(invitation.endedAt),
        story: `It was on the screen and got no reply. Sent by ${by}.`,
      }
    case 'withdrawn':
      return withdrawn(invitation)
    case 'expired':
      return {
        icon: 'expired',
        hue: 'amber',
        word: 'Expired',
        live: invitation.reason === 'left' ? 'left' : 'not viewed',
        story:
          invitation.reason === 'left'
            ? 'The visitor left before seeing it.'
            : 'Not viewed in time.',
      }
    case 'failed': {
      const why = (invitation.reason && FAILED[invitation.reason]) ?? ''
      return {
        icon: 'failed',
        hue: 'red',
        word: 'Failed',
        live: why,
        story: why ? `Not shown: ${why}.` : 'Not shown.',
      }
    }
  }
}

function withdrawn(invitation: NonNullable<VisitRow['invitation']>): InvitationMark {
  const live =
    invitation.reason === 'superseded'
      ? 'chat started'
      : (invitation.endedBy ?? invitation.agentName)
  const story =
    invitation.reason === 'superseded'
      ? 'The visitor started a chat before replying.'
      : invitation.reason === 'replaced'
        ? `Replaced by ${live}.`
        : `Withdrawn by ${live}.`
  return { icon: 'withdrawn', hue: 'gray', word: 'Withdrawn', live, story }
}
