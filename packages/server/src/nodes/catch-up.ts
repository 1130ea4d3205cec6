import type { ChatId, InvitationId, Timestamp } from '@beckon/protocol'
import type { Directory } from '../directory/directory.ts'
import { invitationView } from '../invitations/view.ts'
import type { Announcement } from '../realtime/bus.ts'
import { chatIdsSince, chatsById } from '../store/chat-rows.ts'
import { invitationIdsSince, invitationsById } from '../store/invitation-rows.ts'
import { messagesSince } from '../store/message-rows.ts'
import type { Store } from '../store/store.ts'
import { type Clock, seconds, systemClock } from '../time/clock.ts'
import type { Nodes } from './nodes.ts'

const EVERY_MS = 1_500
/** Rows may be committed late, by nodes whose clocks are not quite alike: what is read overlaps. */
const OVERLAP_MS = seconds(10)
/** Rows of one question: however many are open, neither database nor memory meets all at once. */
const PART = 200

/**
 * Without Redis, and after anything that may have been missed, the database is asked what there is
 * to announce: open invitations and chats as they are now, those that ended lately, messages by
 * their ids. Telling something twice does no harm; each is told once all the same.
 */
export function createCatchUp({
  store,
  directory,
  clock,
  nodes,
  tell,
  log,
  timers = systemClock,
}: {
  store: Store
  directory: Directory
  clock: Clock
  nodes: Pick<Nodes, 'together'>
  tell(announcement: Announcement): void
  log: { warn(fact: object, message: string): void }
  /** Networks keep their own time. */
  timers?: Pick<Clock, 'every'>
}) {
  /** As they were told last, by id. */
  let known = new Map<string, string>()
  /** Messages told, and when. */
  const messages = new Map<string, Timestamp>()
  let lookedAt = clock.now()
  let wanted = false
  let running: Promise<void> | undefined
  let stop = () => {}
  let looks = 0

  async function look(): Promise<void> {
    wanted = false
    const since = lookedAt - OVERLAP_MS
    const now = clock.now()
    const { invitationIds, chatIds } = await store.read(async (db) => ({
      invitationIds: await invitationIdsSince(db, since),
      chatIds: await chatIdsSince(db, since),
    }))
    looks += 1
    const next = new Map<string, string>()
    for (const ids of inParts(invitationIds)) await lookAtInvitations(ids, next)
    for (const ids of inParts(chatIds)) await lookAtChats(ids, { since, next })
    // Small, and read as a whole by whoever keeps them.
    for (const type of ['directory', 'filters', 'bans'] as const) tell({ type })
    known = next
    lookedAt = now
    for (const [id, at] of messages) if (at < since - OVERLAP_MS) messages.delete(id)
  }

  async function lookAtInvitations(ids: readonly InvitationId[], next: Map<string, string>) {
    for (const row of await store.read((db) => invitationsById(db, ids))) {
      if (!isNew(row, next)) continue
      const invitation = invitationView(row, directory.now, false)
      tell({ type: 'invitation', brandId: row.brand_id, invitation })
    }
  }

  async function lookAtChats(
    ids: readonly ChatId[],
    { since, next }: { since: Timestamp; next: Map<string, string> },
  ) {
    const found = await store.read(async (db) => ({
      chats: await chatsById(db, ids),
      messages: await messagesSince(db, ids, since),
    }))
    const visitors = new Map(found.chats.map((row) => [row.id, row.visitor_id]))
    for (const { chatId, message } of found.messages) {
      const id = `${chatId} ${message.seq}`
      const visitorId = visitors.get(chatId)
      if (!visitorId || messages.has(id)) continue
      messages.set(id, message.at)
      tell({ type: 'message', chatId, visitorId, message })
    }
    for (const row of found.chats) {
      if (!isNew(row, next)) continue
      tell({ type: 'chat', chatId: row.id, brandId: row.brand_id, visitorId: row.visitor_id })
    }
  }

  function isNew(row: { id: string }, next: Map<string, string>): boolean {
    const now = JSON.stringify(row)
    next.set(row.id, now)
    return known.get(row.id) !== now
  }

  function run(): void {
    running ??= look()
      .catch((error: unknown) => {
        wanted = true
        log.warn({ err: error }, 'the database could not be asked what is new')
      })
      .finally(() => {
        running = undefined
      })
  }

  return {
    /** Something may have been missed. */
    want(): void {
      wanted = true
    },
    get looks(): number {
      return looks
    },
    start(): void {
      stop = timers.every(EVERY_MS, () => {
        if (wanted || !nodes.together) run()
        else lookedAt = clock.now()
      })
    },
    async stop(): Promise<void> {
      stop()
      await running
    },
  }
}

function* inParts<T>(all: readonly T[]): Iterable<readonly T[]> {
  for (let at = 0; at < all.length; at += PART) yield all.slice(at, at + PART)
}
