import { DEFAULT_STYLE, type Look, type SiteId } from '@beckon/protocol'
import { themesOf } from '@beckon/protocol/theme'
import type { Directory } from '../directory/directory.ts'

/**
 * Style and launcher of a page (S33–S36): the first visible live chat link that belongs to the
 * site, else the site's main link, else the default button. Only a main link is drawn by the
 * snippet itself. The same object for the same answer, so tabs notice a change by reference.
 */
export function createLooks(directory: Directory) {
  let cache = new Map<string, Look>()
  let online: (siteId: SiteId) => boolean = () => false
  const forget = () => {
    cache = new Map()
  }
  directory.onChange(forget)
  return {
    forget,
    provideOnline(provider: (siteId: SiteId) => boolean) {
      online = provider
      forget()
    },
    look(siteId: SiteId, links: readonly string[]): Look {
      const { sites, links: all } = directory.now
      const site = sites.get(siteId)
      const shown = links.find((id) => all.get(id as never)?.siteId === siteId)
      const key = `${siteId} ${shown ?? ''}`
      const known = cache.get(key)
      if (known) return known
      const main = site?.mainLinkId ? all.get(site.mainLinkId) : undefined
      const link = shown === undefined ? main : all.get(shown as never)
      const style = link?.style ?? DEFAULT_STYLE
      const look: Look = {
        style,
        themes: themesOf(style),
        launcher: main !== undefined && main.siteId === siteId,
        online: online(siteId),
        siteName: site?.name ?? '',
        ...(site?.showPrivacy && { privacy: true }),
      }
      cache.set(key, look)
      return look
    },
  }
}
export type Looks = ReturnType<typeof createLooks>
