import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { CompiledQuery, DatabaseConnection, Dialect } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newDatabaseUrl } from '../../test/database.ts'
import { postgresPrograms } from '../../test/postgres-server.ts'
import { countInvitations } from '../reports/invitations.ts'
import { systemClock } from '../time/clock.ts'
import { chatEntries, chatIdsSince, liveChatEntries, openChatsOf, queueOf } from './chat-rows.ts'
import { forgetDoneCommands } from './command-rows.ts'
import { endedChatIds } from './ended-chat-rows.ts'
import { eventsOf } from './event-rows.ts'
import { readerOf } from './group-commit.ts'
import {
  allOpenInvitations,
  dueInvitations,
  invitationIdsSince,
  invitationsOf,
  openInvitationsOf,
  recentInvitationsOf,
} from './invitation-rows.ts'
import { claimMail, dueMails, mailLog } from './mail-rows.ts'
import { messagesAfter, messagesSince } from './message-rows.ts'
import { openStore } from './open-store.ts'
import { postgresDialect } from './postgres/dialect.ts'
import { chatLoads, chatsLeftWaiting, queuedChats } from './routing-rows.ts'
import { sqliteDialect } from './sqlite/dialect.ts'
import type { Db, Tx } from './store.ts'
import { endForgotten, lastHits, pagesOf, unendedVisits, visitorsByToken } from './visit-rows.ts'
import { chatsOf, identifiedOf, visitorsOfSamePerson, visitsOf } from './visitor-rows.ts'

/*
 * What is asked often, or by timers, or of everything there is: none of it may read a big table from
 * end to end. The plans are asked of the databases themselves. SQLite plans by the schema, and knows
 * of visitors that there are many and that none of them is verified, as on most websites;
 * PostgreSQL is told that reading from end to end is the last thing to do, so that a plan that does
 * it says that there is no index to go by, however few rows there are.
 */

const BIG = [
  ...['visits', 'page_views', 'visitors', 'identified', 'invitations', 'chats', 'messages'],
  ...['chat_texts', 'events', 'done_commands', 'mails', 'offline_messages', 'files'],
]

const id = randomUUID()
const ids = [id, randomUUID()] as never[]
const at = 1_760_000_000_000
const one = id as never
const reader = { agentId: one, groupIds: ids }

const HOT: Readonly<Record<string, (db: Db & Tx) => unknown>> = {
  'a hello: visitors by token': (db) => visitorsByToken(db, ids),
  'a hello: their invitations': (db) => openInvitationsOf(db, ids),
  'a hello: their chats': (db) => openChatsOf(db, ids),
  'at the start: visits that go on': (db) => unendedVisits(db, at),
  'at the start: visits that are over': (db) => endForgotten(db, at),
  'at the start: last hits': (db) => lastHits(db),
  'at the start: their pages': (db) => pagesOf(db, ids),
  'at the start: open invitations': (db) => allOpenInvitations(db),
  'sweep: invitations': (db) => dueInvitations(db, at, 100),
  'sweep: mails': (db) => dueMails(db, at, 6),
  'sweep: taking a mail': (db) => claimMail(db, one, { now: at, until: at, messageId: '' }),
  'sweep: chats left waiting': (db) => chatsLeftWaiting(db, { since: at, gone: ids }),
  'sweep: the queue': (db) => queuedChats(db),
  'sweep: loads': (db) => chatLoads(db),
  'sweep: old commands': (db) => forgetDoneCommands(db, at),
  'nodes: invitations since': (db) => invitationIdsSince(db, at),
  'nodes: chats since': (db) => chatIdsSince(db, at),
  'nodes: messages since': (db) => messagesSince(db, ids, at),
  'chats: the list': (db) => liveChatEntries(db, at),
  'chats: some of them': (db) => chatEntries(db, ids),
  'chats: the queue of a group': (db) => queueOf(db, one),
  'chats: messages': (db) => messagesAfter(db, one, 3),
  'chats: completed': (db) => endedChatIds(db, { reader, limit: 50 } as never),
  'chats: completed, from there on': (db) =>
    endedChatIds(db, { reader, limit: 50, before: { endedAt: at, id } } as never),
  'chats: found': (db) => endedChatIds(db, { reader, limit: 50, text: 'osprey' } as never),
  'details: the same person': (db) => visitorsOfSamePerson(db, one),
  'details: visits': (db) => visitsOf(db, ids, { limit: 20 }),
  'details: chats': (db) => chatsOf(db, ids, 20),
  'details: invitations': (db) => invitationsOf(db, one, 50),
  'details: names': (db) => identifiedOf(db, ids, 20),
  'details: what happened': (db) => eventsOf(db, id),
  'me: invitations': (db) => recentInvitationsOf(db, one, at),
  'report: of everybody': (db) =>
    countInvitations(db, { from: at, to: at + 1, by: 'agent', scope: { all: true } }),
  'report: of one': (db) =>
    countInvitations(db, { from: at, to: at + 1, by: 'site', scope: { agentId: id } }),
  'mail log': (db) => mailLog(db, { before: one, limit: 50 }),
}

