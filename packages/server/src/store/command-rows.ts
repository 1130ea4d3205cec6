import type { Timestamp } from '@beckon/protocol'
import type { Insertable } from 'kysely'
import type { Database } from './database.ts'
import type { Tx } from './store.ts'

export const doneCommand = (tx: Tx, actorId: string, clientId: string) =>
  tx
    .selectFrom('done_commands')
    .select(['fingerprint', 'result'])
    .where('actor_id', '=', actorId)
    .where('client_id', '=', clientId)
    .executeTakeFirst()

export const insertDoneCommand = (tx: Tx, row: Insertable<Database['done_commands']>) =>
  tx.insertInto('done_commands').values(row).execute()

export const forgetDoneCommands = (tx: Tx, before: Timestamp) =>
  tx.deleteFrom('done_commands').where('at', '<', before).execute()
