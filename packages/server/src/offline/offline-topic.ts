import { LIMITS, type OfflineMessageId, type OfflineRow } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import type { Background } from '../conversations/background.ts'
import type { Line } from '../conversations/line.ts'
import type { Directory } from '../directory/directory.ts'
import type { Bus } from '../realtime/bus.ts'
import type { OpenTopic, TopicDoor } from '../realtime/doors.ts'
import { actorFrom } from '../sign-in/actor.ts'
import { waitingOffline } from '../store/offline-rows.ts'
import type { Store } from '../store/store.ts'
import { type Clock, minutes, seconds } from '../time/clock.ts'
import { offlineReader } from './access.ts'
import { offlineRow } from './view.ts'

/** A done one stays in the list this long, so that nothing vanishes under a pointer. */
const DONE_SHOWN = minutes(1)
const LOOK_EVERY = seconds(1)

/**
 * Offline messages that wait for this agent or their colleagues. They are few and come seldom, so
 * every change means reading the list again and telling what is different.
 */
export function createOfflineTopic(deps: {
  store: Store
  bus: Bus
  directory: Directory
  clock: Clock
  line: Line
  background: Background
}): TopicDoor<'offline'> {
  const { store, bus, directory, clock, line, background } = deps

  async function read(actor: AgentActor): Promise<Map<OfflineMessageId, OfflineRow>> {
    const now = actorFrom(directory.now, actor)
    if (!now) return new Map()
    const reader = offlineReader(now, directory.now)
    const doneAfter = clock.now() - DONE_SHOWN
    const entries = await store.read((db) =>
      waitingOffline(db, { reader, doneAfter, limit: LIMITS.offlineListed }),
    )
    return new Map(entries.map((entry) => [entry.id, offlineRow(entry, directory.now)]))
  }

  return {
    open: (actor, _params, out) =>
      line.add(async (): Promise<OpenTopic<'offline'>> => {
        let held = await read(actor)
        const look = () =>
          background.run('offline messages', () =>
            line.add(async () => {
              const before = held
              held = await read(actor)
              const set = [...held.values()].filter(
                (row) => JSON.stringify(before.get(row.id)) !== JSON.stringify(row),
              )
              const drop = [...before.keys()].filter((id) => !held.has(id))
              if (set.length === 0 && drop.length === 0) return
              out.emit({ ...(set.length > 0 && { set }), ...(drop.length > 0 && { drop }) })
            }),
          )
        const dropOld = () => {
          const before = clock.now() - DONE_SHOWN
          if ([...held.values()].some(({ doneAt = before + 1 }) => doneAt <= before)) look()
        }
        const closers = [
          bus.subscribe(({ type }) => {
            if (type === 'offline') look()
          }),
          directory.onChange(look),
          clock.every(LOOK_EVERY, dropOld),
        ]
        return {
          state: { messages: Object.fromEntries(held) as Record<OfflineMessageId, OfflineRow> },
          flush: dropOld,
          close: () => {
            for (const close of closers) close()
          },
        }
      }),
  }
}