type Asked = { sql: string; parameters: readonly unknown[] }

/** What it asks, by asking somebody who never knows anything. */
async function asked(
  dialectOf: (connection: DatabaseConnection) => Dialect,
  ask: (db: Db & Tx) => unknown,
): Promise<Asked[]> {
  const all: Asked[] = []
  const db = readerOf(
    dialectOf({
      async executeQuery({ sql, parameters }: CompiledQuery) {
        all.push({ sql, parameters })
        return { rows: [] }
      },
      // biome-ignore lint/correctness/useYield: nothing to give
      async *streamQuery() {
        throw new Error('Nothing streams.')
      },
    }),
  )
  await ask(db as unknown as Db & Tx)
  expect(all.length).toBeGreaterThan(0)
  return all
}

describe('on SQLite no plan reads a big table from end to end', () => {
  let folder: string
  let database: Database.Database
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-plans-'))
    await (await openStore({ dataDir: folder, clock: systemClock })).close()
    const file = join(folder, 'beckon.db')
    const writable = new Database(file)
    writable.exec(`analyze;
      insert into sqlite_stat1 values ('visitors', 'visitors_person_id', '1000000 1000000')`)
    writable.close()
    database = new Database(file, { readonly: true })
  })
  afterAll(() => {
    database?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test.each(Object.entries(HOT))('R23 %s', async (_name, ask) => {
    for (const { sql, parameters } of await asked(sqliteDialect, ask)) {
      const plan = database.prepare(`explain query plan ${sql}`).all(...parameters)
      const steps = (plan as { detail: string }[]).map(({ detail }) => detail)
      const whole = steps.filter((step) => {
        const [, named = ''] = /^SCAN (\w+)/.exec(step) ?? []
        const table = new RegExp(`"(\\w+)" as "${named}"`).exec(sql)?.[1] ?? named
        // In the order that is asked for, until there are enough; not again for each row of another.
        const walked =
          step === steps[0] && / USING (COVERING )?INDEX /.test(step) && / limit \?/i.test(sql)
        if (step.includes(' VIRTUAL TABLE INDEX ')) return false
        return BIG.includes(table) && !walked
      })
      expect(whole, `${sql}\n${steps.join('\n')}`).toEqual([])
    }
  })
})

describe.skipIf(!postgresPrograms)(
  'on PostgreSQL no plan reads a big table from end to end',
  () => {
    let client: pg.Client
    beforeAll(async () => {
      const databaseUrl = (await newDatabaseUrl('postgres')) ?? ''
      const store = await openStore({ dataDir: '', databaseUrl, clock: systemClock })
      await store.close()
      client = new pg.Client({ connectionString: databaseUrl })
      await client.connect()
      await client.query('set enable_seqscan = off')
    })
    afterAll(() => client?.end())

    test.each(Object.entries(HOT))('R23 %s', async (_name, ask) => {
      const dialect = (connection: DatabaseConnection) => postgresDialect(async () => connection)
      for (const { sql, parameters } of await asked(dialect, ask)) {
        const { rows } = await client.query(`explain ${sql}`, [...parameters])
        const steps = rows.map((row: Record<string, string>) => row['QUERY PLAN'] ?? '')
        const whole = steps.filter((step) => {
          const [, table = ''] = /Seq Scan on (\w+)/.exec(step) ?? []
          return BIG.includes(table)
        })
        expect(whole, `${sql}\n${steps.join('\n')}`).toEqual([])
      }
    })
  },
)
