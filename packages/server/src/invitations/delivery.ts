import type { InvitationId, InvitationView } from '@beckon/protocol'
import type { Directory } from '../directory/directory.ts'
import type { Bus } from '../realtime/bus.ts'
import type { Clock } from '../time/clock.ts'
import type { Presence } from '../visits/presence.ts'
import { rowMark, visitorInvitation } from './view.ts'

export type Delivery = ReturnType<typeof createDelivery>

/**
 * What a committed change of an invitation does outside: the mark in Who's On, and the card in the
 * visitor's tabs. Every tab of the brand gets it, the focused one first; a hidden one shows nothing
 * before it becomes visible, so the card follows without a word from here (S36, I11).
 */
export function createDelivery(deps: {
  bus: Bus
  directory: Directory
  clock: Clock
  presence: Presence
  onEnd(id: InvitationId): void
}) {
  const { bus, directory, clock, presence, onEnd } = deps
  /** Who is writing in a card, on any node. */
  const writing = new Set<InvitationId>()
  /** What tabs were told last: writing changes nothing for them, a moved deadline does. */
  const told = new Map<InvitationId, string>()

  const stop = bus.subscribe((announcement) => {
    if (announcement.type !== 'invitation') return
    const { invitation } = announcement
    if (invitation.typing) writing.add(invitation.id)
    else writing.delete(invitation.id)
    presence.mark(invitation.visitorId, { invitation: rowMark(invitation) ?? null })
    if (invitation.endedAt === undefined) tellOpen(invitation)
    else tellEnded(invitation)
  })

  function tellOpen(invitation: InvitationView) {
    const facts = `${invitation.state} ${invitation.deadline ?? ''} ${invitation.keeps ?? 0}`
    if (told.get(invitation.id) === facts) return
    told.set(invitation.id, facts)
    // An acknowledgment from one tab is no news for the others; the clock's start is.
    if (invitation.state === 'delivered') return
    const { visitorId } = invitation
    const focused = presence.focusedTab(visitorId)
    const tabs = presence.ofVisitor(visitorId).flatMap((visit) => [...visit.tabs])
    tabs.sort((a, b) => Number(b === focused) - Number(a === focused))
    for (const tab of tabs) {
      const page = { picture: directory.now, siteId: tab.siteId, now: clock.now() }
      const card = visitorInvitation(invitation, page)
      if (card) tab.say({ type: 'invitation', invitation: card })
    }
  }

  function tellEnded({ id, visitorId, state, reason }: InvitationView) {
    told.delete(id)
    onEnd(id)
    presence.say(visitorId, {
      type: 'invitation.ended',
      invitationId: id,
      state,
      ...(reason && { reason }),
    })
  }

  return { isWriting: (id: InvitationId) => writing.has(id), stop }
}
