import type {
  AgentId,
  BrandId,
  NoteId,
  PageTrail,
  TagId,
  Timestamp,
  VisitId,
  VisitorId,
} from '@beckon/protocol'
import type { Insertable, Selectable } from 'kysely'
import type { Database } from './database.ts'
import type { Db, Tx } from './store.ts'
import type { VisitRecord } from './visit-rows.ts'

/*
 * What is stored about visitors beyond their present visit. Every read is bounded and follows an
 * index on the visitor or the visit, so it costs the same with a million visits.
 */

export type NoteRecord = Selectable<Database['visitor_notes']>
type Ids = readonly VisitorId[]

/** Browsers of one person that are looked at together: those seen last. */
const VISITORS_OF_A_PERSON = 100

/**
 * Everybody who is the same person as this visitor, this one first: what is known of one is known of
 * all. Only a verified identity makes visitors one person; a name that a page says never does.
 */
export async function visitorsOfSamePerson(db: Db | Tx, visitorId: VisitorId): Promise<Ids> {
  const person = await db
    .selectFrom('visitors')
    .select('person_id')
    .where('id', '=', visitorId)
    .executeTakeFirst()
  // Not as a join: where hardly anybody is verified, SQLite expects the person to have all visitors
  // and goes through every one of them.
  if (!person?.person_id) return [visitorId]
  const others = await db
    .selectFrom('visitors')
    .select('id')
    .where('person_id', '=', person.person_id)
    .where('id', '!=', visitorId)
    .orderBy('last_seen_at', 'desc')
    .limit(VISITORS_OF_A_PERSON)
    .execute()
  return [visitorId, ...others.map(({ id }) => id)]
}

export const brandOfVisitor = async (
  db: Db | Tx,
  visitorId: VisitorId,
): Promise<BrandId | undefined> => {
  const row = await db
    .selectFrom('visitors')
    .select('brand_id')
    .where('id', '=', visitorId)
    .executeTakeFirst()
  return row?.brand_id
}

/** W14: whether an invitation to this visitor or a chat with them is the agent's. */
export async function isOwnVisitor(
  db: Db | Tx,
  agentId: AgentId,
  visitorId: VisitorId,
): Promise<boolean> {
  const invitation = await db
    .selectFrom('invitations')
    .select('id')
    .where('visitor_id', '=', visitorId)
    .where('agent_id', '=', agentId)
    .limit(1)
    .executeTakeFirst()
  if (invitation) return true
  const chat = await db
    .selectFrom('chats')
    .select('id')
    .where('visitor_id', '=', visitorId)
    .where((eb) =>
      eb.or([
        eb('agent_id', '=', agentId),
        eb.exists(
          eb
            .selectFrom('chat_participants as mine')
            .select('mine.chat_id')
            .whereRef('mine.chat_id', '=', 'chats.id')
            .where('mine.agent_id', '=', agentId),
        ),
      ]),
    )
    .limit(1)
    .executeTakeFirst()
  return chat !== undefined
}

export const visitById = (db: Db, id: VisitId): Promise<VisitRecord | undefined> =>
  db.selectFrom('visits').selectAll().where('id', '=', id).executeTakeFirst()

/** Newest first, beginning after `before`. */
export function visitsOf(
  db: Db,
  visitorIds: Ids,
  page: { before?: { startedAt: Timestamp; id: string } | undefined; limit: number },
): Promise<VisitRecord[]> {
  let query = db.selectFrom('visits').selectAll().where('visitor_id', 'in', visitorIds)
  if (page.before) {
    const { startedAt, id } = page.before
    query = query.where((eb) =>
      eb.or([
        eb('started_at', '<', startedAt),
        eb.and([eb('started_at', '=', startedAt), eb('id', '<', id as VisitId)]),
      ]),
    )
  }
  return query.orderBy('started_at', 'desc').orderBy('id', 'desc').limit(page.limit).execute()
}

