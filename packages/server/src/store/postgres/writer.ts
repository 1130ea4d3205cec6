import type { DatabaseConnection, QueryResult } from 'kysely'
import { pause } from '../../time/pause.ts'
import { connectionTo } from './dialect.ts'
import { ConnectionLost } from './failure.ts'
import type { Lane } from './lane.ts'

/**
 * How long to wait for a row that another node holds. Its group of works ends sooner; what takes
 * longer is a deadlock, and chance decides who gives way, so that not both do, again and again.
 */
const LOCK_MS = { least: 30, most: 120 }

/**
 * Each statement sees what is committed when it begins, and a compare-and-set waits for the row
 * and looks again. The number of the transaction is for the day its COMMIT is not answered.
 */
const begin = (): string => {
  const lockMs = LOCK_MS.least + Math.floor(Math.random() * (LOCK_MS.most - LOCK_MS.least))
  return `begin isolation level read committed; set local lock_timeout = ${lockMs}; select pg_current_xact_id()::text as xid`
}

const ASK_AGAIN_MS = 100

/** What the group commit needs of PostgreSQL. */
export function createWriter(lane: Lane) {
  const connection: DatabaseConnection = connectionTo(lane.ask)
  let closing = false

  /** Resolves once the transaction is durable; rejects when it is certain that it is not. */
  async function commit(
    begun: QueryResult<unknown>,
    inDoubt: (why: unknown) => void,
  ): Promise<void> {
    const { xid } = begun.rows[0] as { xid: string }
    try {
      const done = await lane.ask('commit', [])
      // After a failed statement PostgreSQL answers COMMIT with ROLLBACK, and with no error.
      if (!('command' in done) || done.command !== 'COMMIT') throw new Error('It was rolled back.')
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error
      if (await wasCommitted(xid, inDoubt)) return
      throw error
    }
  }

  /**
   * COMMIT was sent and nothing came back. To guess either way would lose or double what people
   * said; so whoever waits for it waits until the database can tell.
   */
  async function wasCommitted(xid: string, inDoubt: (why: unknown) => void): Promise<boolean> {
    while (!closing) {
      try {
        await lane.ready(ASK_AGAIN_MS)
        const answer = await connection.executeQuery<{ status: string }>({
          sql: 'select pg_xact_status($1::xid8) as status',
          parameters: [xid],
        } as never)
        const status = answer.rows[0]?.status
        if (status === 'committed') return true
        if (status === 'aborted') return false
      } catch (error) {
        // A server that never heard of it: another one has taken over.
        if (!(error instanceof ConnectionLost)) return false
        inDoubt(error)
      }
      await pause(ASK_AGAIN_MS)
    }
    return false
  }

  return {
    begin,
    connection,
    ready: lane.ready,
    commit,
    /** What is in doubt now counts as lost, so that stopping ends. */
    stopWaiting() {
      closing = true
    },
  }
}
