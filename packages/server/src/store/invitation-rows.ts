import type { AgentId, InvitationId, SiteId, Timestamp, VisitorId } from '@beckon/protocol'
import type { Insertable, Selectable, Updateable } from 'kysely'
import { days } from '../time/clock.ts'
import type { Database } from './database.ts'
import type { Db, Tx } from './store.ts'

export type InvitationRow = Selectable<Database['invitations']>

const OPEN = ['sent', 'delivered', 'viewed'] as const

export const invitationById = (db: Db | Tx, id: InvitationId) =>
  db.selectFrom('invitations').selectAll().where('id', '=', id).executeTakeFirst()

export const invitationsById = (db: Db, ids: readonly InvitationId[]) =>
  db.selectFrom('invitations').selectAll().where('id', 'in', ids).execute()

/** At most one is open per visitor; a unique index says so too. */
export const openInvitationOf = (db: Db | Tx, visitorId: VisitorId) =>
  db
    .selectFrom('invitations')
    .selectAll()
    .where('visitor_id', '=', visitorId)
    .where('state', 'in', OPEN)
    .executeTakeFirst()

/** For a batch of hellos. */
export const openInvitationsOf = (db: Db, visitorIds: readonly VisitorId[]) =>
  db
    .selectFrom('invitations')
    .selectAll()
    .where('visitor_id', 'in', visitorIds)
    .where('state', 'in', OPEN)
    .execute()

export const allOpenInvitations = (db: Db) =>
  db
    .selectFrom('invitations')
    .selectAll()
    // What is open has a deadline, and an index of those.
    .where('deadline', '>', 0)
    .where('state', 'in', OPEN)
    .execute()

/** Open ones, and those that ended since: what may have been missed on another node. */
export async function invitationIdsSince(db: Db, since: Timestamp): Promise<InvitationId[]> {
  // Each by its own index: what is open has a deadline, and only that.
  const open = await db
    .selectFrom('invitations')
    .select('id')
    .where('deadline', 'is not', null)
    .execute()
  const ended = await db
    .selectFrom('invitations')
    .select('id')
    .where('ended_at', '>', since)
    .execute()
  return [...new Set([...open, ...ended].map(({ id }) => id))].sort()
}

export const openInvitationsOfSites = (db: Db, siteIds: readonly SiteId[]) =>
  db
    .selectFrom('invitations')
    .select('id')
    .where('site_id', 'in', siteIds)
    .where('state', 'in', OPEN)
    .execute()

/** No invitation stays open as long as this; it keeps the look-up off an agent's whole past. */
const OPEN_AT_MOST = days(2)

/** What an agent's toasts and rows follow: open ones, and those that ended after `since`. */
export const recentInvitationsOf = (db: Db, agentId: AgentId, since: Timestamp) =>
  db
    .selectFrom('invitations')
    .selectAll()
    .where('agent_id', '=', agentId)
    .where('sent_at', '>', since - OPEN_AT_MOST)
    .where((eb) => eb.or([eb('state', 'in', OPEN), eb('ended_at', '>', since)]))
    .orderBy('id')
    .execute()

/** A visitor's invitations, newest first. */
export const invitationsOf = (db: Db, visitorId: VisitorId, limit: number) =>
  db
    .selectFrom('invitations')
    .selectAll()
    .where('visitor_id', '=', visitorId)
    .orderBy('sent_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

/** Those that ended after the visitor had seen them, newest first: what courtesy goes by. */
export const seenInvitationsOf = (db: Db | Tx, visitorId: VisitorId, limit: number) =>
  db
    .selectFrom('invitations')
    .selectAll()
    .where('visitor_id', '=', visitorId)
    .where('viewed_at', 'is not', null)
    .where('ended_at', 'is not', null)
    .orderBy('sent_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

/** Open ones whose deadline has come: the sweep's work, oldest first. */
export const dueInvitations = (db: Db, now: Timestamp, limit: number) =>
  db
    .selectFrom('invitations')
    .select('id')
    .where('state', 'in', OPEN)
    .where('deadline', '<=', now)
    .orderBy('deadline')
    .limit(limit)
    .execute()

export const insertInvitation = (tx: Tx, row: Insertable<Database['invitations']>) =>
  tx.insertInto('invitations').values(row).returningAll().executeTakeFirstOrThrow()

/**
 * Compare-and-set: changes the invitation only if it is still as `before` was read. State and
 * deadline together change with every move there is.
 */
export const changeInvitation = (
  tx: Tx,
  before: Pick<InvitationRow, 'id' | 'state' | 'deadline'>,
  change: Updateable<Database['invitations']>,
) =>
  tx
    .updateTable('invitations')
    .set(change)
    .where('id', '=', before.id)
    .where('state', '=', before.state)
    .where('deadline', before.deadline === null ? 'is' : '=', before.deadline)
    .returningAll()
    .executeTakeFirst()
