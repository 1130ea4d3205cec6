import type { VisitorId } from '@beckon/protocol'
import { eraseChats } from './erase-chats.ts'
import { formsHeldOf } from './form-rows.ts'
import type { Db, Tx } from './store.ts'
import { visitorsById } from './visit-rows.ts'

/* All that is stored about a person, wherever it stands: to hand it over, and to erase it. */

type Ids = readonly VisitorId[]

/** How many rows went, for the log and the event: nothing of what stood in them. */
export type Erased = { visitors: number; visits: number; invitations: number; chats: number }

/** The visitor and every other browser of the same verified person, however many. */
export async function everyVisitorOf(db: Db | Tx, id: VisitorId): Promise<VisitorId[]> {
  const others = await db
    .selectFrom('visitors as this')
    .innerJoin('visitors as other', 'other.person_id', 'this.person_id')
    .select('other.id')
    .where('this.id', '=', id)
    .where('other.id', '!=', id)
    .execute()
  return [id, ...others.map((other) => other.id)]
}

/** Everything, as it is stored but for hashes of tokens. Oldest first. */
export async function heldOf(db: Db, ids: Ids) {
  const visitors = await visitorsById(db, ids)
  const visits = await db
    .selectFrom('visits')
    .selectAll()
    .where('visitor_id', 'in', ids)
    .orderBy('started_at')
    .execute()
  const chats = await db
    .selectFrom('chats')
    .selectAll()
    .where('visitor_id', 'in', ids)
    .orderBy('queued_at')
    .execute()
  return {
    visitors: visitors.map(({ token_hash: _, ...visitor }) => visitor),
    visits,
    pages: await db
      .selectFrom('page_views')
      .innerJoin('visits', 'visits.id', 'page_views.visit_id')
      .selectAll('page_views')
      .where('visits.visitor_id', 'in', ids)
      .orderBy('page_views.at')
      .execute(),
    identified: await db
      .selectFrom('identified')
      .selectAll()
      .where('visitor_id', 'in', ids)
      .orderBy('at')
      .execute(),
    invitations: await db
      .selectFrom('invitations')
      .selectAll()
      .where('visitor_id', 'in', ids)
      .orderBy('sent_at')
      .execute(),
    chats,
    messages: await db
      .selectFrom('messages')
      .innerJoin('chats', 'chats.id', 'messages.chat_id')
      .selectAll('messages')
      .where('chats.visitor_id', 'in', ids)
      .orderBy('chats.queued_at')
      .orderBy('messages.seq')
      .execute(),
    ...(await formsHeldOf(db, ids)),
    notes: await db
      .selectFrom('visitor_notes')
      .selectAll()
      .where('visitor_id', 'in', ids)
      .orderBy('at')
      .execute(),
    tags: await db
      .selectFrom('visitor_tags')
      .innerJoin('tags', 'tags.id', 'visitor_tags.tag_id')
      .select(['visitor_tags.visitor_id', 'tags.name', 'visitor_tags.at'])
      .where('visitor_tags.visitor_id', 'in', ids)
      .orderBy('visitor_tags.at')
      .execute(),
    offlineMessages: await db
      .selectFrom('offline_messages')
      .selectAll()
      .where('visitor_id', 'in', ids)
      .orderBy('at')
      .execute(),
    offlineAnswers: await db
      .selectFrom('offline_answers')
      .innerJoin('offline_messages', 'offline_messages.id', 'offline_answers.message_id')
      .selectAll('offline_answers')
      .where('offline_messages.visitor_id', 'in', ids)
      .orderBy('offline_answers.at')
      .execute(),
    mails: await db
      .selectFrom('mails')
      .select(['kind', 'to_address', 'state', 'created_at', 'ended_at'])
      .where('visitor_id', 'in', ids)
      .orderBy('created_at')
      .execute(),
    bans: await db
      .selectFrom('bans')
      .selectAll()
      .where('visitor_id', 'in', ids)
      .orderBy('created_at')
      .execute(),
  }
}

/** Takes every row about them away. A ban of an address stays, without saying whose it was. */
export async function eraseVisitors(tx: Tx, ids: Ids): Promise<Erased> {
  const visits = tx.selectFrom('visits').select('id').where('visitor_id', 'in', ids)
  const chats = await tx.selectFrom('chats').select('id').where('visitor_id', 'in', ids).execute()
  const invitations = tx.selectFrom('invitations').select('id').where('visitor_id', 'in', ids)
  const bans = tx.selectFrom('bans').select('id').where('visitor_id', 'in', ids)
  const offline = tx.selectFrom('offline_messages').select('id').where('visitor_id', 'in', ids)
  const persons = await tx
    .selectFrom('visitors')
    .select('person_id')
    .where('id', 'in', ids)
    .where('person_id', 'is not', null)
    .execute()

  for (const subjects of [invitations, bans, offline] as const) {
    await tx
      .deleteFrom('events')
      .where('subject_id', 'in', subjects as never)
      .execute()
  }
  await tx
    .deleteFrom('events')
    .where('subject_id', 'in', [...ids])
    .execute()
  for (const id of ids) {
    // Bans that were lifted meanwhile, and answers to agents' commands, name the visitor inside.
    await tx
      .deleteFrom('events')
      .where('type', 'in', ['ban.made', 'ban.lifted'])
      .where('data', 'like', `%${id}%`)
      .execute()
    await tx.deleteFrom('done_commands').where('result', 'like', `%${id}%`).execute()
  }
  await tx
    .deleteFrom('done_commands')
    .where('actor_id', 'in', [...ids])
    .execute()
  await tx.deleteFrom('page_views').where('visit_id', 'in', visits).execute()
  for (const table of ['identified', 'visitor_notes', 'visitor_tags'] as const) {
    await tx.deleteFrom(table).where('visitor_id', 'in', ids).execute()
  }
  await tx.deleteFrom('offline_answers').where('message_id', 'in', offline).execute()
  await tx.deleteFrom('offline_messages').where('visitor_id', 'in', ids).execute()
  await tx.deleteFrom('mails').where('visitor_id', 'in', ids).execute()
  await tx.deleteFrom('bans').where('visitor_id', 'in', ids).where('range', 'is', null).execute()
  await tx
    .updateTable('bans')
    .set({ visitor_id: null, person_id: null, who: null })
    .where('visitor_id', 'in', ids)
    .execute()
  const gone = async (table: 'invitations' | 'visits') => {
    const { numDeletedRows } = await tx
      .deleteFrom(table)
      .where('visitor_id', 'in', ids)
      .executeTakeFirst()
    return Number(numDeletedRows)
  }
  const erased = {
    chats: await eraseChats(
      tx,
      chats.map(({ id }) => id),
    ),
    invitations: await gone('invitations'),
    visits: await gone('visits'),
  }
  const { numDeletedRows } = await tx
    .deleteFrom('visitors')
    .where('id', 'in', ids)
    .executeTakeFirst()
  await forgetPersons(
    tx,
    persons.flatMap(({ person_id }) => person_id ?? []),
  )
  return { visitors: Number(numDeletedRows), ...erased }
}

/** Of these, those that no visitor points to any more. */
export async function forgetPersons(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx
    .deleteFrom('persons')
    .where('id', 'in', ids as never)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('visitors')
            .select('visitors.id')
            .whereRef('visitors.person_id', '=', 'persons.id'),
        ),
      ),
    )
    .execute()
}
