import type { PageTrail, PastVisit, Tag, VisitId, VisitorId } from '@beckon/protocol'
import { Type } from 'typebox'
import { seesBrand } from '../agents/rights.ts'
import { type Api, actorOf, idParams } from '../http/api.ts'
import type { Store } from '../store/store.ts'
import { tagsOfBrands } from '../store/visitor-rows.ts'
import type { PastVisits } from './past-visits.ts'

const Query = Type.Object(
  {
    before: Type.Optional(Type.String({ maxLength: 100 })),
    limit: Type.Optional(Type.String({ pattern: '^([1-9]\\d?|100)$' })),
  },
  { additionalProperties: false },
)
// The wire types of visits are types only: what leaves here is built from rows, field by field.
const Past = Type.Unsafe<PastVisit>({ type: 'object', additionalProperties: true })
const Trail = Type.Unsafe<PageTrail>({ type: 'object', additionalProperties: true })
const BrandTag = Type.Unsafe<Tag & { brandId: string }>({
  type: 'object',
  additionalProperties: true,
})

export function visitorRoutes(api: Api, deps: { store: Store; pastVisits: PastVisits }): void {
  const config = { who: 'signed-in' } as const
  const tags = ['Visitors']
  api.get(
    '/visitors/:id/visits',
    {
      config,
      schema: {
        tags,
        summary: 'Visits of a visitor, newest first',
        description:
          'As far back as visits are kept. Pass “next” as “before” for the following page.',
        params: idParams<VisitorId>(),
        querystring: Query,
        response: {
          200: Type.Object({
            items: Type.Array(Past),
            total: Type.Integer(),
            next: Type.Union([Type.String(), Type.Null()]),
          }),
        },
      },
    },
    async (request) => {
      const { before, limit } = request.query
      return deps.pastVisits.list(actorOf(request), request.params.id, {
        before,
        limit: Number(limit ?? 20),
      })
    },
  )
  api.get(
    '/visits/:id/pages',
    {
      config,
      schema: {
        tags,
        summary: 'Pages of a visit, oldest first',
        description: 'All of them, or of many the first and the last, with how many there were.',
        params: idParams<VisitId>(),
        response: { 200: Trail },
      },
    },
    async (request) => deps.pastVisits.trail(actorOf(request), request.params.id),
  )
  api.get(
    '/tags',
    {
      config,
      schema: {
        tags,
        summary: 'Tags of the brands you work in, by name',
        response: { 200: Type.Object({ items: Type.Array(BrandTag) }) },
      },
    },
    async (request) => {
      const actor = actorOf(request)
      const brandIds = [...actor.brandIds].filter((id) => seesBrand(actor, id))
      const found = await deps.store.read((db) => tagsOfBrands(db, brandIds))
      return {
        items: found.map(({ id, name, tint, brand_id }) => ({ id, name, tint, brandId: brand_id })),
      }
    },
  )
}
