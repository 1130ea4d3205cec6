import type { BrandId, BrandInput, BrandView } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import type { Admin } from '../agents/change.ts'
import { knowsBrand } from '../agents/rights.ts'
import type { Brand } from '../directory/directory.ts'
import { newId } from '../ids.ts'
import { notThere, Refusal } from '../refusal.ts'
import type { Tx } from '../store/store.ts'
import { brandView, freeSlug, slugOf } from './brand.ts'
import { makePortal } from './portal-site.ts'

const nameTaken = () =>
  new Refusal('name_taken', 'There is a brand of this name already. Choose another name.')
const slugTaken = () =>
  new Refusal('name_taken', 'Another brand’s portal has this address already. Choose another one.')

export function createBrands({ directory, clock, change }: Admin) {
  return {
    list: (actor: AgentActor): BrandView[] =>
      [...directory.now.brands.values()]
        .filter((brand) => knowsBrand(actor, brand.id))
        .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id))
        .map(brandView),

    one(actor: AgentActor, id: BrandId): BrandView {
      const brand = directory.now.brands.get(id)
      if (!brand || !knowsBrand(actor, id)) throw notThere('brand')
      return brandView(brand)
    },

    /** With its portal, which every brand has; departments and websites follow. */
    async create(actor: AgentActor, input: BrandInput): Promise<BrandView> {
      const id = newId<BrandId>()
      const name = input.name.trim()
      const now = clock.now()
      const fact = { actor, type: 'brand.created', subjectId: id, brandId: id, taken: slugTaken }
      await change({ ...fact, data: { name } }, async (tx) => {
        const others = await refuseTaken(tx, input)
        const slugs = new Set(others.map(({ slug }) => slug))
        await tx
          .insertInto('brands')
          .values({
            id,
            name,
            slug: input.slug ?? freeSlug(slugOf(name), slugs),
            accent: input.accent ?? null,
            logo_text: input.logoText?.trim() || null,
            created_at: now,
          })
          .execute()
        await makePortal(tx, { brandId: id, name: `${name} portal`, now })
      })
      return brandView(found(id))
    },

    async update(actor: AgentActor, id: BrandId, patch: Partial<BrandInput>): Promise<BrandView> {
      found(id)
      const fact = { actor, type: 'brand.changed', subjectId: id, brandId: id, taken: slugTaken }
      await change({ ...fact, data: patch }, async (tx) => {
        await refuseTaken(tx, patch, id)
        const set = {
          ...(patch.name === undefined ? {} : { name: patch.name.trim() }),
          ...(patch.slug === undefined ? {} : { slug: patch.slug }),
          ...(patch.accent === undefined ? {} : { accent: patch.accent }),
          ...(patch.logoText === undefined ? {} : { logo_text: patch.logoText?.trim() || null }),
        }
        if (Object.keys(set).length === 0) return
        await tx.updateTable('brands').set(set).where('id', '=', id).execute()
      })
      return brandView(found(id))
    },

    /** Only an empty one, and never the last: what hangs on a brand keeps it. */
    async remove(actor: AgentActor, id: BrandId): Promise<void> {
      const { name } = found(id)
      const fact = { actor, type: 'brand.deleted', subjectId: id, brandId: id, data: { name } }
      await change(fact, async (tx) => {
        await refuseUsed(tx, id, name)
        const portals = tx.selectFrom('sites').select('id').where('brand_id', '=', id)
        await tx
          .updateTable('sites')
          .set({ main_link_id: null })
          .where('brand_id', '=', id)
          .execute()
        await tx.deleteFrom('links').where('site_id', 'in', portals).execute()
        await tx.deleteFrom('sites').where('brand_id', '=', id).execute()
        await tx.deleteFrom('tags').where('brand_id', '=', id).execute()
        await tx.deleteFrom('brands').where('id', '=', id).execute()
      })
    },
  }

  function found(id: BrandId): Brand {
    const brand = directory.now.brands.get(id)
    if (!brand) throw notThere('brand')
    return brand
  }
}
export type Brands = ReturnType<typeof createBrands>

/** Answers the other brands. */
async function refuseTaken(tx: Tx, wish: Partial<BrandInput>, except?: BrandId) {
  const rows = await tx.selectFrom('brands').select(['id', 'name', 'slug']).execute()
  const others = rows.filter(({ id }) => id !== except)
  const name = wish.name?.trim().toLowerCase()
  if (others.some((one) => one.name.toLowerCase() === name)) throw nameTaken()
  if (others.some((one) => one.slug === wish.slug)) throw slugTaken()
  return others
}

async function refuseUsed(tx: Tx, id: BrandId, name: string): Promise<void> {
  const others = await tx.selectFrom('brands').select('id').where('id', '!=', id).limit(1).execute()
  if (others.length === 0) {
    throw new Refusal('in_use', 'This is the only brand, and everything belongs to one. Rename it.')
  }
  const departments = await tx
    .selectFrom('departments')
    .select('id')
    .where('brand_id', '=', id)
    .limit(1)
    .execute()
  const websites = await tx
    .selectFrom('sites')
    .select('id')
    .where('brand_id', '=', id)
    .where('kind', '=', 'website')
    .limit(1)
    .execute()
  if (departments.length > 0 || websites.length > 0) {
    throw new Refusal('in_use', `${name} has departments or websites. Delete those first.`)
  }
  const visitors = await tx
    .selectFrom('visitors')
    .select('id')
    .where('brand_id', '=', id)
    .limit(1)
    .execute()
  if (visitors.length > 0) {
    throw new Refusal('in_use', `${name} has had visitors, and their record names it. It stays.`)
  }
}
