import { BrandView } from '@beckon/protocol'
import { knowsBrand } from '../agents/rights.ts'
import type { Directory } from '../directory/directory.ts'
import { type Api, actorOf, listOf } from '../http/api.ts'

export function brandRoutes(api: Api, deps: { directory: Directory }): void {
  api.get(
    '/brands',
    {
      config: { who: 'signed-in' },
      schema: {
        tags: ['Brands'],
        summary: 'Brands you work in',
        response: { 200: listOf(BrandView) },
      },
    },
    async (request) => {
      const actor = actorOf(request)
      const items = [...deps.directory.now.brands.values()]
        .filter((brand) => knowsBrand(actor, brand.id))
        .map(({ id, name, slug }) => ({ id, name, slug }))
      return { items }
    },
  )
}
