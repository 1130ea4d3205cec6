import type {
  AgentId,
  BrandId,
  InvitationCounts,
  InvitationReport,
  Timestamp,
} from '@beckon/protocol'
import type { Expression, SqlBool } from 'kysely'
import type { Db } from '../store/store.ts'

/*
 * S9: how invitations went, counted from their rows each time, so the numbers cannot drift from
 * what happened (I20). An invitation belongs to the time it was sent and to the site it was sent on.
 */

export type ReportBy = 'agent' | 'site' | 'group'
export type ReportScope = { all: true } | { brandIds: readonly BrandId[] } | { agentId: string }

const COLUMN = { agent: 'agent_id', site: 'site_id', group: 'group_id' } as const

type Row = InvitationCounts & { id: string }

/** Counts per agent, site or group of the invitations sent from `from` until before `to`. */
export async function countInvitations(
  db: Db,
  query: { from: Timestamp; to: Timestamp; by: ReportBy; scope: ReportScope },
): Promise<Row[]> {
  const { scope } = query
  const column = COLUMN[query.by]
  const agentId = ('agentId' in scope ? scope.agentId : '') as AgentId
  const brandIds = 'brandIds' in scope ? [...scope.brandIds] : []
  // PostgreSQL refuses an empty list.
  if ('brandIds' in scope && brandIds.length === 0) return []
  const rows = await db
    .selectFrom('invitations')
    .select((eb) => {
      const count = (when: Expression<SqlBool>) =>
        eb.fn.sum<number>(eb.case().when(when).then(1).else(0).end())
      return [
        eb.ref(column).as('id'),
        eb.fn.countAll<number>().as('sent'),
        count(eb('delivered_at', 'is not', null)).as('delivered'),
        count(eb('viewed_at', 'is not', null)).as('viewed'),
        count(eb('state', '=', 'accepted')).as('accepted'),
        count(eb('state', '=', 'declined')).as('declined'),
        count(eb('state', '=', 'ignored')).as('ignored'),
        count(eb('state', '=', 'withdrawn')).as('withdrawn'),
        count(eb('state', '=', 'expired')).as('expired'),
        count(eb('state', '=', 'failed')).as('failed'),
        count(eb('state', 'in', ['sent', 'delivered', 'viewed'])).as('open'),
      ]
    })
    .where('sent_at', '>=', query.from)
    .where('sent_at', '<', query.to)
    .$if('agentId' in scope, (mine) => mine.where('agent_id', '=', agentId))
    .$if('brandIds' in scope, (ours) => ours.where('brand_id', 'in', brandIds))
    .groupBy(column)
    .execute()
  // PostgreSQL counts and sums in text.
  return rows.map(({ id, ...counts }) => ({ id, ...(numbers(counts) as InvitationCounts) }))
}

const numbers = (counts: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).map(([name, value]) => [name, Number(value)]))

export const NO_COUNTS: InvitationCounts = {
  sent: 0,
  delivered: 0,
  viewed: 0,
  accepted: 0,
  declined: 0,
  ignored: 0,
  withdrawn: 0,
  expired: 0,
  failed: 0,
  open: 0,
}

const NAMES = Object.keys(NO_COUNTS) as (keyof InvitationCounts)[]

export const sumOf = (rows: readonly InvitationCounts[]): InvitationCounts => {
  const total = { ...NO_COUNTS }
  for (const row of rows) for (const name of NAMES) total[name] += row[name]
  return total
}

export function invitationReport(
  rows: readonly Row[],
  span: { from: Timestamp; to: Timestamp },
  nameOf: (id: string) => string | undefined,
): InvitationReport {
  return {
    ...span,
    total: sumOf(rows),
    rows: rows
      .map(({ id, ...counts }) => ({ id, name: nameOf(id) ?? 'Deleted', counts }))
      .sort((a, b) => b.counts.sent - a.counts.sent || a.name.localeCompare(b.name)),
  }
}
