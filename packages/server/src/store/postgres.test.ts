import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PostgresServer, postgresPrograms, startPostgres } from '../../test/postgres-server.ts'
import { systemClock } from '../time/clock.ts'
import { MIGRATIONS } from './migrations/migrate.ts'
import { nodeLaws } from './node-laws.ts'
import { openStore } from './open-store.ts'
import { type OpenedStore, storeLaws } from './store-laws.ts'
import { valueLaws } from './value-laws.ts'

const open = (databaseUrl: string) => openStore({ dataDir: '', databaseUrl, clock: systemClock })

describe.skipIf(!postgresPrograms)('PostgreSQL', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.stop())

  // One database for all: making one takes longer than most tests.
  let databaseUrl: string
  beforeAll(async () => {
    databaseUrl = await server.database()
  })

  const opened = async (): Promise<OpenedStore> => {
    let store = await open(databaseUrl)
    return {
      store,
      async reopen() {
        await store.close()
        store = await open(databaseUrl)
        return store
      },
      async remove() {
        await store.close()
        await server.empty(databaseUrl)
      },
    }
  }
  storeLaws('PostgreSQL', opened)
  valueLaws('PostgreSQL', opened)
  nodeLaws(async () => {
    const shared = await server.database()
    const node = () =>
      openStore({ dataDir: '', databaseUrl: shared, clock: systemClock, onlyNode: false })
    const nodes = await Promise.all([node(), node(), node()])
    return {
      nodes,
      async remove() {
        for (const store of nodes) await store.close()
      },
    }
  })

  test('nodes that start at once on an empty database make its tables once', async () => {
    const fresh = await server.database()
    const node = () =>
      openStore({ dataDir: '', databaseUrl: fresh, clock: systemClock, onlyNode: false })
    const nodes = await Promise.all(Array.from({ length: 4 }, node))
    const made = await server.ask('select name from migrations', fresh.split('/').at(-1))
    expect(made.map(({ name }) => name).sort()).toEqual(MIGRATIONS.map(({ name }) => name))
    for (const store of nodes) await store.close()
  })

  test('without Redis a second node is refused with a sentence, and the place is free after a kill', async () => {
    const url = await server.database()
    const first = await open(url)
    await expect(open(url)).rejects.toThrow(/Another Beckon already uses this database/)
    await first.commit((tx) => tx.insertInto('settings').values({ key: 'a', value: '1' }).execute())
    await first.close()
    await (await open(url)).close()
  })

  test('R23 a newer version’s database, one in another encoding and a missing one stop the start with a sentence', async () => {
    const newer = await server.database()
    await (await open(newer)).close()
    await server.ask("insert into migrations values ('9999-later', 1)", newer.split('/').at(-1))
    await expect(open(newer)).rejects.toThrow(/newer Beckon/)
    const latin = await server.database(
      "encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0",
    )
    await expect(open(latin)).rejects.toThrow(/encoded as LATIN1/)
    await expect(open(server.at('nowhere'))).rejects.toThrow(/no such database: nowhere/)
    await server.ask('create role guest login')
    const theirs = (await server.database()).replace('beckon@', 'guest@')
    await expect(open(theirs)).rejects.toThrow(/may not make tables/)
  })

  test('commits are durable and texts ordered by bytes, whatever the database was told', async () => {
    const url = await server.database()
    const name = url.split('/').at(-1)
    await server.ask(`alter database ${name} set synchronous_commit = off`)
    await server.ask(`alter database ${name} set default_transaction_isolation = 'repeatable read'`)
    const store = await open(url)
    const shown = (setting: string) =>
      store.commit(
        async (tx) =>
          Object.values((await sql.raw(`show ${setting}`).execute(tx)).rows[0] ?? {})[0],
      )
    expect(await shown('synchronous_commit')).toBe('on')
    expect(await shown('transaction_isolation')).toBe('read committed')
    const other = await server.ask(
      "select table_name, column_name from information_schema.columns where table_schema = 'public' and data_type = 'text' and collation_name is distinct from 'C'",
      name,
    )
    expect(other).toEqual([])
    await store.close()
  })

  test('reads cannot change anything', async () => {
    const store = await open(await server.database())
    const change = store.read((db) => db.deleteFrom('settings').execute())
    await expect(change).rejects.toThrow(/read-only/)
    await store.close()
  })
})
