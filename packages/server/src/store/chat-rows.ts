import type { AgentId, ChatId, GroupId, Message, Timestamp, VisitorId } from '@beckon/protocol'
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import { unheardWhispers } from './chat-note-rows.ts'
import type { Database } from './database.ts'
import { prepared, preparedForIds } from './prepared.ts'
import type { Db, Tx } from './store.ts'
import { takeTurn } from './turn.ts'

export type ChatRecord = Selectable<Database['chats']>

/** A chat with what its list row shows besides: last message, who takes part. */
export type ChatEntry = ChatRecord & {
  last_sender: Message['from'] | null
  last_text: string | null
  last_at: Timestamp | null
  participantIds: AgentId[]
  /** Of them, those who speak in it beside its agent. */
  joinedIds: AgentId[]
  whispers: Awaited<ReturnType<typeof unheardWhispers>>['rows']
  /** How many things its log tells, to know when to read it again. */
  logged: number
}

const OPEN = ['queued', 'active'] as const

const byId = prepared((db, { id }: { id: ChatId }) =>
  db.selectFrom('chats').selectAll().where('id', '=', id),
)

export const chatById = async (db: Db | Tx, id: ChatId): Promise<ChatRecord | undefined> =>
  (await byId(db, { id })).rows[0]

/** At most one is open per visitor; a unique index says so too. */
export const openChatOf = (db: Db | Tx, visitorId: VisitorId) =>
  db
    .selectFrom('chats')
    .selectAll()
    .where('visitor_id', '=', visitorId)
    .where('state', 'in', OPEN)
    .executeTakeFirst()

/** For a batch of hellos. */
export const openChatsOf = (db: Db, visitorIds: readonly VisitorId[]) =>
  db
    .selectFrom('chats')
    .selectAll()
    .where('visitor_id', 'in', visitorIds)
    .where('state', 'in', OPEN)
    .execute()

const participants = prepared((db, { chatId }: { chatId: ChatId }) =>
  db
    .selectFrom('chat_participants')
    .select(['agent_id', 'joined_at'])
    .where('chat_id', '=', chatId)
    .orderBy('agent_id'),
)

export const participantsOf = async (db: Db | Tx, chatId: ChatId) =>
  (await participants(db, { chatId })).rows

const entriesOf = preparedForIds((db, ids) =>
  entries(db).where('chats.id', 'in', ids as readonly ChatId[]),
)

const participantsIn = preparedForIds((db, ids) =>
  db
    .selectFrom('chat_participants')
    .select(['chat_id', 'agent_id', 'joined_at'])
    .where('chat_id', 'in', ids as readonly ChatId[])
    .orderBy('agent_id'),
)

/** Chats by id, as lists show them. */
export async function chatEntries(db: Db, ids: readonly ChatId[]): Promise<ChatEntry[]> {
  if (ids.length === 0) return []
  // Asked together, so that they travel together.
  const [found, around] = await Promise.all([entriesOf(db, ids), aroundChats(db, ids)])
  return found.rows.map(around)
}

/** Open chats, and those that ended after `since`. Who may see which is decided by the rights. */
export async function liveChatEntries(db: Db, since: Timestamp): Promise<ChatEntry[]> {
  const found = await entries(db)
    .where((eb) => eb.or([eb('chats.state', 'in', OPEN), eb('chats.ended_at', '>', since)]))
    .execute()
  if (found.length === 0) return []
  const around = await aroundChats(
    db,
    found.map(({ id }) => id),
  )
  return found.map(around)
}

/** Open ones, and those that ended since. */
export async function chatIdsSince(db: Db, since: Timestamp): Promise<ChatId[]> {
  const open = await db.selectFrom('chats').select('id').where('state', 'in', OPEN).execute()
  const ended = await db.selectFrom('chats').select('id').where('ended_at', '>', since).execute()
  return [...new Set([...open, ...ended].map(({ id }) => id))].sort()
}

export const chatsById = (db: Db, ids: readonly ChatId[]): Promise<ChatRecord[]> =>
  db.selectFrom('chats').selectAll().where('id', 'in', ids).orderBy('id').execute()

type EntryRow = Awaited<ReturnType<ReturnType<typeof entries>['execute']>>[number]

