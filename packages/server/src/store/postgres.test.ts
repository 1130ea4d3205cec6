import { type CompiledQuery, sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PostgresServer, postgresPrograms, startPostgres } from '../../test/postgres-server.ts'
import { systemClock } from '../time/clock.ts'
import { chatEntries, liveChatEntries, openChatOf, openChatsOf, queueOf } from './chat-rows.ts'
import { endedChatIds } from './ended-chat-rows.ts'
import { readerOf } from './group-commit.ts'
import {
  allOpenInvitations,
  dueInvitations,
  openInvitationOf,
  openInvitationsOf,
  recentInvitationsOf,
} from './invitation-rows.ts'
import { messagesAfter } from './message-rows.ts'
import { MIGRATIONS } from './migrations/migrate.ts'
import { nodeLaws } from './node-laws.ts'
import { openStore } from './open-store.ts'
import { postgresDialect } from './postgres/dialect.ts'
import { searchLaws } from './search-laws.ts'
import { type OpenedStore, storeLaws } from './store-laws.ts'
import { valueLaws } from './value-laws.ts'
import { pagesOf, unendedVisits, visitorsByToken } from './visit-rows.ts'

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
  searchLaws('PostgreSQL', {
    open: opened,
    plan: { ask: 'set local enable_seqscan = off; explain', says: /chat_texts_letters/ },
  })
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
    expect(made.map(({ name }) => name).sort()).toEqual(MIGRATIONS.map(({ name }) => name).sort())
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

  test('C6 where extensions may not be made it starts all the same, and searches without an index', async () => {
    const url = await server.database()
    const name = url.split('/').at(-1)
    await server.ask('create role tenant login')
    await server.ask('grant create, usage on schema public to tenant', name)
    await (await open(url.replace('beckon@', 'tenant@'))).close()
    const indexes = await server.ask(
      "select indexname from pg_indexes where tablename = 'chat_texts'",
      name,
    )
    expect(indexes).toEqual([{ indexname: 'chat_texts_pkey' }])
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

  test('what is asked all day long follows an index', async () => {
    const url = await server.database()
    await (await open(url)).close()
    const asked: CompiledQuery[] = []
    const db = readerOf(
      postgresDialect(async () => ({
        async executeQuery(query) {
          asked.push(query)
          return { rows: [] }
        },
        async *streamQuery() {},
      })),
    )
    const [one, some] = ['1' as never, ['1', '2'] as never]
    await openChatOf(db, one)
    await openChatsOf(db, some)
    await chatEntries(db, some)
    await liveChatEntries(db, 5)
    await queueOf(db, one)
    await messagesAfter(db, one, 5)
    await endedChatIds(db, { reader: { agentId: one, groupIds: some }, limit: 50 })
    await openInvitationOf(db, one)
    await openInvitationsOf(db, some)
    await allOpenInvitations(db)
    await dueInvitations(db, 5, 100)
    await recentInvitationsOf(db, one, 5)
    await visitorsByToken(db, some)
    await pagesOf(db, some)
    await unendedVisits(db, 5)
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    client.on('error', () => {})
    await client.query('set enable_seqscan = off')
    for (const { sql: text, parameters } of asked) {
      const { rows } = await client.query(`explain ${text}`, [...parameters])
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
      expect(plan, text).not.toContain('Seq Scan')
    }
    await client.end()
  })

  test('reads cannot change anything', async () => {
    const store = await open(await server.database())
    const change = store.read((db) => db.deleteFrom('settings').execute())
    await expect(change).rejects.toThrow(/read-only/)
    await store.close()
  })
})
