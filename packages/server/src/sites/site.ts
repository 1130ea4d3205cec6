import type { SiteView } from '@beckon/protocol'
import type { Site } from '../directory/directory.ts'

/** Attributes hold a key of ours and an address of the operator's: neither can end them. */
const attribute = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;')

export const snippetOf = (site: Pick<Site, 'key'>, base: string): string =>
  `<script async src="${attribute(base)}/beckon.js" data-site="${attribute(site.key)}"></script>`

export const siteView = (
  site: Site,
  { base, lastHitAt }: { base: string; lastHitAt: number | null },
): SiteView => ({
  id: site.id,
  brandId: site.brandId,
  kind: site.kind,
  name: site.name,
  key: site.key,
  snippet: snippetOf(site, base),
  origins: [...site.origins],
  privacy: site.privacy,
  ipMode: site.ipMode,
  language: site.language,
  visitorLanguage: site.visitorLanguage,
  mainLinkId: site.mainLinkId,
  color: site.color,
  off: site.off,
  queryKeys: site.queryKeys && [...site.queryKeys],
  showPrivacy: site.showPrivacy,
  showTyping: site.showTyping,
  lastHitAt,
})

export const SITE_COLOURS = 8
