import type { IdentityKeyId, SiteId } from '@beckon/protocol'
import type { Insertable } from 'kysely'
import type { Database } from './database.ts'
import type { Db, Tx } from './store.ts'

/** Without the secret: this is what may be shown. Oldest first. */
export const identityKeysOf = (db: Db | Tx, siteId: SiteId) =>
  db
    .selectFrom('identity_keys')
    .select(['id', 'created_at'])
    .where('site_id', '=', siteId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()

/** For checking a signature, and for nothing else. The newest first: it signs most tokens. */
export const identitySecretsOf = (db: Db, siteId: SiteId) =>
  db
    .selectFrom('identity_keys')
    .select(['id', 'secret'])
    .where('site_id', '=', siteId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()

export const insertIdentityKey = (tx: Tx, row: Insertable<Database['identity_keys']>) =>
  tx.insertInto('identity_keys').values(row).execute()

export const identityKeyById = (db: Db, id: IdentityKeyId) =>
  db.selectFrom('identity_keys').select(['id', 'site_id']).where('id', '=', id).executeTakeFirst()

export const deleteIdentityKey = (tx: Tx, id: IdentityKeyId) =>
  tx.deleteFrom('identity_keys').where('id', '=', id).execute()
