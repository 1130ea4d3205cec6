import { SqliteAdapter, sql } from 'kysely'
import { searchWords } from '../search-words.ts'
import type { Tx } from '../store.ts'

/** Canned replies, who took which when, and the texts that ended chats are found by. */
export async function up(tx: Tx): Promise<void> {
  await cannedReplies(tx)
  if (tx.getExecutor().adapter instanceof SqliteAdapter) await textsInSqlite(tx)
  else await textsInPostgres(tx)
  await fillTexts(tx)
}

async function cannedReplies({ schema }: Tx): Promise<void> {
  await schema
    .createTable('canned_replies')
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('agent_id', 'text', (column) => column.notNull())
    .addColumn('brand_id', 'text')
    .addColumn('department_id', 'text')
    .addColumn('language', 'text')
    .addColumn('shortcut', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('category', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('canned_replies_pk', ['id'])
    .addForeignKeyConstraint('canned_replies_brand', ['brand_id'], 'brands', ['id'], (key) =>
      key.onDelete('cascade'),
    )
    .addForeignKeyConstraint(
      'canned_replies_department',
      ['department_id'],
      'departments',
      ['id'],
      (key) => key.onDelete('set null'),
    )
    .execute()
  await schema
    .createIndex('canned_replies_own')
    .on('canned_replies')
    .columns(['agent_id', 'shortcut'])
    .unique()
    .where(sql.ref('brand_id'), 'is', null)
    .execute()
  await schema
    .createIndex('canned_replies_shared')
    .on('canned_replies')
    .columns(['brand_id', 'shortcut'])
    .unique()
    .where(sql.ref('brand_id'), 'is not', null)
    .execute()
  await schema
    .createTable('canned_reply_uses')
    .addColumn('agent_id', 'text', (column) => column.notNull())
    .addColumn('reply_id', 'text', (column) => column.notNull())
    .addColumn('used_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('canned_reply_uses_pk', ['agent_id', 'reply_id'])
    .addForeignKeyConstraint(
      'canned_reply_uses_reply',
      ['reply_id'],
      'canned_replies',
      ['id'],
      (key) => key.onDelete('cascade'),
    )
    .execute()
}

/** Erased means gone: without `secure-delete` old words stay in the index until it is next rewritten. */
async function textsInSqlite(tx: Tx): Promise<void> {
  await sql`create virtual table chat_texts using fts5(text, tokenize = 'trigram')`.execute(tx)
  await sql`insert into chat_texts (chat_texts, rank) values ('secure-delete', 1)`.execute(tx)
}

/** Servers without pg_trgm, or where it may not be switched on, read all texts instead. */
async function textsInPostgres(tx: Tx): Promise<void> {
  await tx.schema
    .createTable('chat_texts')
    .addColumn('rowid', 'bigint', (column) => column.notNull().primaryKey())
    .addColumn('text', 'text', (column) => column.notNull())
    .execute()
  await sql`savepoint letters`.execute(tx)
  try {
    await sql`create extension if not exists pg_trgm`.execute(tx)
    await sql`create index chat_texts_letters on chat_texts using gin (text gin_trgm_ops)`.execute(
      tx,
    )
  } catch {
    // Not installed there, not allowed, or in a schema that is not looked into.
    await sql`rollback to savepoint letters`.execute(tx)
  }
}

const CHATS_AT_ONCE = 200

/** Chats that ended before this version, as its tables are at this step. */
async function fillTexts(tx: Tx): Promise<void> {
  for (let after = 0; ; ) {
    const { rows: chats } = await sql<Ended>`
      select chats.id, chats.number, chats.who, visitors.email
      from chats left join visitors on visitors.id = chats.visitor_id
      where chats.state = 'ended' and chats.number > ${after}
      order by chats.number limit ${CHATS_AT_ONCE}`.execute(tx)
    for (const { id, number, who, email } of chats) {
      const { rows: said } = await sql<{ text: string }>`
        select text from messages where chat_id = ${id} and sender <> 'system' order by seq`.execute(
        tx,
      )
      const { text: name, next } = JSON.parse(who) as { text: string; next?: string }
      const parts = [name, next, email, ...said.map(({ text }) => text)]
      const text = searchWords(parts.filter(Boolean).join('\n'))
      await sql`insert into chat_texts (rowid, text) values (${Number(number)}, ${text})`.execute(
        tx,
      )
    }
    after = Number(chats.at(-1)?.number ?? 0)
    if (chats.length < CHATS_AT_ONCE) return
  }
}

type Ended = { id: string; number: number; who: string; email: string | null }
