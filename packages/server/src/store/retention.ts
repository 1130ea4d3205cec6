import type { Timestamp } from '@beckon/protocol'
import { forgetPersons } from './erase-rows.ts'
import type { Store } from './store.ts'

/** Small works, so that nobody's message waits long behind them. */
const VISITS_A_WORK = 200

/**
 * Deletes visits that ended before a moment with their page views, and then visitors of whom
 * nothing is left: no visit, chat or invitation. Gives how many visits went.
 */
export async function forgetVisits(store: Store, before: Timestamp): Promise<number> {
  let forgotten = 0
  for (;;) {
    const deleted = await store.commit(async (tx) => {
      const old = await tx
        .selectFrom('visits')
        .select('id')
        .where('navigated_at', '<', before)
        .where('seen_at', '<', before)
        .orderBy('navigated_at')
        .limit(VISITS_A_WORK)
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
    forgotten += deleted
    if (deleted < VISITS_A_WORK) break
  }
  await forgetVisitors(store, before)
  return forgotten
}

async function forgetVisitors(store: Store, before: Timestamp): Promise<void> {
  for (;;) {
    const deleted = await store.commit(async (tx) => {
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
            exists(
              selectFrom('chats').select('id').whereRef('chats.visitor_id', '=', 'visitors.id'),
            ),
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
        .limit(VISITS_A_WORK)
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
    if (deleted < VISITS_A_WORK) return
  }
}
