import type { InvitationView } from '@beckon/protocol'
import { sentenceOf } from '../api.ts'
import { sendCommand } from '../live/live.ts'
import { toast } from '../parts/toast-queue.ts'
import { offerUndo } from '../parts/undoable.ts'
import { seenWords } from '../whos-on/seen-words.ts'

/** Says that it was sent (not that it was seen), and lets the agent take it back for 5 s (W11). */
export function tellSent(invitations: readonly InvitationView[]): void {
  const [first] = invitations
  if (!first) return
  offerUndo({
    text: `Sent to ${invitations.length === 1 ? first.recipient : `${invitations.length} visitors`}`,
    onUndo: () => void takeBack(invitations),
  })
}

async function takeBack(invitations: readonly InvitationView[]): Promise<void> {
  const answers = await Promise.allSettled(
    invitations.map(({ id }) => sendCommand({ type: 'invitation.withdraw', invitationId: id })),
  )
  const refused = answers.find((answer) => answer.status === 'rejected')
  const done = answers.flatMap((answer) =>
    answer.status === 'fulfilled' ? [answer.value.invitation] : [],
  )
  const [only] = done
  if (done.length === 1 && only) toast.show({ text: undoneWords(only) })
  else if (done.length > 1) toast.show({ text: `Withdrawn from ${done.length} visitors.` })
  if (refused) toast.show({ text: `Not withdrawn: ${sentenceOf(refused.reason)}` })
}

const undoneWords = (invitation: InvitationView): string =>
  invitation.viewedAt === undefined
    ? 'Withdrawn before it was seen.'
    : `Withdrawn. ${seenWords(invitation)}`
