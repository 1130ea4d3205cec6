import type { ChatId, FormAnswer, SurveyAnswer, VisitorId } from '@beckon/protocol'
import type { Db, Tx } from './store.ts'

export async function insertAnswers(
  tx: Tx,
  chatId: ChatId,
  answers: readonly FormAnswer[],
): Promise<void> {
  if (answers.length === 0) return
  const rows = answers.map((answer, place) => ({ chat_id: chatId, place, ...answer }))
  await tx.insertInto('chat_answers').values(rows).execute()
}

export const answersOf = (db: Db | Tx, chatId: ChatId): Promise<FormAnswer[]> =>
  db
    .selectFrom('chat_answers')
    .select(['label', 'value'])
    .where('chat_id', '=', chatId)
    .orderBy('place')
    .execute()

export async function surveyOf(db: Db | Tx, chatId: ChatId): Promise<SurveyAnswer | undefined> {
  const row = await db
    .selectFrom('chat_surveys')
    .select(['rating', 'comment', 'answered_at'])
    .where('chat_id', '=', chatId)
    .executeTakeFirst()
  return row && { rating: row.rating, comment: row.comment, at: row.answered_at }
}

/** The first answer; undefined when there is one already. */
export const insertSurvey = (tx: Tx, chatId: ChatId, { rating, comment, at }: SurveyAnswer) =>
  tx
    .insertInto('chat_surveys')
    .values({ chat_id: chatId, rating, comment, answered_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .returning('chat_id')
    .executeTakeFirst()

/** Another face, or the comment: as long as there is no comment yet. */
export const changeSurvey = (
  tx: Tx,
  chatId: ChatId,
  { rating, comment }: Pick<SurveyAnswer, 'rating' | 'comment'>,
) =>
  tx
    .updateTable('chat_surveys')
    .set({ rating, comment })
    .where('chat_id', '=', chatId)
    .where('comment', '=', '')
    .returning('chat_id')
    .executeTakeFirst()

/** All of these visitors, oldest chat first: to hand it over. */
export const formsHeldOf = async (db: Db, ids: readonly VisitorId[]) => ({
  answers: await db
    .selectFrom('chat_answers')
    .innerJoin('chats', 'chats.id', 'chat_answers.chat_id')
    .selectAll('chat_answers')
    .where('chats.visitor_id', 'in', ids)
    .orderBy('chats.queued_at')
    .orderBy('chat_answers.place')
    .execute(),
  surveys: await db
    .selectFrom('chat_surveys')
    .innerJoin('chats', 'chats.id', 'chat_surveys.chat_id')
    .selectAll('chat_surveys')
    .where('chats.visitor_id', 'in', ids)
    .orderBy('chats.queued_at')
    .execute(),
})
