import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { createGroupCommit, readerOf } from '../../src/store/group-commit.ts'
import { migrate } from '../../src/store/migrations/migrate.ts'
import { connectionTo, sqliteDialect } from '../../src/store/sqlite/dialect.ts'
import { openLane } from '../../src/store/sqlite/lane.ts'
import { DatabaseFailure, type Rows } from '../../src/store/sqlite/start-worker.ts'
import type { Ask } from '../../src/store/sqlite/wire.ts'
import type { Store } from '../../src/store/store.ts'

/**
 * The product's embedded store without its thread and without waiting for the disk: the same group
 * commit over the same two lanes, so works and reads come between each other as they do there. For
 * thousands of histories, which ask it half a million times.
 */
export async function openMemoryStore(now: () => number): Promise<Store> {
  const folder = await mkdtemp(join(tmpdir(), 'beckon-'))
  const file = join(folder, 'beckon.db')
  const writer = new Database(file)
  writer.pragma('journal_mode = WAL')
  writer.pragma('synchronous = OFF')
  writer.pragma('foreign_keys = ON')
  const reader = new Database(file, { readonly: true })
  const database = answeringLater({ write: openLane(writer), read: openLane(reader) })
  const connection = connectionTo(database, 'write')
  const group = createGroupCommit({
    connection,
    dialect: sqliteDialect(connection),
    begin: () => 'begin immediate',
    now,
  })
  const db = readerOf(sqliteDialect(connectionTo(database, 'read')))
  const store: Store = {
    engine: 'sqlite',
    read: (query) => query(db),
    commit: group.commit,
    append: () => Promise.reject(new Error('Nothing in a history is appended.')),
    check: async () => {},
    async close() {
      await group.drain()
      reader.close()
      writer.close()
      await rm(folder, { recursive: true })
    },
  }
  await migrate(store.commit, now)
  return store
}

type Lanes = Record<'write' | 'read', ReturnType<typeof openLane>>
type Waiting = { ask: Ask; resolve(rows: Rows): void; reject(error: Error): void }

/** What is asked in one breath is answered in one, later: as by messages to a thread. */
function answeringLater(lanes: Lanes) {
  let waiting: Waiting[] = []

  function flush() {
    const asked = waiting
    waiting = []
    for (const { ask, resolve, reject } of asked) {
      const answer = lanes[ask.lane as keyof Lanes](ask)
      if ('failure' in answer) reject(new DatabaseFailure(answer.failure))
      else resolve(answer)
    }
  }

  return {
    ask: (lane: Ask['lane'], sql: string, params: readonly unknown[]) =>
      new Promise<Rows>((resolve, reject) => {
        const ask = { id: 0, lane, sql, params }
        if (waiting.push({ ask, resolve, reject }) === 1) setImmediate(flush)
      }),
    close: async () => {},
  }
}
