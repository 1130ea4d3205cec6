import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '../time/clock.ts'
import { MIGRATIONS, migrate } from './migrations/migrate.ts'
import { openStore } from './open-store.ts'
import { searchLaws } from './search-laws.ts'
import { openLane } from './sqlite/lane.ts'
import { type OpenedStore, storeLaws } from './store-laws.ts'
import { valueLaws } from './value-laws.ts'

const open = (dataDir: string) => openStore({ dataDir, clock: systemClock })

const opened = async (): Promise<OpenedStore> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'beckon-'))
  let store = await open(dataDir)
  return {
    store,
    async reopen() {
      await store.close()
      store = await open(dataDir)
      return store
    },
    async remove() {
      await store.close()
      await rm(dataDir, { recursive: true })
    },
  }
}
storeLaws('SQLite', opened)
valueLaws('SQLite', opened)
searchLaws('SQLite', {
  open: opened,
  plan: { ask: 'explain query plan', says: /VIRTUAL TABLE INDEX 0:L0L0/ },
})

describe('SQLite', () => {
  let dataDir: string
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'beckon-'))
  })
  afterEach(() => rm(dataDir, { recursive: true }))

  test('R2 the journal is WAL, every commit reaches the disk, and foreign keys hold', async () => {
    const store = await open(dataDir)
    const pragma = (name: string) =>
      store.commit(async (tx) =>
        Object.values((await sql.raw(`pragma ${name}`).execute(tx)).rows[0] ?? {}),
      )
    expect(await pragma('journal_mode')).toEqual(['wal'])
    expect(await pragma('synchronous')).toEqual([2])
    expect(await pragma('foreign_keys')).toEqual([1])
    await store.close()
  })

  test('a second one on the same data folder is refused with a sentence', async () => {
    const first = await open(dataDir)
    await expect(open(dataDir)).rejects.toThrow(/Another Beckon already uses the data folder/)
    await first.close()
    await (await open(dataDir)).close()
  })

  test('R1 after a kill the data is there and the folder is free', async () => {
    const code = `
      import { openStore } from '${new URL('./open-store.ts', import.meta.url)}'
      import { systemClock } from '${new URL('../time/clock.ts', import.meta.url)}'
      const store = await openStore({ dataDir: ${JSON.stringify(dataDir)}, clock: systemClock })
      await store.commit((tx) => tx.insertInto('settings').values({ key: 'a', value: '1' }).execute())
      console.log('committed')`
    const tsx = createRequire(import.meta.url).resolve('tsx')
    const child = spawn(process.execPath, ['--import', tsx, '--input-type=module', '-e', code], {
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    await expect(open(dataDir)).rejects.toThrow(/Another Beckon/)
    child.kill('SIGKILL')
    await once(child, 'exit')
    const store = await open(dataDir)
    const rows = await store.read((db) => db.selectFrom('settings').selectAll().execute())
    expect(rows).toEqual([{ key: 'a', value: '1' }])
    await store.close()
  })

  test('R25 a work does not stand in line behind bulk, and bulk is not starved by works', async () => {
    const store = await open(dataDir)
    const big = 'x'.repeat(4_000)
    const rows = (from: number) =>
      Array.from({ length: 200 }, (_, n) => ({ key: `bulk-${from}-${n}`, value: big }))
    let appended = 0
    const bulk = Array.from({ length: 60 }, (_, n) =>
      store
        .append((db) => db.insertInto('settings').values(rows(n)).execute())
        .then(() => {
          appended += 1
        }),
    )
    const behind: number[] = []
    // How many works fit before bulk has its turn depends on the disk; that it comes does not.
    for (let n = 0; n < 10 || (n < 500 && appended === behind[0]); n++) {
      await store.commit((tx) =>
        tx
          .insertInto('settings')
          .values({ key: `work-${n}`, value: 'x' })
          .execute(),
      )
      behind.push(appended)
    }
    // Behind all of it the first work would have seen sixty.
    expect(behind[0]).toBeLessThan(10)
    expect(behind.at(-1)).toBeGreaterThan(behind[0] ?? 0)
    await Promise.all(bulk)
    await store.close()
  })

  test('R13 a full disk is refused as storage_full, reading goes on, and space brings writing back', async () => {
    const store = await open(dataDir)
    const pages = (n: number) =>
      store.commit((tx) => sql.raw(`pragma max_page_count = ${n}`).execute(tx))
    const big = (key: string) =>
      store.commit((tx) =>
        tx
          .insertInto('settings')
          .values({ key, value: 'x'.repeat(200_000) })
          .execute(),
      )
    await big('before')
    await pages(1)
    await expect(big('full')).rejects.toMatchObject({ code: 'storage_full' })
    const keys = await store.read((db) => db.selectFrom('settings').select('key').execute())
    expect(keys).toEqual([{ key: 'before' }])
    await expect(store.check()).rejects.toMatchObject({ code: 'storage_full' })
    await pages(1_000_000)
    await store.check()
    await big('after')
    await store.close()
  })

  test('a file that is not a database stops the start with a sentence', async () => {
    const { writeFile } = await import('node:fs/promises')
    await writeFile(
      join(dataDir, 'beckon.db'),
      'not a database at all, not even close to one'.repeat(50),
    )
    await expect(open(dataDir)).rejects.toThrow(/cannot be opened: .*not a database/)
  })

  test('R23 a migration that fails leaves nothing behind, and the next start makes it', async () => {
    const store = await open(dataDir)
    const added = (fail: boolean) => ({
      name: '9999-more',
      async up(tx: Parameters<Parameters<typeof store.commit>[0]>[0]) {
        await sql`create table more (a text)`.execute(tx)
        if (fail) throw new Error('killed')
      },
    })
    const steps = (fail: boolean) => [...MIGRATIONS, added(fail)]
    await expect(migrate(store.commit, () => 1, steps(true))).rejects.toThrow('killed')
    await migrate(store.commit, () => 1, steps(false))
    await migrate(store.commit, () => 1, steps(false))
    await store.close()
    await expect(open(dataDir)).rejects.toThrow(/newer Beckon/)
  })
})

test('when SQLite itself undoes a transaction, nothing of it runs outside of one', () => {
  const db = new Database(':memory:')
  const lane = openLane(db)
  let id = 0
  const run = (statement: string) => lane({ id: id++, lane: 'write', sql: statement, params: [] })
  run('create table t (a unique on conflict rollback)')
  run('begin')
  run("insert into t values ('x')")
  expect(run("insert into t values ('x')")).toHaveProperty('failure')
  expect(run("insert into t values ('y')")).toHaveProperty('failure')
  expect(run('commit')).toHaveProperty('failure')
  expect(run('rollback')).toEqual({ id: 6, rows: [] })
  expect(run('select count(*) as n from t')).toMatchObject({ rows: [{ n: 0 }] })
  db.close()
})
