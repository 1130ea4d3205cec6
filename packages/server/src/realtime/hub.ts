import { CLOSE, type Timestamp } from '@beckon/protocol'
import { type Clock, seconds } from '../time/clock.ts'
import { waitUntil } from '../time/patience.ts'
import type { Connection } from './connection.ts'

export type HubLimits = { helloMs: number; pingMs: number; pongMs: number }

/** Drain: how long commands under way may take when the node stops. */
const DRAIN_MS = 3_000
const FAREWELL_MS = 1_000
/** A look that comes so late finds a process that stood still, or a clock that was set. */
const STOOD_STILL = seconds(5)

/** All connections of one kind, looked at once a second. */
export function createHub({
  clock,
  limits,
  swept,
}: {
  clock: Clock
  limits: HubLimits
  /** Something more to do for each connection, once a second. */
  swept?: (connection: Connection, now: Timestamp) => void
}) {
  const connections = new Set<Connection>()
  let sweptAt = clock.now()
  const stop = clock.every(seconds(1), () => {
    const now = clock.now()
    const stoodStill = now - sweptAt >= STOOD_STILL
    sweptAt = now
    for (const connection of connections) {
      if (stoodStill) connection.beginAnew(now)
      connection.sweep(now, limits)
      swept?.(connection, now)
    }
  })
  return {
    connections,
    /** Tells everybody to move, gives them `busy` a moment to finish, and closes. */
    async close({
      withinMs,
      lingerMs,
      busy,
    }: {
      withinMs: number
      /** How long they may take to be gone by themselves. */
      lingerMs: number
      busy(): number
    }): Promise<void> {
      stop()
      for (const connection of connections) connection.send({ type: 'move', withinMs })
      await waitUntil(() => connections.size === 0, lingerMs)
      await waitUntil(() => busy() === 0, DRAIN_MS)
      for (const connection of connections) connection.close(CLOSE.moving, 'moving')
      await waitUntil(() => connections.size === 0, FAREWELL_MS)
      for (const connection of connections) connection.socket.terminate()
    },
  }
}
