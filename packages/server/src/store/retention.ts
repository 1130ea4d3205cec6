import type { Timestamp } from '@beckon/protocol'
import { eraseChats } from './erase-chats.ts'
import { forgetPersons } from './erase-rows.ts'
import type { Store, Tx } from './store.ts'

/** Small works, so that nobody's message waits long behind them. */
const ROWS_A_WORK = 200

/** Works until one finds fewer than it may take; gives how many rows went. */
async function inTurns(store: Store, work: (tx: Tx) => Promise<number>): Promise<number> {
  for (let forgotten = 0; ; ) {
    const deleted = await store.commit(work)
    forgotten += deleted
    if (deleted < ROWS_A_WORK) return forgotten
  }
}

/** Visits that ended before a moment, with their page views. */
export const forgetVisits = (store: Store, before: Timestamp): Promise<number> =>
  inTurns(store, async (tx) => {
    const old = await tx
      .selectFrom('visits')
      .select('id')
      .where('navigated_at', '<', before)
      .where('seen_at', '<', before)
      .orderBy('navigated_at')
      .limit(ROWS_A_WORK)
      .execute()
    if (old.length === 0) return 0
    const ids = old.map(({ id }) => id)
    await tx.deleteFrom('page_views').where('visit_id', 'in', ids).execute()
    await tx.deleteFrom('identified').where('visit_id', 'in', ids).execute()
    await tx
      .deleteFrom('visits')
      .where('id', 'in', ids)
      .where('navigated_at', '<', before)
      .execute()
    return ids.length
  })

/** Chats that ended before a moment, with everything in them. */
export const forgetChats = (store: Store, before: Timestamp): Promise<number> =>
  inTurns(store, async (tx) => {
    const old = await tx
      .selectFrom('chats')
      .select('id')
      .where('state', '=', 'ended')
      .where('ended_at', '<', before)
      .orderBy('ended_at')
      .limit(ROWS_A_WORK)
      .execute()
    await eraseChats(
      tx,
      old.map(({ id }) => id),
    )
    return old.length
  })

/** Invitations that ended before a moment. One that led to a chat stays as long as the chat, whose beginning it is. */
export const forgetInvitations = (store: Store, before: Timestamp): Promise<number> =>
  inTurns(store, async (tx) => {
    const old = await tx
      .selectFrom('invitations')
      .select('id')
      .where('deadline', 'is', null)
      .where('ended_at', '<', before)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('chats')
              .select('chats.id')
              .whereRef('chats.invitation_id', '=', 'invitations.id'),
          ),
        ),
      )
      .limit(ROWS_A_WORK)
      .execute()
    const ids = old.map(({ id }) => id)
    if (ids.length === 0) return 0
    await deleteLogOf(tx, ids)
    await tx.deleteFrom('invitations').where('id', 'in', ids).execute()
    return ids.length
  })

/** Offline messages left before a moment, with what was answered. */
export const forgetOfflineMessages = (store: Store, before: Timestamp): Promise<number> =>
  inTurns(store, async (tx) => {
    const old = await tx
      .selectFrom('offline_messages')
      .select('id')
      .where('at', '<', before)
      .limit(ROWS_A_WORK)
      .execute()
    const ids = old.map(({ id }) => id)
    if (ids.length === 0) return 0
    await deleteLogOf(tx, ids)
    await tx.deleteFrom('offline_answers').where('message_id', 'in', ids).execute()
    await tx.deleteFrom('offline_messages').where('id', 'in', ids).execute()
    return ids.length
  })

const deleteLogOf = (tx: Tx, subjects: readonly string[]) =>
  tx.deleteFrom('events').where('subject_id', 'in', subjects).execute()

/** Visitors not seen since a moment of whom nothing is left: no visit, chat, invitation, message or ban. */
export const forgetVisitors = (store: Store, before: Timestamp): Promise<number> =>
  inTurns(store, async (tx) => {
    const gone = await tx
      .selectFrom('visitors')
      .select(['id', 'person_id'])
      .where('last_seen_at', '<', before)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('visits').select('id').whereRef('visits.visitor_id', '=', 'visitors.id'),
          ),
        ),
      )
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(selectFrom('chats').select('id').whereRef('chats.visitor_id', '=', 'visitors.id')),
        ),
      )
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('invitations')
              .select('id')
              .whereRef('invitations.visitor_id', '=', 'visitors.id'),
          ),
        ),
      )
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('offline_messages')
              .select('id')
              .whereRef('offline_messages.visitor_id', '=', 'visitors.id'),
          ),
        ),
      )
      // A ban lasts as long as the browser's token is known.
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(selectFrom('bans').select('id').whereRef('bans.visitor_id', '=', 'visitors.id')),
        ),
      )
      .limit(ROWS_A_WORK)
      .execute()
    if (gone.length === 0) return 0
    const ids = gone.map(({ id }) => id)
    // What agents noted goes with the last thing it was about.
    await tx.deleteFrom('visitor_notes').where('visitor_id', 'in', ids).execute()
    await tx.deleteFrom('visitor_tags').where('visitor_id', 'in', ids).execute()
    await tx.deleteFrom('identified').where('visitor_id', 'in', ids).execute()
    // Whoever came back meanwhile stays.
    await tx
      .deleteFrom('visitors')
      .where('id', 'in', ids)
      .where('last_seen_at', '<', before)
      .execute()
    await forgetPersons(
      tx,
      gone.flatMap(({ person_id }) => person_id ?? []),
    )
    return ids.length
  })
