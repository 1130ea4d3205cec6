import type { ArticleId, BrandId, Timestamp } from '@beckon/protocol'
import type { Selectable, Updateable } from 'kysely'
import type { Flag } from './database.ts'
import type { Db, Tx } from './store.ts'

export type ArticleTables = {
  /** Help on a brand's portal; the body is Markdown. */
  articles: {
    id: ArticleId
    brand_id: BrandId
    /** Last part of its address; no two of a brand are the same. */
    slug: string
    title: string
    lead: string
    body: string
    published: Flag
    created_at: Timestamp
    changed_at: Timestamp
  }
}
export type ArticleRow = Selectable<ArticleTables['articles']>

export const articlesOf = (db: Db, brandIds: readonly BrandId[]): Promise<ArticleRow[]> =>
  db
    .selectFrom('articles')
    .selectAll()
    .where('brand_id', 'in', brandIds)
    .orderBy('title')
    .orderBy('id')
    .execute()

export const articleById = (db: Db | Tx, id: ArticleId): Promise<ArticleRow | undefined> =>
  db.selectFrom('articles').selectAll().where('id', '=', id).executeTakeFirst()

export const insertArticle = (tx: Tx, row: ArticleRow) =>
  tx.insertInto('articles').values(row).execute()

export const updateArticle = (
  tx: Tx,
  id: ArticleId,
  change: Updateable<ArticleTables['articles']>,
) => tx.updateTable('articles').set(change).where('id', '=', id).execute()

export const deleteArticle = (tx: Tx, id: ArticleId) =>
  tx.deleteFrom('articles').where('id', '=', id).execute()

export const slugsOf = async (tx: Tx, brandId: BrandId): Promise<Set<string>> => {
  const rows = await tx
    .selectFrom('articles')
    .select('slug')
    .where('brand_id', '=', brandId)
    .execute()
  return new Set(rows.map(({ slug }) => slug))
}
