import type pg from 'pg'
import { pause, within } from '../../time/pause.ts'
import type { Ask } from './dialect.ts'
import { asFailure, ConnectionLost, isStandby } from './failure.ts'

/** A connection whose statements run in the order they are asked, opened anew whenever it is lost. */
export type Lane = {
  readonly ask: Ask
  /** Resolves when statements can be asked; rejects with why not, when that takes too long. */
  ready(withinMs: number): Promise<void>
  close(): Promise<void>
}

export type LaneLog = {
  warn(fact: object, message: string): void
  info(fact: object, message: string): void
}

const TRY_AGAIN_MS = 250

/** `connect` gives a client that is set up; `ready` has it open the first one. */
export function createLane({
  name,
  connect,
  log,
}: {
  name: string
  connect(): Promise<pg.Client>
  log: LaneLog
}): Lane {
  let client: pg.Client | undefined
  let opening: Promise<void> | undefined
  let reason: unknown = new Error('not connected yet')
  let closed = false

  function lost(gone: pg.Client, error: unknown): void {
    if (client !== gone) return
    client = undefined
    reason = error
    if (closed) return
    log.warn({ err: error, lane: name }, 'the database went away')
    opening = reopen()
    opening.catch(() => {})
  }

  async function reopen(): Promise<void> {
    for (let tries = 1; !closed; tries++) {
      try {
        const fresh = await connect()
        fresh.once('error', (error) => lost(fresh, error))
        fresh.once('end', () => lost(fresh, new Error('the connection ended')))
        if (closed) {
          await fresh.end()
          break
        }
        client = fresh
        if (tries > 1) log.info({ lane: name, tries }, 'the database is there')
        return
      } catch (error) {
        reason = error
        await pause(TRY_AGAIN_MS)
      }
    }
    throw new Error('The store is closed.')
  }

  return {
    async ask(text, values) {
      const asked = client
      if (!asked) throw new ConnectionLost(reason)
      try {
        return await asked.query({ text, values })
      } catch (error) {
        const failure = isStandby(error) ? new ConnectionLost(error) : asFailure(error)
        if (failure instanceof ConnectionLost) {
          lost(asked, error)
          // A standby, or a server that is stopping, may still hold the connection.
          asked.end().catch(() => {})
        }
        throw failure
      }
    },
    async ready(withinMs) {
      if (client) return
      if (!opening) {
        opening = reopen()
        opening.catch(() => {})
      }
      await within(withinMs, opening, () => {
        throw new ConnectionLost(reason)
      })
    },
    async close() {
      closed = true
      const last = client
      client = undefined
      await last?.end().catch(() => {})
    },
  }
}
