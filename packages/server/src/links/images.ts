import {
  IMAGE_BYTES,
  type ImageId,
  type ImageInput,
  type ImageView,
  type SiteId,
} from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import type { Admin } from '../agents/change.ts'
import { newId } from '../ids.ts'
import { Refusal } from '../refusal.ts'
import type { Store, Tx } from '../store/store.ts'
import { days } from '../time/clock.ts'
import { imageFacts } from './image.ts'

/** What no screen shows sharper; beyond it a small file may unfold into a very large picture. */
const MOST_PIXELS = 2_000
/** Uploaded for a draft that was never published. */
const UNUSED_KEPT = days(7)

/** Pictures of links: small, checked by what stands in them, and there for everybody. */
export function createImages({ directory, clock, change }: Admin) {
  return {
    async add(actor: AgentActor, { siteId, data }: ImageInput): Promise<ImageView> {
      const site = directory.now.sites.get(siteId)
      if (!site) throw new Refusal('bad_input', 'siteId names no site.')
      const bytes = Buffer.from(data, 'base64')
      if (bytes.length > IMAGE_BYTES) {
        throw new Refusal('image_refused', 'The picture is larger than 100 KB. Make it smaller.')
      }
      const facts = imageFacts(bytes)
      if (!facts) {
        throw new Refusal('image_refused', 'This is no PNG, JPEG, WebP or GIF picture.')
      }
      const { type, width, height } = facts
      if (Math.max(width, height) > MOST_PIXELS) {
        throw new Refusal(
          'image_refused',
          `The picture is ${width} × ${height}. It may be 2,000 pixels wide and high.`,
        )
      }
      const id = newId<ImageId>()
      const fact = { actor, type: 'image.added', subjectId: id, brandId: site.brandId }
      await change({ ...fact, data: { siteId, type, width, height } }, async (tx) => {
        await dropUnused(tx, siteId, clock.now() - UNUSED_KEPT)
        await tx
          .insertInto('images')
          .values({
            id,
            site_id: siteId,
            type,
            width,
            height,
            data: bytes.toString('base64'),
            created_at: clock.now(),
          })
          .execute()
      })
      return { id, siteId, width, height }
    },
  }
}

export type Images = ReturnType<typeof createImages>

export async function readImage(store: Store, id: ImageId) {
  const row = await store.read((db) =>
    db.selectFrom('images').select(['type', 'data']).where('id', '=', id).executeTakeFirst(),
  )
  return row && { type: row.type, bytes: Buffer.from(row.data, 'base64') }
}

/** Pictures that no link of the site has, and that were not uploaded just now. */
async function dropUnused(tx: Tx, siteId: SiteId, before: number): Promise<void> {
  const links = await tx
    .selectFrom('links')
    .select('images')
    .where('site_id', '=', siteId)
    .where('images', 'is not', null)
    .execute()
  const used = links.flatMap(({ images }) =>
    Object.values(JSON.parse(images ?? '{}') as Record<string, ImageId | null>),
  )
  await tx
    .deleteFrom('images')
    .where('site_id', '=', siteId)
    .where('created_at', '<', before)
    .where('id', 'not in', used.filter((id) => id !== null).concat('' as ImageId))
    .execute()
}
