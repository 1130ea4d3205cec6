import type { PageTrail, PastVisit, Tag, VisitId, VisitorId } from '@beckon/protocol'
import { Type } from 'typebox'
import { seesBrand } from '../agents/rights.ts'
import { type Api, actorOf, idParams } from '../http/api.ts'
import type { Store } from '../store/store.ts'
import { tagsOfBrands } from '../store/visitor-rows.ts'
import type { Erasure, Held } from './erasure.ts'
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

const Everything = Type.Unsafe<Held>({ type: 'object', additionalProperties: true })

export function visitorRoutes(
  api: Api,
  deps: { store: Store; pastVisits: PastVisits; erasure: Erasure },
): void {
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
    '/visitors/:id/export',
    {
      config,
      schema: {
        tags,
        summary: 'Everything held about a visitor, to hand over',
        description:
          'For managers of the brand and administrators. With every browser of the same verified person.',
        params: idParams<VisitorId>(),
        response: { 200: Everything },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const held = await deps.erasure.held(actorOf(request), id)
      return reply
        .header('content-disposition', `attachment; filename="visitor-${held.visitorId}.json"`)
        .send(held)
    },
  )
  api.delete(
    '/visitors/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Erase a visitor: visits, pages, chats, invitations, notes and all else',
        description:
          'For managers of the brand and administrators. Their connections end, and the browser’s token is void. With every browser of the same verified person.',
        params: idParams<VisitorId>(),
        response: {
          200: Type.Object({
            visitors: Type.Integer(),
            visits: Type.Integer(),
            invitations: Type.Integer(),
            chats: Type.Integer(),
          }),
        },
      },
    },
    async (request) => deps.erasure.erase(actorOf(request), request.params.id),
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
