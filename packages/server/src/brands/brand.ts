import type { BrandId } from '@beckon/protocol'
import type { Picture } from '../directory/directory.ts'
import { Refusal } from '../refusal.ts'

/** The brand a new thing belongs to: the one named, or the only one there is. */
export function brandFor(named: BrandId | undefined, picture: Pick<Picture, 'brands'>): BrandId {
  const [first, second] = picture.brands.keys()
  const id = named ?? (second === undefined ? first : undefined)
  if (id !== undefined && picture.brands.has(id)) return id
  throw new Refusal('bad_input', 'brandId must name one of the brands (GET /api/v1/brands).')
}
