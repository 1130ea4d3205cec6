import type { AgentCommand, VisitId, VisitRow } from '@beckon/protocol'
import { useNavigate } from '@tanstack/react-router'
import { Undo2 } from 'lucide-react'
import { useMemo } from 'react'
import { sentenceOf } from '../api.ts'
import { sendCommand } from '../live/live.ts'
import { toast } from '../parts/toast-queue.ts'
import type { VisitorDoing } from './actions-menu.tsx'
import { seenWords } from './seen-words.ts'
import { type View, writeView } from './view.ts'
import { hasOpenInvitation, visitorActs } from './visitor-acts.ts'

type Screen = {
  onInvite: (rows: readonly VisitRow[]) => void
  onView: (visitId: VisitId) => void
  /** What a copied link shows. */
  view: View
  /** Only for managers. */
  onBan?: ((rows: readonly VisitRow[]) => void) | undefined
}

/** Carries out what the menu and the keys ask for, and says what came of it. */
export function useVisitorDoing({ onInvite, onView, view, onBan }: Screen): VisitorDoing {
  const navigate = useNavigate()
  return useMemo(
    () => ({
      invite: (rows) => {
        const reason = visitorActs(rows).invite
        if (reason) toast.show({ text: reason })
        else onInvite(rows)
      },
      withdraw: (rows) => {
        for (const row of rows.filter(hasOpenInvitation)) void withdraw(row)
      },
      openChat: ([row]) => {
        if (row?.chat) void navigate({ to: '/chats/$chatId', params: { chatId: row.chat.id } })
      },
      view: ([row]) => row && onView(row.id),
      copyLink: (rows) => void copyLink(linkOf(view, rows)),
      stop: (rows) => {
        void each(rows, (row) => ({ type: 'visit.stop', visitId: row.id }), 'Stopped tracking')
      },
      remove: (rows) => {
        void each(rows, (row) => ({ type: 'visit.remove', visitId: row.id }), 'Removed')
      },
      ban: onBan && ((rows) => onBan(rows.filter(({ reason }) => reason !== 'banned'))),
    }),
    [navigate, onInvite, onView, view, onBan],
  )
}

async function withdraw({ invitation, who }: VisitRow): Promise<void> {
  if (!invitation) return
  try {
    const { invitation: ended } = await sendCommand({
      type: 'invitation.withdraw',
      invitationId: invitation.id,
    })
    const icon = <Undo2 size={16} aria-hidden />
    if (ended.state !== 'withdrawn') return
    toast.show({ text: `Withdrawn from ${who.text}. ${seenWords(ended)}`, icon })
  } catch (thrown) {
    toast.show({ text: `Not withdrawn: ${sentenceOf(thrown)}` })
  }
}

/** Address of the view with everything that is of it, and of one visitor in it. */
function linkOf(view: View, [row, second]: readonly VisitRow[]): string {
  const address = new URL(window.location.href)
  address.search = writeView({ ...view, visitId: row && !second ? row.id : undefined }, 'all')
  return address.href
}

async function copyLink(address: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(address)
    toast.show({ text: 'Link copied' })
  } catch {
    toast.show({ text: 'The browser did not allow copying. The link is in the address bar.' })
  }
}

type PerVisit = Extract<AgentCommand, { type: 'visit.stop' | 'visit.remove' }>

async function each(
  rows: readonly VisitRow[],
  command: (row: VisitRow) => Omit<PerVisit, 'id'>,
  done: string,
): Promise<void> {
  const present = rows.filter(({ status }) => status !== 'removed')
  const answers = await Promise.allSettled(present.map((row) => sendCommand(command(row))))
  const refused = answers.filter((answer) => answer.status === 'rejected')
  const [first] = present
  if (refused.length > 0) toast.show({ text: sentenceOf(refused[0]?.reason) })
  else if (first)
    toast.show({
      text: `${done}: ${present.length === 1 ? first.who.text : `${present.length} visitors`}`,
    })
}
