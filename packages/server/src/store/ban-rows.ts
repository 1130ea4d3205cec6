import type { BanId, Timestamp } from '@beckon/protocol'
import type { Insertable, Selectable } from 'kysely'
import type { Database } from './database.ts'
import type { Db, Tx } from './store.ts'

export type BanRecord = Selectable<Database['bans']>

export const insertBan = (tx: Tx, ban: Insertable<Database['bans']>): Promise<BanRecord> =>
  tx.insertInto('bans').values(ban).returningAll().executeTakeFirstOrThrow()

export const banById = (db: Db | Tx, id: BanId): Promise<BanRecord | undefined> =>
  db.selectFrom('bans').selectAll().where('id', '=', id).executeTakeFirst()

/** In force now, newest first. */
export const bansInForce = (db: Db, now: Timestamp): Promise<BanRecord[]> =>
  db
    .selectFrom('bans')
    .selectAll()
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', now)]))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()

export const deleteBan = (tx: Tx, id: BanId) => tx.deleteFrom('bans').where('id', '=', id).execute()

/** What ended by itself: the address it was about is not kept any longer. */
export const forgetEndedBans = (tx: Tx, now: Timestamp) =>
  tx.deleteFrom('bans').where('until', '<=', now).execute()

export const countMatches = (tx: Tx, id: BanId, { count, at }: { count: number; at: Timestamp }) =>
  tx
    .updateTable('bans')
    .set((eb) => ({ matches: eb('matches', '+', count), matched_at: at }))
    .where('id', '=', id)
    .execute()
