import type { VisitRow } from '@beckon/protocol'
import { LIMITS, OPEN_INVITATION_STATES } from '@beckon/protocol'

/** What can be done with the chosen visitors, each with the reason why not (W8, S14). */
export type VisitorActs = {
  invite: string | undefined
  withdraw: string | undefined
  openChat: string | undefined
  view: string | undefined
  stop: string | undefined
  remove: string | undefined
  ban: string | undefined
}

const NOBODY = 'Select a visitor first.'
const ONE = 'Select one visitor only.'

/** The reasons that stand against each act; undefined = it can be done. */
export function visitorActs(rows: readonly VisitRow[]): VisitorActs {
  const [row] = rows
  if (!row) {
    return {
      invite: NOBODY,
      withdraw: NOBODY,
      openChat: NOBODY,
      view: NOBODY,
      stop: NOBODY,
      remove: NOBODY,
      ban: NOBODY,
    }
  }
  const one = rows.length === 1 ? undefined : ONE
  const here = rows.filter(({ status }) => status !== 'removed')
  return {
    invite: one ? inviteAllReason(rows) : inviteReason(row),
    withdraw: rows.some(hasOpenInvitation) ? undefined : 'No open invitation to withdraw.',
    openChat:
      one ?? (row.chat ? undefined : 'Nobody selected is in a chat, so there is no chat to open.'),
    view: one,
    stop: rows.some(({ status }) => status === 'active')
      ? undefined
      : 'Only an active visitor can be left untracked.',
    remove: here.length > 0 ? undefined : 'Already removed.',
    ban: rows.some(({ reason }) => reason !== 'banned') ? undefined : 'Already banned.',
  }
}

export const hasOpenInvitation = ({ invitation }: Pick<VisitRow, 'invitation'>): boolean =>
  invitation !== undefined && OPEN_INVITATION_STATES.some((state) => state === invitation.state)

/** The same for everyone a filter selects: who that is, is found out when it is done. */
export function everyoneActs(total: number): VisitorActs {
  const tooMany =
    total > LIMITS.rangeRows
      ? `At most ${LIMITS.rangeRows.toLocaleString('en')} at once; ${total.toLocaleString('en')} match.`
      : total === 0
        ? 'Nobody matches now.'
        : undefined
  return {
    invite: total > LIMITS.recipients ? TOO_MANY_INVITED : tooMany,
    withdraw: tooMany,
    openChat: ONE,
    view: ONE,
    stop: tooMany,
    remove: tooMany,
    ban: tooMany,
  }
}

export const TOO_MANY_INVITED = `Invitations go to at most ${LIMITS.recipients} at once.`

function inviteAllReason(rows: readonly VisitRow[]): string | undefined {
  if (rows.length > LIMITS.recipients) {
    return TOO_MANY_INVITED
  }
  return rows.some((row) => inviteReason(row) === undefined)
    ? undefined
    : 'None of them can be invited now.'
}

function inviteReason(row: VisitRow): string | undefined {
  if (row.bot) return 'This is a program, not a person.'
  if (row.chat) return 'Already in a chat. Open that chat instead.'
  if (row.status === 'removed') return 'The visitor has left.'
  if (hasOpenInvitation(row))
    return `${row.invitation?.agentName ?? 'A colleague'} has invited this visitor already.`
  return undefined
}
