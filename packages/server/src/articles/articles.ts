import {
  type ArticleFound,
  type ArticleId,
  type ArticleInput,
  type ArticleView,
  type ChatId,
  LIMITS,
} from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { knowsBrand, mayWriteArticles } from '../agents/rights.ts'
import { brandFor, freeSlug, slugOf } from '../brands/brand.ts'
import { chatVisibleTo } from '../chats/access.ts'
import type { Directory } from '../directory/directory.ts'
import { newId } from '../ids.ts'
import { notThere, Refusal } from '../refusal.ts'
import {
  type ArticleRow,
  articleById,
  articlesOf,
  deleteArticle,
  insertArticle,
  slugsOf,
  updateArticle,
} from '../store/article-rows.ts'
import { insertEvent } from '../store/event-rows.ts'
import type { Store, Tx } from '../store/store.ts'
import { isTaken } from '../store/taken.ts'
import type { Clock } from '../time/clock.ts'
import type { VisitorActor } from '../visits/presence.ts'
import { articlePath, type Library } from './library.ts'

const taken = () =>
  new Refusal('name_taken', 'Another article has this address already. Choose another one.')

/** Help articles: whoever works in a brand reads them, its managers and administrators write. */
export function createArticles(deps: {
  store: Store
  directory: Directory
  clock: Clock
  library: Library
  baseUrl(): string
}) {
  const { store, directory, clock, library, baseUrl } = deps

  function view(row: ArticleRow): ArticleView {
    const brand = directory.now.brands.get(row.brand_id)
    return {
      id: row.id,
      brandId: row.brand_id,
      slug: row.slug,
      title: row.title,
      lead: row.lead,
      body: row.body,
      published: row.published === 1,
      url: brand ? `${baseUrl()}${articlePath(brand, row.slug)}` : '',
      changedAt: row.changed_at,
    }
  }

  const brandsOf = (actor: AgentActor) => ({
    brands: new Map([...directory.now.brands].filter(([id]) => knowsBrand(actor, id))),
  })

  async function writable(tx: Tx, actor: AgentActor, id: ArticleId): Promise<ArticleRow> {
    const row = await articleById(tx, id)
    if (!row || !knowsBrand(actor, row.brand_id)) throw notThere('article')
    mustWrite(actor, row)
    return row
  }

  /** The change and its event; an address that is taken says so, whoever was first. */
  async function change<T extends ArticleRow>(
    actor: AgentActor,
    type: string,
    work: (tx: Tx) => Promise<T>,
  ): Promise<T> {
    const row = await store
      .commit(async (tx) => {
        const done = await work(tx)
        await insertEvent(tx, {
          type,
          at: clock.now(),
          brandId: done.brand_id,
          subjectId: done.id,
          by: { kind: 'agent', id: actor.agentId },
          data: { title: done.title },
        })
        return done
      })
      .catch((error: unknown) => {
        throw isTaken(error) ? taken() : error
      })
    library.forget(row.brand_id)
    return row
  }

  return {
    async list(actor: AgentActor): Promise<ArticleView[]> {
      const brands = [...brandsOf(actor).brands.keys()]
      if (brands.length === 0) return []
      return (await store.read((db) => articlesOf(db, brands))).map(view)
    },

    async one(actor: AgentActor, id: ArticleId): Promise<ArticleView> {
      const row = await store.read((db) => articleById(db, id))
      if (!row || !knowsBrand(actor, row.brand_id)) throw notThere('article')
      return view(row)
    },

    async create(actor: AgentActor, input: ArticleInput): Promise<ArticleView> {
      const brandId = brandFor(input.brandId, brandsOf(actor))
      mustWrite(actor, { brand_id: brandId })
      const now = clock.now()
      const row = await change(actor, 'article.created', async (tx) => {
        const slugs = await slugsOf(tx, brandId)
        if (slugs.size >= LIMITS.articles) throw tooMany()
        const made: ArticleRow = {
          id: newId(),
          brand_id: brandId,
          slug: input.slug ?? freeSlug(slugOf(input.title), slugs),
          title: input.title.trim(),
          lead: (input.lead ?? '').trim(),
          body: input.body,
          published: input.published ? 1 : 0,
          created_at: now,
          changed_at: now,
        }
        await insertArticle(tx, made)
        return made
      })
      return view(row)
    },

    async update(
      actor: AgentActor,
      id: ArticleId,
      patch: Partial<ArticleInput>,
    ): Promise<ArticleView> {
      const row = await change(actor, 'article.changed', async (tx) => {
        const before = await writable(tx, actor, id)
        const set = {
          ...(patch.title !== undefined && { title: patch.title.trim() }),
          ...(patch.lead !== undefined && { lead: patch.lead.trim() }),
          ...(patch.body !== undefined && { body: patch.body }),
          ...(patch.slug !== undefined && { slug: patch.slug }),
          ...(patch.published !== undefined && ({ published: patch.published ? 1 : 0 } as const)),
          changed_at: clock.now(),
        }
        await updateArticle(tx, id, set)
        return { ...before, ...set }
      })
      return view(row)
    },

    async remove(actor: AgentActor, id: ArticleId): Promise<void> {
      await change(actor, 'article.deleted', async (tx) => {
        const row = await writable(tx, actor, id)
        await deleteArticle(tx, id)
        return row
      })
    },

    visitorDoors: {
      'articles.ask': async (actor: VisitorActor, { text }: { text: string }): Promise<void> => {
        const brand = directory.now.brands.get(actor.brandId)
        const found = brand ? await library.suggest(brand, text, baseUrl()) : []
        actor.say({ type: 'articles', found })
      },
    },

    /** What may answer a chat’s first question, for the agent beside it. */
    async forChat(actor: AgentActor, chatId: ChatId): Promise<ArticleFound[]> {
      const { brandId, question } = await store.read(async (db) => {
        const chat = await chatVisibleTo(db, { actor, picture: directory.now }, chatId)
        const first = await db
          .selectFrom('messages')
          .select('text')
          .where('chat_id', '=', chatId)
          .where('sender', '=', 'visitor')
          .orderBy('seq')
          .limit(1)
          .executeTakeFirst()
        return { brandId: chat.brand_id, question: first?.text }
      })
      const brand = directory.now.brands.get(brandId)
      return brand && question ? library.suggest(brand, question, baseUrl()) : []
    },
  }
}
export type Articles = ReturnType<typeof createArticles>

function mustWrite(actor: AgentActor, { brand_id }: Pick<ArticleRow, 'brand_id'>): void {
  if (mayWriteArticles(actor, brand_id)) return
  throw new Refusal('not_allowed', 'Managers and administrators write articles. Ask one of yours.')
}

const tooMany = () =>
  new Refusal(
    'too_many_articles',
    `There are ${LIMITS.articles} articles already. Delete one first.`,
  )
