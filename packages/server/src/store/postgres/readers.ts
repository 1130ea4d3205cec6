import type { DatabaseConnection } from 'kysely'
import pg from 'pg'
import { readerOf } from '../group-commit.ts'
import type { Db } from '../store.ts'
import { ANSWER_MS, type ClientOptions, clientConfig, settingsFor } from './client.ts'
import { connectionTo, postgresDialect } from './dialect.ts'
import { asFailure, ConnectionLost } from './failure.ts'

/** Connections for reading, of one process. */
const READERS = 8
const IDLE_MS = 30_000

/** Reads run beside each other and see the last commit; they cannot change anything. */
export function createReaders(options: ClientOptions): { db: Db; close(): Promise<void> } {
  const settings = settingsFor({ readOnly: true, lockMs: ANSWER_MS, statementMs: ANSWER_MS })
  const pool = new pg.Pool({
    ...clientConfig(options),
    max: READERS,
    idleTimeoutMillis: IDLE_MS,
    onConnect: (client) => client.query(settings),
  })
  // Whoever waits for an answer is told; nobody else has to know.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const lent = new WeakMap<DatabaseConnection, { client: pg.PoolClient; lost: boolean }>()

  async function lend(): Promise<DatabaseConnection> {
    const client = await pool.connect().catch((error: unknown) => {
      throw asFailure(error)
    })
    const loan = { client, lost: false }
    const connection = connectionTo(async (text, values) => {
      try {
        return await client.query({ text, values })
      } catch (error) {
        loan.lost = asFailure(error) instanceof ConnectionLost
        throw error
      }
    })
    lent.set(connection, loan)
    return connection
  }

  async function giveBack(connection: DatabaseConnection): Promise<void> {
    const loan = lent.get(connection)
    loan?.client.release(loan.lost)
  }

  return {
    db: readerOf(postgresDialect(lend, giveBack)),
    close: async () => {
      if (!pool.ending) await pool.end()
    },
  }
}
