import { createBackground, type FaultLog } from '../conversations/background.ts'
import { createCommit } from '../conversations/commit.ts'
import { createLine } from '../conversations/line.ts'
import type { Directory } from '../directory/directory.ts'
import type { Bus } from '../realtime/bus.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from '../time/clock.ts'
import type { Presence } from '../visits/presence.ts'
import { createOfflineSide } from './agent-side.ts'
import { createLeaving } from './leaving.ts'
import { createOfflineTopic } from './offline-topic.ts'

export type Offline = ReturnType<typeof createOffline>

/** Offline messages: what visitors leave, and what agents do with it (C4). */
export function createOffline(deps: {
  store: Store
  directory: Directory
  bus: Bus
  clock: Clock
  presence: Presence
  log: FaultLog
  baseUrl(): string
}) {
  const commit = createCommit(deps)
  const line = createLine()
  const background = createBackground(deps)
  const leaving = createLeaving({ ...deps, commit })
  return {
    leave: leaving.leave,
    visitorDoors: leaving.visitorDoors,
    agentDoors: createOfflineSide({ ...deps, commit }),
    topics: { offline: createOfflineTopic({ ...deps, line, background }) },
    async settled(): Promise<void> {
      await background.settled()
      await line.settled()
      await background.settled()
    },
  }
}