export const countVisits = async (db: Db, visitorIds: Ids): Promise<number> => {
  const row = await db
    .selectFrom('visits')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('visitor_id', 'in', visitorIds)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** The pages of a visit, or the first and the last of many. */
export async function trailOf(
  db: Db,
  visitId: VisitId,
  most: { first: number; last: number },
): Promise<PageTrail> {
  const pages = db.selectFrom('page_views').where('visit_id', '=', visitId)
  const { n } = await pages
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  const total = Number(n)
  const all = total <= most.first + most.last
  const first = await pages
    .selectAll()
    .orderBy('at')
    .orderBy('page_id')
    .limit(all ? most.first + most.last : most.first)
    .execute()
  const last = all
    ? []
    : await pages
        .selectAll()
        .orderBy('at', 'desc')
        .orderBy('page_id', 'desc')
        .limit(most.last)
        .execute()
  return { total, first: first.map(pageView), last: last.reverse().map(pageView) }
}

const pageView = (row: Selectable<Database['page_views']>) => ({
  id: row.page_id,
  at: Number(row.at),
  url: row.url,
  title: row.title,
  ...(row.left_at === null ? {} : { stayed: Number(row.left_at) - Number(row.at) }),
})

export const chatsOf = (db: Db, visitorIds: Ids, limit: number) =>
  db
    .selectFrom('chats')
    .select([
      'id',
      'number',
      'state',
      'site_id',
      'visit_id',
      'group_id',
      'agent_id',
      'queued_at',
      'ended_at',
    ])
    .where('visitor_id', 'in', visitorIds)
    .orderBy('queued_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

export const participantsOfChats = (db: Db, visitorIds: Ids) =>
  db
    .selectFrom('chats')
    .innerJoin('chat_participants as taking', 'taking.chat_id', 'chats.id')
    .select(['chats.id as chat_id', 'taking.agent_id as agent_id'])
    .where('chats.visitor_id', 'in', visitorIds)
    .execute()

/** How many chats of these visitors have ended; who has none is left out. */
export const endedChatCounts = (db: Db, visitorIds: Ids) =>
  db
    .selectFrom('chats')
    .select(['visitor_id', (eb) => eb.fn.countAll<number>().as('n')])
    .where('visitor_id', 'in', visitorIds)
    .where('state', '=', 'ended')
    .groupBy('visitor_id')
    .execute()

export const notesOf = (db: Db, visitorIds: Ids, limit: number): Promise<NoteRecord[]> =>
  db
    .selectFrom('visitor_notes')
    .selectAll()
    .where('visitor_id', 'in', visitorIds)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

export const noteById = (db: Db | Tx, id: NoteId): Promise<NoteRecord | undefined> =>
  db.selectFrom('visitor_notes').selectAll().where('id', '=', id).executeTakeFirst()

export const countNotes = async (db: Db | Tx, visitorId: VisitorId): Promise<number> => {
  const row = await db
    .selectFrom('visitor_notes')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('visitor_id', '=', visitorId)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

export const insertNote = (tx: Tx, row: Insertable<Database['visitor_notes']>) =>
  tx.insertInto('visitor_notes').values(row).execute()

export const editNote = (tx: Tx, id: NoteId, change: { text: string; at: Timestamp }) =>
  tx
    .updateTable('visitor_notes')
    .set({ text: change.text, edited_at: change.at })
    .where('id', '=', id)
    .execute()

export const deleteNote = (tx: Tx, id: NoteId) =>
  tx.deleteFrom('visitor_notes').where('id', '=', id).execute()

/** Tags of these visitors in the order of their names. */
export const tagsOf = (db: Db | Tx, visitorIds: Ids) =>
  db
    .selectFrom('visitor_tags')
    .innerJoin('tags', 'tags.id', 'visitor_tags.tag_id')
    .select(['visitor_tags.visitor_id', 'tags.id', 'tags.name', 'tags.tint'])
    .where('visitor_tags.visitor_id', 'in', visitorIds)
    .orderBy('tags.folded')
    .execute()

export const tagsOfBrands = (db: Db | Tx, brandIds: readonly BrandId[]) =>
  brandIds.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('tags')
        .selectAll()
        .where('brand_id', 'in', brandIds)
        .orderBy('folded')
        .execute()

export const tagByName = (tx: Tx, brandId: BrandId, folded: string) =>
  tx
    .selectFrom('tags')
    .selectAll()
    .where('brand_id', '=', brandId)
    .where('folded', '=', folded)
    .executeTakeFirst()

export const insertTag = (tx: Tx, row: Insertable<Database['tags']>) =>
  tx.insertInto('tags').values(row).execute()

export const putTag = (tx: Tx, row: Insertable<Database['visitor_tags']>) =>
  tx
    .insertInto('visitor_tags')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()

/** Takes the tag off; true when it was on. */
export async function takeTag(tx: Tx, visitorIds: Ids, tagId: TagId): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('visitor_tags')
    .where('visitor_id', 'in', visitorIds)
    .where('tag_id', '=', tagId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export const identifiedOf = (db: Db, visitorIds: Ids, limit: number) =>
  db
    .selectFrom('identified')
    .selectAll()
    .where('visitor_id', 'in', visitorIds)
    .orderBy('at', 'desc')
    .orderBy('visit_id', 'desc')
    .limit(limit)
    .execute()

/** Twice in one millisecond of one visit: the last word counts. */
export const insertIdentified = (tx: Tx, row: Insertable<Database['identified']>) =>
  tx
    .insertInto('identified')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['visit_id', 'at']).doUpdateSet({
        display_name: row.display_name,
        username: row.username,
        email: row.email,
      }),
    )
    .execute()
