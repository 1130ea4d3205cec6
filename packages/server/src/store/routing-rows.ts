import type {
  AgentId,
  ChatId,
  GroupId,
  HandOffReason,
  TakenReason,
  Timestamp,
} from '@beckon/protocol'
import type { Db, Tx } from './store.ts'

/** Everybody who waits, in the order of the queue. */
export const queuedChats = (db: Db) =>
  db
    .selectFrom('chats')
    .select(['id', 'group_id', 'queued_at', 'waiting_since'])
    .where('state', '=', 'queued')
    .orderBy('queued_at')
    .orderBy('id')
    .execute()

const held = (db: Db | Tx) =>
  db
    .selectFrom('chats')
    .leftJoin('invitations', 'invitations.id', 'chats.invitation_id')
    .select([
      'chats.id',
      'chats.group_id',
      'chats.queued_at',
      'chats.agent_id',
      'chats.given_at',
      'chats.first_reply_at',
      'chats.idle_since',
      'invitations.agent_id as inviter_id',
    ])
    .where('chats.state', '=', 'active')

/** Chats whose agent has let them wait since before `since`, or is one of `gone`. */
export const chatsLeftWaiting = (
  db: Db,
  { since, gone }: { since: Timestamp; gone: readonly AgentId[] },
) =>
  held(db)
    .where((eb) =>
      eb.or([
        eb('chats.idle_since', '<=', since),
        ...(gone.length > 0 ? [eb('chats.agent_id', 'in', gone)] : []),
      ]),
    )
    .execute()

export const heldChat = (tx: Tx, id: ChatId) =>
  held(tx).where('chats.id', '=', id).executeTakeFirst()

export const heldBy = (db: Db | Tx, agentId: AgentId) =>
  held(db).where('chats.agent_id', '=', agentId).orderBy('chats.queued_at').execute()

/** Open chats of agents by group: of all of them, or of one. */
export async function chatLoads(db: Db | Tx, agentId?: AgentId) {
  let query = db
    .selectFrom('chats')
    .select(['agent_id', 'group_id'])
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('state', '=', 'active')
    .groupBy(['agent_id', 'group_id'])
  if (agentId) query = query.where('agent_id', '=', agentId)
  const loads = new Map<AgentId, Map<GroupId, number>>()
  for (const { agent_id, group_id, n } of await query.execute()) {
    if (!agent_id) continue
    const own = loads.get(agent_id) ?? new Map<GroupId, number>()
    // PostgreSQL counts in text.
    loads.set(agent_id, own.set(group_id, Number(n)))
  }
  return loads
}

/** When each agent was given a chat last. */
export const agentRounds = async (db: Db): Promise<ReadonlyMap<AgentId, Timestamp>> => {
  const rows = await db.selectFrom('agent_rounds').selectAll().execute()
  return new Map(rows.map((row) => [row.agent_id, row.given_at]))
}

export const noteRound = (tx: Tx, agentId: AgentId, at: Timestamp) =>
  tx
    .insertInto('agent_rounds')
    .values({ agent_id: agentId, given_at: at })
    .onConflict((conflict) => conflict.column('agent_id').doUpdateSet({ given_at: at }))
    .execute()

/** What a hand-off leaves in the chat's row; a new agent begins with the whole time. */
export const noteHandOff = (
  tx: Tx,
  id: ChatId,
  { from, reason, at }: { from: AgentId; reason: HandOffReason; at: Timestamp },
) =>
  tx
    .updateTable('chats')
    .set({ handed_at: at, handed_from: from, handed_reason: reason, idle_since: at })
    .where('id', '=', id)
    .execute()

/** Taken over or passed on by somebody else: whoever had it is told; the visitor's time runs on. */
export const noteTaken = (
  tx: Tx,
  id: ChatId,
  { from, reason, at }: { from: AgentId; reason: TakenReason; at: Timestamp },
) =>
  tx
    .updateTable('chats')
    .set({ handed_at: at, handed_from: from, handed_reason: reason })
    .where('id', '=', id)
    .execute()

/** Somebody on the agents' side is at it. Where nobody waits there is nothing to put off. */
export const noteAtIt = (tx: Tx, id: ChatId, at: Timestamp) =>
  tx
    .updateTable('chats')
    .set({ idle_since: at })
    .where('id', '=', id)
    .where('state', '=', 'active')
    .where('idle_since', '<', at)
    .execute()

/** Of the chats that have waited in a group lately, the newest first. */
export const waitedLately = (
  db: Db,
  groupId: GroupId,
  { since, limit }: { since: Timestamp; limit: number },
) =>
  db
    .selectFrom('chats')
    .select(['queued_place', 'queued_at', 'started_at'])
    .where('group_id', '=', groupId)
    .where('queued_place', 'is not', null)
    .where('started_at', '>', since)
    .orderBy('started_at', 'desc')
    .limit(limit)
    .execute()
