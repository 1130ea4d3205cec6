import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, PostgresDialect, SqliteDialect, sql } from 'kysely'
import pg from 'pg'
import { newId } from '../src/ids.ts'
import { MIGRATIONS, migrate } from '../src/store/migrations/migrate.ts'
import type { Tx } from '../src/store/store.ts'

/** Rows of any table, without the types of today's version. */
type AnyTables = Record<string, Record<string, unknown>>
export type OldDatabase = Awaited<ReturnType<typeof openOldDatabase>>

/** Rows in one statement. */
const TOGETHER = 500
const MESSAGES = 4
const BEFORE_INDEXING = '0012-chat-work'

/** A database looked at past the product, whatever the version of its tables. */
export async function openOldDatabase(dataDir: string, databaseUrl?: string) {
  if (!databaseUrl) mkdirSync(dataDir, { recursive: true })
  const db = new Kysely<AnyTables>({
    dialect: databaseUrl
      ? new PostgresDialect({ pool: new pg.Pool({ connectionString: databaseUrl, max: 2 }) })
      : new SqliteDialect({ database: new Database(join(dataDir, 'beckon.db')) }),
  })
  const commit = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    db.transaction().execute((tx) => work(tx as unknown as Tx))

  async function put(table: string, rows: Record<string, unknown>[]): Promise<void> {
    for (let at = 0; at < rows.length; at += TOGETHER) {
      await db
        .insertInto(table)
        .values(rows.slice(at, at + TOGETHER))
        .execute()
    }
  }

  return {
    /** As the first version left it, with so many chats that have ended. */
    async fill(chats: number): Promise<void> {
      await migrate(commit, Date.now, MIGRATIONS.slice(0, 1))
      for (const [table, rows] of Object.entries(oldRows(chats))) await put(table, rows)
    },
    /** Steps that were made, oldest first. */
    async steps(): Promise<string[]> {
      const rows = await db.selectFrom('migrations').select('name').orderBy('name').execute()
      return rows.map(({ name }) => String(name))
    },
    /** Whether the step that puts the words of old chats into the index is being made. */
    async isIndexing(): Promise<boolean> {
      if (!databaseUrl) return (await this.steps()).includes(BEFORE_INDEXING)
      // All steps are one transaction there.
      const { rows } = await sql`
        select 1 from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()
          and query like 'insert into chat_texts%'`.execute(db)
      return rows.length > 0
    },
    async columns(table: string): Promise<string[]> {
      const tables = await db.introspection.getTables()
      return tables.find(({ name }) => name === table)?.columns.map(({ name }) => name) ?? []
    },
    /** What these columns hold, in whatever order. */
    async sum(table: string, columns: readonly string[]) {
      const rows = await db.selectFrom(table).select(columns).execute()
      const lines = rows.map((row) => JSON.stringify(row)).sort()
      return {
        count: rows.length,
        sum: createHash('sha256').update(lines.join('\n')).digest('hex'),
      }
    },
    /** Tables with their columns, as the database itself describes them. */
    async shape(): Promise<string[]> {
      const tables = await db.introspection.getTables()
      return tables
        .flatMap(({ name, columns }) =>
          columns.map((column) => `${name}.${column.name} ${column.dataType} ${column.isNullable}`),
        )
        .sort()
    },
    close: () => db.destroy(),
  }
}

/** What a year of use may leave: everything has ended, so no sweep changes it. */
function oldRows(many: number): Record<string, Record<string, unknown>[]> {
  const now = Date.now() - 60_000
  const [brand, site, department, group, agent] = [newId(), newId(), newId(), newId(), newId()]
  const people = Array.from({ length: many }, (_, n) => ({
    n,
    visitor: newId(),
    visit: newId(),
    invitation: newId(),
    chat: newId(),
    at: now - n * 1_000,
  }))
  const common = { brand_id: brand, site_id: site }
  return {
    brands: [{ id: brand, name: 'Shop', slug: 'shop', created_at: now }],
    sites: [
      {
        ...{ id: site, brand_id: brand, kind: 'website', name: 'Shop', key: 'old-site-key' },
        ...{ origins: '[]', privacy: 'returning', ip_mode: 'masked', language: 'en' },
        ...{ main_link_id: null, color: 1, off: 0, created_at: now },
      },
    ],
    departments: [
      { id: department, brand_id: brand, name: 'Support', live_chat: 1, created_at: now },
    ],
    groups: [
      { id: group, department_id: department, name: 'Support', front_line: 1, created_at: now },
    ],
    agents: [
      {
        ...{ id: agent, name: 'Ada', chat_name: 'Ada', email: 'ada@example.com' },
        ...{ password_hash: 'none', roles: '["agent","administrator"]', available: 0 },
        ...{ chat_limit: 3, disabled: 0, created_at: now },
      },
    ],
    group_members: [{ group_id: group, agent_id: agent, active: 1 }],
    visitors: people.map(({ n, visitor, at }) => ({
      ...{ id: visitor, brand_id: brand, token_hash: `hash ${n}`, display_name: `Visitor ${n}` },
      ...{ username: null, email: `visitor.${n}@example.com`, attributes: '{}', visits: 1 },
      ...{ first_seen_at: at, last_seen_at: at },
    })),
    visits: people.map(({ visitor, visit, at }) => ({
      ...{ ...common, id: visit, visitor_id: visitor, visit_number: 1, started_at: at },
      ...{ navigated_at: at, seen_at: at, ended_at: at, end_reason: 'idle', hits: 1, bot: 0 },
      ...{ landing_url: 'https://shop.example/', url: 'https://shop.example/', title: 'Shop' },
    })),
    page_views: people.map(({ visit, at }) => ({
      ...{ visit_id: visit, page_id: 'first', at, url: 'https://shop.example/', title: 'Shop' },
      left_at: at,
    })),
    invitations: people.map(({ n, visitor, visit, invitation, chat, at }) => ({
      ...{ ...common, id: invitation, visitor_id: visitor, visit_id: visit, agent_id: agent },
      ...{ group_id: group, recipient: `Visitor ${n}`, template: 'Hi', text: 'Hi', keeps: 0 },
      ...{ state: 'accepted', sent_at: at, viewed_at: at, ended_at: at, chat_id: chat },
    })),
    chats: people.map(({ n, visitor, visit, invitation, chat, at }) => ({
      ...{ ...common, id: chat, number: n + 1, visitor_id: visitor, visit_id: visit },
      ...{ group_id: group, agent_id: agent, invitation_id: invitation, state: 'ended' },
      ...{ who: JSON.stringify({ text: `Visitor ${n}` }), queued_at: at, started_at: at },
      ...{ ended_at: at, last_seq: MESSAGES, agent_seen: 0, visitor_seen: 0 },
      visitor_delivered: 0,
    })),
    messages: people.flatMap(({ chat, at }) =>
      Array.from({ length: MESSAGES }, (_, seq) => ({
        ...{ chat_id: chat, seq: seq + 1, client_id: `said ${seq}`, sender: 'visitor' },
        ...{ agent_id: null, name: 'Visitor', text: `Word ${seq} about bikes`, at },
      })),
    ),
    events: people.map(({ chat, at }) => ({
      ...{ id: newId(), at, type: 'chat.ended', brand_id: brand, subject_id: chat },
      ...{ actor_kind: 'agent', actor_id: agent, data: '{}' },
    })),
  }
}
