import type { Timestamp } from '@beckon/protocol'
import type { Directory } from '../directory/directory.ts'
import { invitationView } from '../invitations/view.ts'
import type { Announcement } from '../realtime/bus.ts'
import { chatsSince } from '../store/chat-rows.ts'
import { invitationsSince } from '../store/invitation-rows.ts'
import { messagesSince } from '../store/message-rows.ts'
import type { Store } from '../store/store.ts'
import { type Clock, seconds, systemClock } from '../time/clock.ts'
import type { Nodes } from './nodes.ts'

const EVERY_MS = 1_500
/** Rows may be committed late, by nodes whose clocks are not quite alike: what is read overlaps. */
const OVERLAP_MS = seconds(10)

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
    const found = await store.read(async (db) => ({
      invitations: await invitationsSince(db, since),
      chats: await chatsSince(db, since),
      messages: await messagesSince(db, since),
    }))
    looks += 1
    const next = new Map<string, string>()
    const isNew = (id: string, row: object): boolean => {
      const now = JSON.stringify(row)
      next.set(id, now)
      return known.get(id) !== now
    }
    for (const row of found.invitations) {
      if (!isNew(row.id, row)) continue
      const invitation = invitationView(row, directory.now, false)
      tell({ type: 'invitation', brandId: row.brand_id, invitation })
    }
    for (const { chatId, visitorId, message } of found.messages) {
      const id = `${chatId} ${message.seq}`
      if (messages.has(id)) continue
      messages.set(id, message.at)
      tell({ type: 'message', chatId, visitorId, message })
    }
    for (const row of found.chats) {
      if (!isNew(row.id, row)) continue
      tell({ type: 'chat', chatId: row.id, brandId: row.brand_id, visitorId: row.visitor_id })
    }
    // Small, and read as a whole by whoever keeps them.
    for (const type of ['directory', 'filters', 'bans'] as const) tell({ type })
    known = next
    lookedAt = now
    for (const [id, at] of messages) if (at < since - OVERLAP_MS) messages.delete(id)
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
