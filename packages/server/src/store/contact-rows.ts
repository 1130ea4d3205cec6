import type { VisitorId } from '@beckon/protocol'
import type { Db, Tx } from './store.ts'

/** What a visitor typed before a chat: kept where nothing better is known. True when there was any. */
export async function contactGiven(
  tx: Tx,
  visitorId: VisitorId,
  given: { name: string | undefined; email: string | undefined },
): Promise<boolean> {
  const name = given.name?.trim()
  const email = given.email?.trim()
  if (!name && !email) return false
  await tx
    .updateTable('visitors')
    .set((eb) => ({
      ...(name && { display_name: eb.fn.coalesce('display_name', eb.val(name)) }),
      ...(email && { email: eb.fn.coalesce('email', eb.val(email)) }),
    }))
    .where('id', '=', visitorId)
    .execute()
  return true
}

/** What an agent has learned from the visitor: newer than whatever was known. */
export const contactLearned = (
  tx: Tx,
  visitorId: VisitorId,
  { name, email }: { name: string | undefined; email: string | undefined },
) =>
  tx
    .updateTable('visitors')
    .set({ ...(name && { display_name: name }), ...(email && { email }) })
    .where('id', '=', visitorId)
    .execute()

export const contactOf = (db: Db, visitorId: VisitorId) =>
  db
    .selectFrom('visitors')
    .select(['email', 'username', 'display_name'])
    .where('id', '=', visitorId)
    .executeTakeFirst()
