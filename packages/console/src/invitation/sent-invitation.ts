import type { InvitationView } from '@beckon/protocol'
import { sentenceOf } from '../api.ts'
import { sendCommand } from '../live/live.ts'
import { toast } from '../parts/toast-queue.ts'
import { seenWords } from '../whos-on/seen-words.ts'

const UNDO_SECONDS = 5

let undoable: { undo: () => void } | undefined

/** Says that it was sent (not that it was seen), and lets the agent take it back for 5 s (W11). */
export function tellSent(invitation: InvitationView, icon: React.ReactNode): void {
  const shown = toast.show({
    text: `Sent to ${invitation.recipient}`,
    icon,
    action: { label: 'Undo', seconds: UNDO_SECONDS, onAct: () => mine.undo() },
  })
  const mine = {
    undo() {
      if (undoable !== mine) return
      undoable = undefined
      shown.close()
      void takeBack(invitation)
    },
  }
  undoable = mine
  setTimeout(() => {
    if (undoable === mine) undoable = undefined
  }, UNDO_SECONDS * 1_000)
}

/** `u`: takes back what was sent last, as long as the toast offers it. */
export const undoLast = (): void => undoable?.undo()

async function takeBack({ id }: InvitationView): Promise<void> {
  try {
    const { invitation } = await sendCommand({ type: 'invitation.withdraw', invitationId: id })
    toast.show({ text: `Withdrawn. ${seenWords(invitation)}` })
  } catch (thrown) {
    toast.show({ text: `Not withdrawn: ${sentenceOf(thrown)}` })
  }
}
