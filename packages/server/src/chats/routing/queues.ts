import type { GroupId, Timestamp } from '@beckon/protocol'
import type { Group } from '../../directory/directory.ts'
import type { Unsubscribe } from '../../realtime/bus.ts'
import { type Clock, seconds } from '../../time/clock.ts'

/** The queue of a group: how many wait, and since when the longest. */
export type Queue = { waiting: number; since?: Timestamp }

export type Queues = ReturnType<typeof createQueues>

const EMPTY: Queue = { waiting: 0 }

/** What the last look at all queues has seen, for those who show it. */
export function createQueues({ clock }: { clock: Clock }) {
  const listeners = new Set<() => void>()
  let known = new Map<GroupId, Queue>()

  return {
    of: (groupId: GroupId): Queue => known.get(groupId) ?? EMPTY,

    /** C6: more wait than the group lets pass, or somebody longer. */
    alerts({ id, alert }: Pick<Group, 'id' | 'alert'>): boolean {
      const { waiting, since } = known.get(id) ?? EMPTY
      if (alert.waiting !== null && waiting >= alert.waiting) return true
      const isLong = alert.seconds !== null && since !== undefined
      return isLong && clock.now() - since >= seconds(alert.seconds ?? 0)
    },

    put(
      waiting: readonly {
        group_id: GroupId
        queued_at: Timestamp
        waiting_since: Timestamp | null
      }[],
    ): void {
      const next = new Map<GroupId, Queue>()
      for (const { group_id, queued_at, waiting_since } of waiting) {
        const before = next.get(group_id) ?? EMPTY
        const since = Math.min(waiting_since ?? queued_at, before.since ?? Number.POSITIVE_INFINITY)
        next.set(group_id, { waiting: before.waiting + 1, since })
      }
      const isNews = JSON.stringify([...next]) !== JSON.stringify([...known])
      known = next
      if (isNews) for (const listener of [...listeners]) listener()
    },

    onChange(listener: () => void): Unsubscribe {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
