import type { AgentId, ChatId, GroupId, SiteId, Timestamp } from '@beckon/protocol'
import { type ExpressionBuilder, type SelectQueryBuilder, sql } from 'kysely'
import type { Database } from './database.ts'
import { contains } from './search.ts'
import { searchTerms } from './search-words.ts'
import type { Db } from './store.ts'

/** Whose chats: their own, those they took part in, and those of groups open to them. */
export type ChatReader = { agentId: AgentId; groupIds: readonly GroupId[] }

export type EndedPage = {
  reader: ChatReader
  /** Words of names, addresses, messages and notes, all of them anywhere, or the chat's number. */
  text?: string | undefined
  agentId?: AgentId | undefined
  groupId?: GroupId | undefined
  siteId?: SiteId | undefined
  /** Ended at or after, and before. */
  from?: Timestamp | undefined
  to?: Timestamp | undefined
  /** Only what ended before this one, as `endedAt` and id. */
  before?: { endedAt: Timestamp; id: string } | undefined
  limit: number
}

/** Ended chats a reader may open, last ended first. */
export async function endedChatIds(db: Db, page: EndedPage): Promise<ChatId[]> {
  const terms = page.text ? searchTerms(page.text) : []
  const saying = (await areCommon(db, terms)) ? sayingCommon : sayingRare
  const query = [forReader, chosen, saying, following].reduce(
    (narrowed, narrow) => narrow(narrowed, page),
    // Not by state: its index would be read whole, where that of the ends is walked from the last.
    db.selectFrom('chats').select('id').where('ended_at', 'is not', null),
  )
  const rows = await query
    .orderBy('ended_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit)
    .execute()
  return rows.map((row) => row.id)
}

type Chats = SelectQueryBuilder<Database, 'chats', { id: ChatId }>

const forReader = (query: Chats, { reader: { agentId, groupIds } }: EndedPage): Chats =>
  query.where((eb) =>
    eb.or([
      eb('agent_id', '=', agentId),
      eb.exists(
        eb
          .selectFrom('chat_participants as mine')
          .select('mine.chat_id')
          .whereRef('mine.chat_id', '=', 'chats.id')
          .where('mine.agent_id', '=', agentId),
      ),
      ...(groupIds.length > 0 ? [eb('group_id', 'in', groupIds)] : []),
    ]),
  )

function chosen(query: Chats, { agentId, groupId, siteId, from, to }: EndedPage): Chats {
  if (agentId) query = query.where('agent_id', '=', agentId)
  if (groupId) query = query.where('group_id', '=', groupId)
  if (siteId) query = query.where('site_id', '=', siteId)
  if (from !== undefined) query = query.where('ended_at', '>=', from)
  if (to !== undefined) query = query.where('ended_at', '<', to)
  return query
}

/** Looked up first: the letters lead to the few chats that have the words. */
function sayingRare(query: Chats, { text }: EndedPage): Chats {
  if (!text) return query
  const terms = searchTerms(text)
  const number = numberIn(text)
  return query.where((eb) => {
    const texts = numbersSaying(eb, terms)
    return eb('number', 'in', number ? texts.unionAll(itself(eb, number)) : texts)
  })
}

/** One in twenty of the last chats: who goes back from the last one meets such words soon enough. */
const LATEST = 400
const COMMON = LATEST / 20

/** To ask how many have them of all there are would itself go through every one of those. */
async function areCommon(db: Db, terms: readonly string[]): Promise<boolean> {
  if (terms.length === 0) return false
  const latest = db.selectFrom('chat_texts').select('text').orderBy('rowid', 'desc').limit(LATEST)
  const found = await terms
    .reduce(
      (texts, term) => texts.where('latest.text', 'like', `%${term}%`),
      db.selectFrom(latest.as('latest')).select(({ fn }) => fn.countAll<number>().as('some')),
    )
    .executeTakeFirst()
  return Number(found?.some ?? 0) >= COMMON
}

/**
 * Each chat is looked at in turn. Nothing is added to the text but what keeps its index out of it;
 * and a value is asked for, not whether there is a row, which PostgreSQL would turn into reading
 * all texts first.
 */
function sayingCommon(query: Chats, { text = '' }: EndedPage): Chats {
  const number = numberIn(text)
  const says = searchTerms(text).map((term) => sql`chat_texts.text || '' like ${`%${term}%`}`)
  return query.where((eb) => {
    const said = eb
      .selectFrom('chat_texts')
      .select(sql<number>`case when ${sql.join(says, sql` and `)} then 1 else 0 end`.as('says'))
      .whereRef('chat_texts.rowid', '=', 'chats.number')
    return eb.or([eb(said, '=', 1), ...(number ? [eb('number', '=', number)] : [])])
  })
}

/** The chat's own, where nothing else is asked for. */
const numberIn = (text: string): number | undefined =>
  Number(/^#?(\d{1,15})$/.exec(text)?.[1]) || undefined

type Query = ExpressionBuilder<Database, 'chats'>

/** One LIKE a term: both engines have an index of three letters behind it. Signs alone say nothing. */
const numbersSaying = (eb: Query, terms: readonly string[]) =>
  (terms.length > 0 ? terms : [NOWHERE]).reduce(
    (texts, term) => texts.where('chat_texts.text', 'like', `%${term}%`),
    eb.selectFrom('chat_texts').select('chat_texts.rowid'),
  )

/** Folded texts have no double space. */
const NOWHERE = '  '

const itself = (eb: Query, number: number) =>
  eb
    .selectFrom('chats as itself')
    .select('itself.number as rowid')
    .where('itself.number', '=', number)

function following(query: Chats, { before }: EndedPage): Chats {
  if (!before) return query
  const { endedAt, id } = before
  return query
    .where('ended_at', '<=', endedAt)
    .where((eb) => eb.or([eb('ended_at', '<', endedAt), eb('id', '<', id as ChatId)]))
}

/** Of some chats the messages with a word, in order: where it was said. */
export const messagesSaying = (db: Db, chatIds: readonly ChatId[], word: string) =>
  db
    .selectFrom('messages')
    .select(['chat_id', 'text'])
    .where('chat_id', 'in', chatIds)
    .where('sender', '!=', 'system')
    .where(contains('text', word))
    .orderBy('chat_id')
    .orderBy('seq')
    .limit(MOST_SAYING)
    .execute()

/** A word that stands in every message needs no more of them than this. */
const MOST_SAYING = 1_000