const entries = (db: Db | Tx) =>
  db
    .selectFrom('chats')
    // Of people: what the system says to the visitor is no word for agents.
    .leftJoin('messages as last', (join) =>
      join
        .onRef('last.chat_id', '=', 'chats.id')
        .on((eb) =>
          eb(
            'last.seq',
            '=',
            eb
              .selectFrom('messages as said')
              .select('said.seq')
              .whereRef('said.chat_id', '=', 'chats.id')
              .where('said.sender', '!=', 'system')
              .orderBy('said.seq', 'desc')
              .limit(1),
          ),
        ),
    )
    .selectAll('chats')
    .select(['last.sender as last_sender', 'last.text as last_text', 'last.at as last_at'])
    .select((eb) =>
      eb
        .selectFrom('events as told')
        .select(eb.fn.countAll<number>().as('n'))
        .whereRef('told.subject_id', '=', 'chats.id')
        .as('logged'),
    )
    .orderBy('chats.queued_at')
    .orderBy('chats.id')

/** What belongs to these chats and is in other tables. */
async function aroundChats(db: Db, ids: readonly ChatId[]) {
  const [{ rows: participants }, { rows: whispers }] = await Promise.all([
    participantsIn(db, ids),
    unheardWhispers(db, ids),
  ])
  const participantsOfEach = byChat(participants)
  const whispersOfEach = byChat(whispers)
  return (chat: EntryRow): ChatEntry => {
    const own = participantsOfEach.get(chat.id) ?? []
    return {
      ...chat,
      // PostgreSQL counts in text.
      logged: Number(chat.logged ?? 0),
      participantIds: own.map((one) => one.agent_id),
      joinedIds: own.filter((one) => one.joined_at !== null).map((one) => one.agent_id),
      whispers: whispersOfEach.get(chat.id) ?? [],
    }
  }
}

function byChat<Row extends { chat_id: ChatId }>(rows: readonly Row[]): Map<ChatId, Row[]> {
  const found = new Map<ChatId, Row[]>()
  for (const row of rows) {
    const known = found.get(row.chat_id)
    if (known) known.push(row)
    else found.set(row.chat_id, [row])
  }
  return found
}

/** Waiting in one group, longest first. */
export const queueOf = (db: Db | Tx, groupId: GroupId) =>
  db
    .selectFrom('chats')
    .select(['id', 'brand_id', 'visitor_id'])
    .where('group_id', '=', groupId)
    .where('state', '=', 'queued')
    .orderBy('queued_at')
    .orderBy('id')
    .execute()

