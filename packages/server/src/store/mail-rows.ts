import type { MailId, Timestamp } from '@beckon/protocol'
import type { Insertable, Selectable } from 'kysely'
import type { Database } from './database.ts'
import type { Db, Tx } from './store.ts'

export type MailRow = Selectable<Database['mails']>

export const insertMail = (tx: Tx, mail: Insertable<Database['mails']>) =>
  tx.insertInto('mails').values(mail).execute()

export const mailById = (db: Db | Tx, id: MailId): Promise<MailRow | undefined> =>
  db.selectFrom('mails').selectAll().where('id', '=', id).executeTakeFirst()

/** Whose next try has come, or whose sender has not been heard of again; oldest first. */
export const dueMails = (db: Db, now: Timestamp, limit: number) =>
  db
    .selectFrom('mails')
    .select('id')
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
    .execute()

/** Takes a due mail for one try; nothing where another node was first. */
export const claimMail = (
  tx: Tx,
  id: MailId,
  claim: { now: Timestamp; until: Timestamp; messageId: string },
): Promise<MailRow | undefined> =>
  tx
    .updateTable('mails')
    .set((eb) => ({
      state: 'sending' as const,
      due_at: claim.until,
      tries: eb('tries', '+', 1),
      message_id: eb.fn.coalesce('message_id', eb.val(claim.messageId)),
    }))
    .where('id', '=', id)
    .where('due_at', '<=', claim.now)
    .returningAll()
    .executeTakeFirst()

/** The text anew, while it is being sent. */
export const letterRewritten = (tx: Tx, id: MailId, letter: string) =>
  tx.updateTable('mails').set({ letter }).where('id', '=', id).execute()

/** What became of a try, unless somebody else has taken the mail over meanwhile. */
const afterTry = (tx: Tx, { id, due_at }: MailRow) =>
  tx
    .updateTable('mails')
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .where('due_at', '=', due_at)

/** The text is not needed any longer. */
export const mailSent = (tx: Tx, mail: MailRow, at: Timestamp) =>
  afterTry(tx, mail)
    .set({
      state: 'sent',
      due_at: null,
      reason: null,
      ended_at: at,
      subject: null,
      letter: null,
      useless_at: null,
    })
    .execute()

export const mailWaits = (tx: Tx, mail: MailRow, next: { dueAt: Timestamp; reason: string }) =>
  afterTry(tx, mail).set({ state: 'waiting', due_at: next.dueAt, reason: next.reason }).execute()

export const mailFailed = (tx: Tx, mail: MailRow, end: { at: Timestamp; reason: string }) =>
  afterTry(tx, mail)
    .set({ state: 'failed', due_at: null, ended_at: end.at, reason: end.reason })
    .execute()

/** A failed one from the beginning, or a waiting one now. */
export const mailAgain = (tx: Tx, id: MailId, now: Timestamp) =>
  tx
    .updateTable('mails')
    .set({ state: 'waiting', tries: 0, due_at: now, ended_at: null })
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'failed'])
    .where('letter', 'is not', null)
    .returning('id')
    .executeTakeFirst()

/** What ran out before it could be sent: the text goes, the line in the log says why. */
export const endUseless = (tx: Tx, now: Timestamp, reason: string) =>
  tx
    .updateTable('mails')
    .set((eb) => ({
      state: 'failed' as const,
      reason: eb.fn.coalesce('reason', eb.val(reason)),
      due_at: null,
      ended_at: eb.fn.coalesce('ended_at', eb.val(now)),
      subject: null,
      letter: null,
      useless_at: null,
    }))
    .where('useless_at', '<=', now)
    // Not under the hands of whoever sends it just now.
    .where((eb) => eb.or([eb('state', '!=', 'sending'), eb('due_at', '<=', now)]))
    .execute()

/** Texts older than this go, sent or not; the lines of the log go as long after their end. */
export async function forgetMails(tx: Tx, now: Timestamp, before: Timestamp): Promise<void> {
  await tx
    .updateTable('mails')
    .set({ state: 'failed', due_at: null, ended_at: now })
    .where('state', '=', 'waiting')
    .where('created_at', '<', before)
    .execute()
  await tx
    .updateTable('mails')
    .set({ subject: null, letter: null })
    .where('state', '=', 'failed')
    .where('created_at', '<', before)
    .where('letter', 'is not', null)
    .execute()
  await tx.deleteFrom('mails').where('ended_at', '<', before).execute()
}

/** The log, newest first, before one of its lines. */
export const mailLog = (db: Db, page: { before: MailId | undefined; limit: number }) =>
  db
    .selectFrom('mails')
    .selectAll()
    .$if(page.before !== undefined, (query) =>
      query.where('id', '<', page.before ?? ('' as MailId)),
    )
    .orderBy('id', 'desc')
    .limit(page.limit)
    .execute()

export const mailCounts = async (db: Db): Promise<{ waiting: number; failed: number }> => {
  const rows = await db
    .selectFrom('mails')
    .select(['state', ({ fn }) => fn.countAll<number>().as('count')])
    .where('state', 'in', ['waiting', 'sending', 'failed'])
    .groupBy('state')
    .execute()
  const count = (...states: string[]) =>
    rows
      .filter(({ state }) => states.includes(state))
      .reduce((sum, row) => sum + Number(row.count), 0)
  return { waiting: count('waiting', 'sending'), failed: count('failed') }
}
