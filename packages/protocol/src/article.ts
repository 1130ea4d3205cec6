import { type Static, Type } from 'typebox'
import { type ArticleId, type BrandId, Id } from './ids.ts'
import { LIMITS } from './limits.ts'

/* Help articles of a brand's portal, as REST shows and takes them. The body is Markdown, never HTML. */

const strict = { additionalProperties: false } as const

const fields = {
  title: Type.String({ minLength: 1, maxLength: LIMITS.articleTitle, pattern: '\\S' }),
  /** One sentence under the title, and beside it in lists. */
  lead: Type.String({ maxLength: LIMITS.articleLead }),
  body: Type.String({ minLength: 1, maxLength: LIMITS.articleCharacters, pattern: '\\S' }),
  /** Only published ones are on the portal and are suggested. */
  published: Type.Boolean(),
}

export const ArticleInput = Type.Object(
  {
    ...fields,
    lead: Type.Optional(fields.lead),
    published: Type.Optional(fields.published),
    /** Last part of its address; made from the title where it is left out. */
    slug: Type.Optional(Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 80 })),
    /** Which brand, where there are several. Never changed later. */
    brandId: Type.Optional(Id<BrandId>()),
  },
  strict,
)
export type ArticleInput = Static<typeof ArticleInput>

export const ArticleView = Type.Object({
  ...fields,
  id: Id<ArticleId>(),
  brandId: Id<BrandId>(),
  slug: Type.String(),
  /** Where visitors read it, once it is published. */
  url: Type.String(),
  changedAt: Type.Integer(),
})
export type ArticleView = Static<typeof ArticleView>

type ArticleTag =
  | ('p' | 'h2' | 'h3' | 'h4' | 'ul' | 'ol' | 'li' | 'blockquote' | 'pre' | 'hr' | 'br')
  | ('table' | 'thead' | 'tbody' | 'tr' | 'th' | 'td')
  | ('strong' | 'em' | 's' | 'code' | 'a')

/** A body as it is shown: text, and elements with nothing but what is named here. */
export type ArticleNode =
  | string
  | {
      tag: ArticleTag
      /** Of a link: to the web, mail, a telephone, or within the portal. */
      href?: string
      /** Of a numbered list, where it does not begin with 1. */
      start?: number
      inner: ArticleNode[]
    }

/** An article that may answer a question. */
export const ArticleFound = Type.Object({
  title: Type.String(),
  lead: Type.String(),
  url: Type.String(),
})
export type ArticleFound = Static<typeof ArticleFound>
