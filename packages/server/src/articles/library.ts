import type { ArticleFound, BrandId, Timestamp } from '@beckon/protocol'
import { type ArticleRow, articlesOf } from '../store/article-rows.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from '../time/clock.ts'
import { plainText } from './markdown.ts'
import { createShelf, type Shelf } from './shelf.ts'
import { SHIPPED_ARTICLES } from './shipped.ts'

/** What of an article visitors read. */
export type Published = Pick<ArticleRow, 'slug' | 'title' | 'lead' | 'body'>

/** How long another node’s change may take to be seen here; this one’s are seen at once. */
const FRESH_MS = 5_000

type Kept = {
  at: Timestamp
  articles: readonly Published[]
  shelf: Shelf<Published>
  /** They are the brand's, not those that come with Beckon. */
  own: boolean
}

/** Published articles of each brand, read when somebody asks and kept for a moment. */
export function createLibrary({ store, clock }: { store: Store; clock: Clock }) {
  const kept = new Map<BrandId, Promise<Kept>>()

  async function read(brandId: BrandId): Promise<Kept> {
    const rows = await store.read((db) => articlesOf(db, [brandId]))
    const own = rows.filter(({ published }) => published === 1)
    const articles: readonly Published[] = own.length > 0 ? own : SHIPPED_ARTICLES
    const shelf = createShelf(articles, ({ title, lead, body }) => ({
      title,
      lead,
      text: plainText(body),
    }))
    return { at: clock.now(), articles, shelf, own: own.length > 0 }
  }

  async function of(brandId: BrandId): Promise<Kept> {
    const known = await kept.get(brandId)
    if (known && clock.now() - known.at < FRESH_MS) return known
    const fresh = read(brandId)
    kept.set(brandId, fresh)
    fresh.catch(() => kept.delete(brandId))
    return fresh
  }

  return {
    async published(brandId: BrandId): Promise<readonly Published[]> {
      return (await of(brandId)).articles
    },
    async search(brandId: BrandId, asked: string): Promise<Published[]> {
      return (await of(brandId)).shelf.search(asked)
    },
    /** Which of the brand's own may answer a question, with where they are read. */
    async suggest(
      brand: { id: BrandId; slug: string },
      question: string,
      base: string,
    ): Promise<ArticleFound[]> {
      const { shelf, own } = await of(brand.id)
      if (!own) return []
      return shelf.suggest(question).map(({ slug, title, lead }) => ({
        title,
        lead,
        url: `${base}${articlePath(brand, slug)}`,
      }))
    },
    forget: (brandId: BrandId): void => void kept.delete(brandId),
  }
}
export type Library = ReturnType<typeof createLibrary>

export const articlePath = (brand: { slug: string }, slug: string): string =>
  `/portal/${brand.slug}/help/${slug}`
