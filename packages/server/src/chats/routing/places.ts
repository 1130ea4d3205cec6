import type { ChatId, GroupId, Timestamp } from '@beckon/protocol'
import { type ChatRecord, queueOf } from '../../store/chat-rows.ts'
import { waitedLately } from '../../store/routing-rows.ts'
import type { Db } from '../../store/store.ts'
import { type Clock, minutes, seconds } from '../../time/clock.ts'
import { expectedWait, type Waited } from './waits.ts'

/** What was before says little about now. */
const LATELY = minutes(60)
const AT_MOST = 30
/** A queue that moves is asked about once for each who waits in it. */
const KEPT = seconds(2)

/** From 1; absent for a chat that is not in the queue of its group. */
export type Place = { place?: number; waitMs?: number }

/** Places in queues and how long they may take (C3): of as many chats as ask, each queue is read once. */
export function createPlaces({ clock }: { clock: Clock }) {
  const known = new Map<GroupId, { at: Timestamp; waited: Waited[] }>()

  async function waitedIn(db: Db, groupId: GroupId): Promise<readonly Waited[]> {
    const now = clock.now()
    const before = known.get(groupId)
    if (before && now - before.at < KEPT) return before.waited
    const rows = await waitedLately(db, groupId, { since: now - LATELY, limit: AT_MOST })
    const waited = rows.map((row) => ({
      place: row.queued_place ?? 1,
      queuedAt: row.queued_at,
      startedAt: row.started_at ?? row.queued_at,
    }))
    known.set(groupId, { at: now, waited })
    return waited
  }

  /** As it is now, whatever was read of these chats before: who does not wait any more has no place. */
  return async (
    db: Db,
    chats: readonly Pick<ChatRecord, 'id' | 'group_id' | 'state'>[],
  ): Promise<ReadonlyMap<ChatId, Place>> => {
    const asked = chats.filter(({ state }) => state === 'queued')
    const ids = new Set(asked.map(({ id }) => id))
    const places = new Map<ChatId, Place>()
    for (const groupId of new Set(asked.map(({ group_id }) => group_id))) {
      const [queue, waited] = await Promise.all([queueOf(db, groupId), waitedIn(db, groupId)])
      for (const [ahead, { id }] of queue.entries()) {
        if (!ids.has(id)) continue
        const waitMs = expectedWait(waited, ahead + 1)
        places.set(id, { place: ahead + 1, ...(waitMs !== undefined && { waitMs }) })
      }
    }
    return places
  }
}
