import type { GroupId, Timestamp } from '@beckon/protocol'
import { type ChatRecord, placeInQueue } from '../../store/chat-rows.ts'
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

/** Places in queues and how long they may take (C3). */
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

  return async (
    db: Db,
    chat: Pick<ChatRecord, 'id' | 'group_id' | 'state' | 'queued_at'>,
  ): Promise<Place> => {
    if (chat.state !== 'queued') return {}
    const place = await placeInQueue(db, chat)
    if (!place) return {}
    const waitMs = expectedWait(await waitedIn(db, chat.group_id), place)
    return { place, ...(waitMs !== undefined && { waitMs }) }
  }
}
