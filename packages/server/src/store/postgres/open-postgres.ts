import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { systemClock } from '../../time/clock.ts'
import { pause } from '../../time/pause.ts'
import { createGroupCommit, type OnCommit, readerOf } from '../group-commit.ts'
import type { Store } from '../store.ts'
import { placeOf } from './address.ts'
import { ANSWER_MS, connect, settingsFor } from './client.ts'
import { connectionTo, postgresDialect } from './dialect.ts'
import { asRefusal, ConnectionLost, mayRunAgain } from './failure.ts'
import { createLane, type LaneLog } from './lane.ts'
import { TAKE_ONLY_NODE } from './locks.ts'
import { migrateLocked } from './migrate-locked.ts'
import { createReaders } from './readers.ts'
import { checkServer, StartFault, startFault, unreachable } from './start.ts'
import { createWriter } from './writer.ts'

/** Databases are often started together with Beckon, and a little later ready. */
const START_MS = 15_000
const START_AGAIN_MS = 500
/** A process that was killed keeps its place until its connection is seen to be closed. */
const PREDECESSOR_MS = 3_000

export async function openPostgres(deps: {
  databaseUrl: string
  now: () => number
  /** There may be no other process: refuses to be a second one. */
  onlyNode: boolean
  onCommit?: OnCommit | undefined
  log: LaneLog
}): Promise<Store> {
  const { databaseUrl, onlyNode, onCommit, log } = deps
  const node = `beckon-${randomBytes(4).toString('hex')}`

  const writing = createLane({
    name: 'works',
    log,
    async connect() {
      const client = await connect(
        { databaseUrl, name: `${node} works`, pipeline: true },
        settingsFor({ lockMs: ANSWER_MS, statementMs: ANSWER_MS }),
      )
      try {
        await endFormer(client)
        if (onlyNode) await takeOnlyNode(client)
        return client
      } catch (error) {
        await client.end().catch(() => {})
        throw error
      }
    },
  })
  const appending = createLane({
    name: 'bulk',
    log,
    connect: () =>
      connect(
        { databaseUrl, name: `${node} bulk`, pipeline: true },
        settingsFor({ lockMs: ANSWER_MS, statementMs: ANSWER_MS }),
      ),
  })
  const readers = createReaders({ databaseUrl, name: `${node} reads` })
  const writer = createWriter(writing)
  const group = createGroupCommit({
    ...writer,
    dialect: postgresDialect(async () => writer.connection),
    mayRunAgain,
    // Databases and networks keep real time, whatever clock the product was given.
    now: systemClock.now,
    onCommit,
  })
  const appender = readerOf(postgresDialect(async () => connectionTo(appending.ask)))

  async function close(): Promise<void> {
    writer.stopWaiting()
    await group.drain()
    await Promise.all([writing.close(), appending.close(), readers.close()])
  }

  try {
    await prepare()
  } catch (error) {
    await close()
    throw error
  }

  /** Reaches the server, takes the place of the only node, and then makes the tables. */
  async function prepare(): Promise<void> {
    const client = await reach()
    try {
      await checkServer(client, log)
      await writing.ready(PREDECESSOR_MS).catch((error: unknown) => {
        throw startFault(errorBehind(error), databaseUrl) ?? error
      })
      await migrateLocked(client, deps.now)
    } catch (error) {
      throw startFault(error, databaseUrl) ?? error
    } finally {
      await client.end().catch(() => {})
    }
  }

  async function reach(): Promise<pg.Client> {
    const settings = settingsFor({ lockMs: 0, statementMs: 0 })
    const until = performance.now() + START_MS
    for (let tries = 1; ; tries++) {
      try {
        return await connect({ databaseUrl, name: `${node} start`, unlimited: true }, settings)
      } catch (error) {
        const fault = startFault(error, databaseUrl)
        if (fault) throw fault
        if (performance.now() > until) throw unreachable(error, databaseUrl)
        if (tries === 1) log.warn({ database: placeOf(databaseUrl) }, 'waiting for the database')
        await pause(START_AGAIN_MS)
      }
    }
  }

  const store: Store = {
    engine: 'postgres',
    async read(query) {
      try {
        // A connection that died in the pool is found out by using it; another one will do.
        return await query(readers.db).catch((error: unknown) => {
          if (!(error instanceof ConnectionLost)) throw error
          return query(readers.db)
        })
      } catch (error) {
        throw asRefusal(error)
      }
    },
    async commit(work, how) {
      try {
        return await group.commit(work, how)
      } catch (error) {
        throw asRefusal(error)
      }
    },
    async append(statements) {
      try {
        await appending.ready(ANSWER_MS)
        return await statements(appender)
      } catch (error) {
        throw asRefusal(error)
      }
    },
    async check() {
      await store.read((db) => db.selectFrom('brands').select('id').limit(1).execute())
      await writing.ready(ANSWER_MS)
    },
    close,
  }
  return store
}

/** This lane's last connection, where the server has not noticed that it is gone: its locks are in the way. */
const endFormer = (client: pg.Client) =>
  client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = current_setting('application_name') and pid <> pg_backend_pid()`,
  )

async function takeOnlyNode(client: pg.Client): Promise<void> {
  const { rows } = await client.query(TAKE_ONLY_NODE)
  if ((rows[0] as { taken: boolean }).taken) return
  throw new StartFault(
    'Another Beckon already uses this database. Stop it first, or give this one a database of its own.',
  )
}

const errorBehind = (error: unknown): unknown =>
  error instanceof ConnectionLost && error.cause ? error.cause : error
