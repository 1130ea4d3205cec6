import type { Role } from '@beckon/protocol'
import type { Db, Tx } from './store.ts'

/** One of the settings: JSON of the roles of which two steps are asked at the sign-in. */
const KEY = 'second_step_roles'

export async function secondStepRoles(db: Db): Promise<ReadonlySet<Role>> {
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('key', '=', KEY)
    .executeTakeFirst()
  return new Set(row ? (JSON.parse(row.value) as Role[]) : [])
}

export async function keepSecondStepRoles(tx: Tx, roles: readonly Role[]): Promise<void> {
  const value = JSON.stringify(roles)
  await tx
    .insertInto('settings')
    .values({ key: KEY, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute()
}
