import {
  type BrandId,
  DEFAULT_STYLE,
  type LinkId,
  type SiteId,
  type Timestamp,
} from '@beckon/protocol'
import { newId } from '../ids.ts'
import { newSiteKey } from '../sites/sites.ts'
import type { Tx } from '../store/store.ts'

/**
 * A brand's portal with its live chat link: a place to ask, so its pages show a chat button from
 * the start. They come from the server itself, which needs no rule to be allowed.
 */
export async function makePortal(
  tx: Tx,
  { brandId, name, now }: { brandId: BrandId; name: string; now: Timestamp },
): Promise<void> {
  const id = newId<SiteId>()
  const linkId = newId<LinkId>()
  await tx
    .insertInto('sites')
    .values({
      id,
      brand_id: brandId,
      kind: 'portal',
      name,
      key: newSiteKey(),
      origins: '[]',
      privacy: 'returning',
      ip_mode: 'masked',
      language: 'en',
      main_link_id: null,
      color: 1,
      off: 0,
      created_at: now,
    })
    .execute()
  await tx
    .insertInto('links')
    .values({
      id: linkId,
      site_id: id,
      name: 'Portal',
      type: 'button',
      style: JSON.stringify(DEFAULT_STYLE),
      created_at: now,
    })
    .execute()
  await tx.updateTable('sites').set({ main_link_id: linkId }).where('id', '=', id).execute()
}
