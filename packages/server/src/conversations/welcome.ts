import type { VisitorId } from '@beckon/protocol'
import type { VisitorTabs } from '../chats/visitor-tabs.ts'
import type { Directory } from '../directory/directory.ts'
import type { Delivery } from '../invitations/delivery.ts'
import { invitationView, rowMark, visitorInvitation } from '../invitations/view.ts'
import { type ChatRecord, openChatsOf } from '../store/chat-rows.ts'
import { type InvitationRow, openInvitationsOf } from '../store/invitation-rows.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from '../time/clock.ts'
import type { Presence, VisitorActor, WelcomeParts } from '../visits/presence.ts'

/** Visitors of one look-up (DESIGN §7). */
const LOOKED_UP_AT_ONCE = 500

type Open = { invitation: InvitationRow | undefined; chat: ChatRecord | undefined }
type Waiting = { visitorId: VisitorId; resolve(open: Open): void; reject(error: unknown): void }

/**
 * What of ours goes on in a browser that says hello. The first hello is looked up at once; those
 * that come while a look-up runs share the next one, so a crowd coming back costs few queries.
 */
export function createWelcome(deps: {
  store: Store
  directory: Directory
  clock: Clock
  presence: Presence
  delivery: Pick<Delivery, 'isWriting'>
  tabs: Pick<VisitorTabs, 'asVisitorSees' | 'markOf'>
}) {
  const { store, directory, clock, presence, delivery, tabs } = deps
  let waiting: Waiting[] = []
  let looking = false

  const lookUp = (visitorId: VisitorId) =>
    new Promise<Open>((resolve, reject) => {
      waiting.push({ visitorId, resolve, reject })
      if (!looking) void lookAll()
    })

  async function lookAll() {
    looking = true
    while (waiting.length > 0) {
      const batch = waiting.slice(0, LOOKED_UP_AT_ONCE)
      waiting = waiting.slice(batch.length)
      try {
        await answer(batch)
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    looking = false
  }

  async function answer(batch: readonly Waiting[]) {
    const ids = [...new Set(batch.map((one) => one.visitorId))]
    const { invitations, chats } = await store.read(async (db) => ({
      invitations: await openInvitationsOf(db, ids),
      chats: await openChatsOf(db, ids),
    }))
    const byVisitor = <T extends { visitor_id: VisitorId }>(rows: readonly T[]) =>
      new Map(rows.map((row) => [row.visitor_id, row]))
    const invitationOf = byVisitor(invitations)
    const chatOf = byVisitor(chats)
    for (const { visitorId, resolve } of batch) {
      resolve({ invitation: invitationOf.get(visitorId), chat: chatOf.get(visitorId) })
    }
  }

  return async (visitor: VisitorActor): Promise<WelcomeParts> => {
    const { invitation, chat } = await lookUp(visitor.visitorId)
    const parts: WelcomeParts = {}
    if (invitation) {
      const view = invitationView(invitation, directory.now, delivery.isWriting(invitation.id))
      const page = { picture: directory.now, siteId: visitor.siteId, now: clock.now() }
      const card = visitorInvitation(view, page)
      // Due but not swept yet: this page is better off without it.
      const due = invitation.deadline !== null && invitation.deadline <= clock.now()
      if (card && !due) parts.invitation = card
      presence.mark(visitor.visitorId, { invitation: rowMark(view) ?? null })
    }
    if (chat) {
      parts.chat = await store.read((db) => tabs.asVisitorSees(db, chat, visitor.language))
      presence.mark(visitor.visitorId, { chat: tabs.markOf(chat) })
    }
    return parts
  }
}