export const countActiveChats = async (db: Db, agentId: AgentId): Promise<number> => {
  const row = await db
    .selectFrom('chats')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('agent_id', '=', agentId)
    .where('state', '=', 'active')
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/**
 * Numbers are given one after the other, to one work at a time on all nodes. Which shares its turn
 * with the routing: works that took both would wait for each other.
 */
export const nextChatNumber = async (tx: Tx): Promise<number> => {
  await takeTurn(tx, 'routing')
  const row = await tx
    .selectFrom('chats')
    .select((eb) => eb.fn.max('number').as('highest'))
    .executeTakeFirst()
  return Number(row?.highest ?? 0) + 1
}

export const insertChat = (tx: Tx, row: Insertable<Database['chats']>) =>
  tx.insertInto('chats').values(row).returningAll().executeTakeFirstOrThrow()

type Before = Pick<ChatRecord, 'id' | 'state'> & Partial<Pick<ChatRecord, 'agent_id' | 'group_id'>>

/** Compare-and-set on the state, and on whose it is where that is given. */
export function changeChat(
  tx: Tx,
  { id, state, agent_id, group_id }: Before,
  change: Updateable<Database['chats']>,
) {
  let query = tx.updateTable('chats').set(change).where('id', '=', id).where('state', '=', state)
  if (agent_id !== undefined) {
    query = query.where('agent_id', agent_id === null ? 'is' : '=', agent_id)
  }
  if (group_id !== undefined) query = query.where('group_id', '=', group_id)
  return query.returningAll().executeTakeFirst()
}

export const renameChat = (tx: Tx, id: ChatId, who: string) =>
  tx.updateTable('chats').set({ who }).where('id', '=', id).execute()

export const addParticipant = (tx: Tx, chatId: ChatId, agentId: AgentId) =>
  tx
    .insertInto('chat_participants')
    .values({ chat_id: chatId, agent_id: agentId })
    .onConflict((conflict) => conflict.doNothing())
    .execute()

/** Speaks in it from now on; undefined when they did already, or may not even open it. */
export const joinChat = (tx: Tx, chatId: ChatId, agentId: AgentId, at: Timestamp) =>
  tx
    .updateTable('chat_participants')
    .set({ joined_at: at })
    .where('chat_id', '=', chatId)
    .where('agent_id', '=', agentId)
    .where('joined_at', 'is', null)
    .returning('agent_id')
    .executeTakeFirst()

/** Speaks no more, and may still open it. */
export const leaveChat = (tx: Tx, chatId: ChatId, agentId: AgentId) =>
  tx
    .updateTable('chat_participants')
    .set({ joined_at: null })
    .where('chat_id', '=', chatId)
    .where('agent_id', '=', agentId)
    .where('joined_at', 'is not', null)
    .returning('agent_id')
    .executeTakeFirst()

type Saying = { chatId: ChatId; from: Message['from']; clientId: string; at: Timestamp }

/** Whoever wrote last waits for the other: agents are reminded of it by the hand-off timers. */
const numberFor = (who: 'visitor' | 'answer' | 'other') =>
  prepared((db, { chatId, from, clientId, at }: Saying) =>
    db
      .updateTable('chats')
      .set((eb) => ({
        last_seq: eb('last_seq', '+', 1),
        ...(who === 'answer' && {
          first_reply_at: eb.fn.coalesce('first_reply_at', eb.val(at)),
          idle_since: null,
        }),
        ...(who === 'visitor' && {
          idle_since: eb.fn.coalesce('idle_since', eb.val(at)),
          unread: eb('unread', '+', 1),
        }),
      }))
      .where('id', '=', chatId)
      .where('state', '!=', 'ended')
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('messages')
              .select('seq')
              .where('chat_id', '=', chatId)
              .where('sender', '=', from)
              .where('client_id', '=', clientId),
          ),
        ),
      )
      .returning('last_seq'),
  )
const NUMBER = {
  visitor: numberFor('visitor'),
  answer: numberFor('answer'),
  other: numberFor('other'),
}

/**
 * Takes the next number of an open chat; undefined when it has ended, or when this sender has
 * stored something under this id already. The row stays locked.
 */
export async function nextSeq(
  tx: Tx,
  { reply, ...saying }: Saying & { /** An agent answers the visitor. */ reply: boolean },
): Promise<number | undefined> {
  const who = saying.from === 'visitor' ? 'visitor' : reply ? 'answer' : 'other'
  return (await NUMBER[who](tx, saying)).rows[0]?.last_seq
}

export type SeenMark = 'agent_seen' | 'agent_delivered' | 'visitor_seen' | 'visitor_delivered'

const raise = (mark: SeenMark) =>
  prepared((db, { chatId, seq }: { chatId: ChatId; seq: number }) =>
    db
      .updateTable('chats')
      .set((eb) => ({
        [mark]: sql<number>`case when last_seq < ${seq} then last_seq else ${seq} end`,
        ...(mark === 'agent_seen' && {
          unread: eb
            .selectFrom('messages')
            .select(eb.fn.countAll<number>().as('n'))
            .where('chat_id', '=', chatId)
            .where('seq', '>', seq)
            .where('sender', '=', 'visitor'),
        }),
      }))
      .where('id', '=', chatId)
      .where(mark, '<', seq)
      .whereRef(mark, '<', 'last_seq')
      .returning('id'),
  )
const RAISE = {
  agent_seen: raise('agent_seen'),
  agent_delivered: raise('agent_delivered'),
  visitor_seen: raise('visitor_seen'),
  visitor_delivered: raise('visitor_delivered'),
} as const satisfies Record<SeenMark, unknown>

/** Marks only ever rise, and never beyond what was said; answers whether this one rose. */
export const raiseMark = async (
  tx: Tx,
  chatId: ChatId,
  mark: SeenMark,
  seq: number,
): Promise<boolean> => (await RAISE[mark](tx, { chatId, seq })).rows.length > 0
