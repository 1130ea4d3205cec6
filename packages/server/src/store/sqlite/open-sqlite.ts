import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Refusal } from '../../refusal.ts'
import { createGroupCommit, type OnCommit, readerOf } from '../group-commit.ts'
import { migrate } from '../migrations/migrate.ts'
import type { Store, Tx } from '../store.ts'
import { connectionTo, sqliteDialect } from './dialect.ts'
import { DatabaseFailure, startWorker } from './start-worker.ts'

export async function openSqlite(deps: {
  dataDir: string
  now: () => number
  onCommit?: OnCommit
}): Promise<Store> {
  const { now, onCommit } = deps
  const folder = resolve(deps.dataDir)
  const database = await openDatabase(folder)
  const writer = connectionTo(database, 'write')
  const group = createGroupCommit({
    connection: writer,
    dialect: sqliteDialect(writer),
    // At once, not at the first change: a backup tool that holds the file is waited for here.
    begin: () => 'begin immediate',
    now,
    onCommit,
  })
  const reader = readerOf(sqliteDialect(connectionTo(database, 'read')))
  const appender = readerOf(sqliteDialect(connectionTo(database, 'append')))

  let full = false

  async function written<T>(result: Promise<T>): Promise<T> {
    try {
      const value = await result
      full = false
      return value
    } catch (error) {
      if (!isFull(error)) throw error
      full = true
      throw storageFull(error)
    }
  }

  const store: Store = {
    engine: 'sqlite',
    read: (query) => query(reader),
    commit: (work, how) => written(group.commit(work, how)),
    append: (statements) => written(statements(appender)),
    async check() {
      await database.ask('read', 'select name from migrations limit 1', [])
      // Whether there is space again only a write can tell.
      if (full) await store.commit(writeSomething)
    },
    async close() {
      await group.drain()
      await database.close()
    },
  }
  try {
    await migrate(store.commit, now)
    // Of each page that a work changes, its savepoint keeps what the works before it left there:
    // otherwise copied to a file, several pages for every message. Migrations sort more than that.
    await database.ask('write', 'pragma temp_store = memory', [])
  } catch (error) {
    await store.close()
    throw error
  }
  return store
}

async function writeSomething(tx: Tx): Promise<void> {
  const key = 'store.probe'
  await tx
    .insertInto('settings')
    .values({ key, value: 'x'.repeat(8_192) })
    .execute()
  await tx.deleteFrom('settings').where('key', '=', key).execute()
}

async function openDatabase(folder: string) {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return await startWorker({
      file: join(folder, 'beckon.db'),
      lockFile: join(folder, 'beckon.lock'),
    })
  } catch (error) {
    if (error instanceof DatabaseFailure && error.code === 'BECKON_LOCKED') {
      throw new Error(
        `Another Beckon already uses the data folder ${folder}. Stop it first, or set BECKON_DATA_DIR to another folder.`,
      )
    }
    throw new Error(
      `The database in ${folder} cannot be opened: ${(error as Error).message}. Check that the folder can be written to, or set BECKON_DATA_DIR to another one.`,
      { cause: error },
    )
  }
}

const isFull = (error: unknown) => error instanceof DatabaseFailure && error.code === 'SQLITE_FULL'

function storageFull(cause: unknown): Refusal {
  const refusal = new Refusal(
    'storage_full',
    'The server has no space left to store this. Tell whoever runs it; nothing was changed.',
  )
  refusal.cause = cause
  return refusal
}
