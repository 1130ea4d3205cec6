import { DEFAULT_STYLE, type LinkFace, type LinkId, type Look, type SiteId } from '@beckon/protocol'
import { themesOf } from '@beckon/protocol/theme'
import type { Directory, Link, Site } from '../directory/directory.ts'
import { type Asked, faceOf, lookOf } from '../links/look.ts'

/** The site has been deleted under the page. */
const NOWHERE: Look = {
  style: DEFAULT_STYLE,
  themes: themesOf(DEFAULT_STYLE),
  launcher: false,
  online: false,
  siteName: '',
}

/**
 * Style and launcher of a page (S33–S36): the first visible live chat link that belongs to the
 * site, else the site's main link, else the default button. Only a main link is drawn by the
 * snippet itself. The same object for the same answer, so tabs notice a change by reference.
 */
export function createLooks(directory: Directory) {
  let looks = new Map<string, Look>()
  let faces = new Map<string, LinkFace>()
  let ask: Asked = () => ({ online: false })
  const forget = () => {
    looks = new Map()
    faces = new Map()
  }
  directory.onChange(forget)

  const linkAt = (site: Site, id: string | null): Link | undefined => {
    const link = id === null ? undefined : directory.now.links.get(id as LinkId)
    return link?.siteId === site.id ? link : undefined
  }

  return {
    forget,
    provideFace(provider: Asked) {
      ask = provider
      forget()
    },

    look(siteId: SiteId, links: readonly string[]): Look {
      const site = directory.now.sites.get(siteId)
      if (!site) return NOWHERE
      const shown = links.map((id) => linkAt(site, id)).find(Boolean)
      const key = `${siteId} ${shown?.id ?? ''}`
      const known = looks.get(key)
      if (known) return known
      const main = linkAt(site, site.mainLinkId)
      const look = lookOf({ site, shown, main }, directory.now, ask)
      looks.set(key, look)
      return look
    },

    /** The faces of those links that are the site's, by id. */
    faces(siteId: SiteId, ids: readonly string[]): Record<string, LinkFace> {
      const site = directory.now.sites.get(siteId)
      const found: Record<string, LinkFace> = {}
      if (!site) return found
      for (const id of ids) {
        const link = linkAt(site, id)
        if (!link) continue
        const face = faces.get(id) ?? faceOf(site, link, directory.now, ask)
        faces.set(id, face)
        found[id] = face
      }
      return found
    },
  }
}
export type Looks = ReturnType<typeof createLooks>
