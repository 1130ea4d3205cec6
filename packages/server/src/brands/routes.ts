import { type BrandId, BrandInput, BrandView } from '@beckon/protocol'
import type { Api } from '../http/api.ts'
import { collectionRoutes } from '../http/collection.ts'
import type { Brands } from './brands.ts'

export function brandRoutes(api: Api, { brands }: { brands: Brands }): void {
  collectionRoutes<BrandId, typeof BrandInput, typeof BrandView>(api, {
    path: '/brands',
    tag: 'Brands',
    input: BrandInput,
    view: BrandView,
    says: {
      list: 'Brands you work in',
      one: 'One brand',
      add: { summary: 'Add a brand', description: 'Makes its portal.' },
      change: 'Rename a brand or change the look of its portal',
      delete: 'Delete a brand that nothing belongs to',
    },
    things: brands,
    change: (actor, id, patch) => brands.update(actor, id, patch),
  })
}
