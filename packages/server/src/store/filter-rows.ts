import type { AgentId, FilterId } from '@beckon/protocol'
import type { Insertable, Selectable, Updateable } from 'kysely'
import type { Database } from './database.ts'
import type { Db, Tx } from './store.ts'

export type FilterRecord = Selectable<Database['filters']>

const COLUMNS = [
  'id',
  'owner_id',
  'brand_id',
  'name',
  'filter',
  'stands_for',
  'version',
  'changed_at',
  'changed_by',
] as const

export const allFilters = (db: Db): Promise<FilterRecord[]> =>
  db.selectFrom('filters').select(COLUMNS).orderBy('id').execute()

export const oneFilter = (db: Db | Tx, id: FilterId): Promise<FilterRecord | undefined> =>
  db.selectFrom('filters').select(COLUMNS).where('id', '=', id).executeTakeFirst()

/** What an agent has in the place of a shipped filter. */
export const standIn = (
  tx: Tx,
  ownerId: AgentId,
  shippedId: string,
): Promise<FilterRecord | undefined> =>
  tx
    .selectFrom('filters')
    .select(COLUMNS)
    .where('owner_id', '=', ownerId)
    .where('stands_for', '=', shippedId)
    .executeTakeFirst()

export const allArrangements = (db: Db) =>
  db
    .selectFrom('filter_arrangements')
    .select(['agent_id', 'hidden', 'ordered'])
    .orderBy('agent_id')
    .execute()

/** How many an agent has; null counts the shared ones. */
export async function countFilters(tx: Tx, ownerId: AgentId | null): Promise<number> {
  const { count } = await tx
    .selectFrom('filters')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('owner_id', ownerId === null ? 'is' : '=', ownerId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** False when the id, or the shipped filter it stands for, is taken. */
export async function insertFilter(tx: Tx, row: Insertable<Database['filters']>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('filters')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows) > 0
}

/** False when it is not at this version any more. */
export async function changeFilter(
  tx: Tx,
  at: { id: FilterId; version: number },
  set: Updateable<Database['filters']>,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('filters')
    .set(set)
    .where('id', '=', at.id)
    .where('version', '=', at.version)
    .executeTakeFirst()
  return Number(numUpdatedRows) > 0
}

export async function deleteFilter(
  tx: Tx,
  at: { id: FilterId; version: number },
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('filters')
    .where('id', '=', at.id)
    .where('version', '=', at.version)
    .executeTakeFirst()
  return Number(numDeletedRows) > 0
}

export const putArrangement = (tx: Tx, row: Insertable<Database['filter_arrangements']>) =>
  tx
    .insertInto('filter_arrangements')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('agent_id').doUpdateSet({ hidden: row.hidden, ordered: row.ordered }),
    )
    .execute()
