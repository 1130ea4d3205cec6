import type { BrandId, LinkInput, LinkType, SiteId } from '@beckon/protocol'
import { refusedInCss } from '@beckon/protocol/link-css'
import { inkContrast, TEXT_NEEDS } from '@beckon/protocol/theme'
import type { Picture } from '../directory/directory.ts'
import { Refusal } from '../refusal.ts'
import type { Tx } from '../store/store.ts'

/* What a link may not be, each with its own sentence (C1). */

/** Drawn at the edge of the page by the snippet itself. */
export const mayBeMain = (type: LinkType): boolean => type === 'button' || type === 'tab'

export function refuseBadLink(
  { style, css, offline, departmentIds }: Partial<LinkInput>,
  { departments }: Pick<Picture, 'departments'>,
  brandId: BrandId,
): void {
  const ratio = style ? inkContrast(style) : TEXT_NEEDS
  if (ratio < TEXT_NEEDS) {
    throw new Refusal(
      'contrast_too_low',
      `The text cannot be read on ${style?.accent}: ${ratio.toFixed(1)} : 1 where 4.5 : 1 is needed. Choose another colour, or the other colour of text.`,
    )
  }
  const refused = refusedInCss(css ?? '')
  if (refused) {
    throw new Refusal(
      'css_refused',
      `The CSS has ${refused}, which would fetch something into the visitor’s page. Take it out.`,
      { refused },
    )
  }
  if (offline?.do === 'url' && !isWebAddress(offline.url)) {
    throw new Refusal('bad_input', 'The offline address begins with http:// or https://.')
  }
  if (departmentIds?.some((id) => departments.get(id)?.brandId !== brandId)) {
    throw new Refusal('bad_input', 'A link offers departments of its own brand only.')
  }
}

function isWebAddress(text: string): boolean {
  try {
    return /^https?:$/.test(new URL(text).protocol)
  } catch {
    return false
  }
}

export async function refuseForeignImages(
  tx: Tx,
  siteId: SiteId,
  images: LinkInput['images'],
): Promise<void> {
  const ids = Object.values(images ?? {}).filter((id) => id !== null)
  if (ids.length === 0) return
  const known = await tx
    .selectFrom('images')
    .select('id')
    .where('site_id', '=', siteId)
    .where('id', 'in', ids)
    .execute()
  if (known.length < new Set(ids).size) {
    throw new Refusal('bad_input', 'A picture has to be uploaded for the link’s own site first.')
  }
}
