import { sql } from 'kysely'
import type { Tx } from '../store.ts'

/**
 * Texts are ordered and compared by their bytes, as in the embedded database, whatever language
 * the server speaks: the same order everywhere, and no index that breaks when the operating
 * system's rules change. Migrations need not say so.
 */
export async function settleTexts(tx: Tx): Promise<void> {
  const { rows } = await sql<{ table: string; column: string }>`
    select table_name as "table", column_name as "column" from information_schema.columns
    where table_schema = current_schema() and data_type = 'text'
      and collation_name is distinct from 'C'
      and table_name in (select table_name from information_schema.tables
        where table_schema = current_schema() and table_type = 'BASE TABLE')
    order by 1, 2`.execute(tx)
  for (const table of new Set(rows.map((row) => row.table))) {
    const changes = rows
      .filter((row) => row.table === table)
      .map(({ column }) => sql`alter column ${sql.ref(column)} type text collate "C"`)
    await sql`alter table ${sql.table(table)} ${sql.join(changes)}`.execute(tx)
  }
}

/** For `contains` in search.ts. The rules of ICU know every script; a server without them keeps its own. */
export async function makeFold(tx: Tx): Promise<void> {
  const { rows } = await sql<{ made: boolean; icu: boolean }>`
    select to_regprocedure('fold(text)') is not null as made,
      exists (select 1 from pg_collation where collname = 'und-x-icu') as icu`.execute(tx)
  if (rows[0]?.made) return
  const rules = rows[0]?.icu ? 'und-x-icu' : 'default'
  await sql`create function fold(text) returns text language sql immutable parallel safe
    as $$ select lower($1 collate ${sql.id(rules)}) $$`.execute(tx)
}
