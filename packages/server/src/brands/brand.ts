import type { BrandId, BrandView } from '@beckon/protocol'
import type { Brand, Picture } from '../directory/directory.ts'
import { Refusal } from '../refusal.ts'

/** The brand a new thing belongs to: the one named, or the only one there is. */
export function brandFor(named: BrandId | undefined, picture: Pick<Picture, 'brands'>): BrandId {
  const [first, second] = picture.brands.keys()
  const id = named ?? (second === undefined ? first : undefined)
  if (id !== undefined && picture.brands.has(id)) return id
  throw new Refusal('bad_input', 'brandId must name one of the brands (GET /api/v1/brands).')
}

export const brandView = ({ id, name, slug, accent, logoText }: Brand): BrandView => ({
  id,
  name,
  slug,
  accent,
  logoText,
})

/** “Zoë & Söhne” → `zoe-sohne`: the name's part of an address. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 30)
    .replace(/^-+|-+$/g, '') || 'brand'

/** The first of `shop`, `shop-2`, `shop-3` … that nobody has. */
export function freeSlug(wish: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wish)) return wish
  for (let at = 2; ; at++) if (!taken.has(`${wish}-${at}`)) return `${wish}-${at}`
}
