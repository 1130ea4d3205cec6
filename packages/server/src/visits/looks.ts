import {
  DEFAULT_STYLE,
  type LanguageCode,
  type LinkFace,
  type LinkId,
  type Look,
  languageFor,
  type SiteId,
  spoken,
  styleIn,
} from '@beckon/protocol'
import { themesOf } from '@beckon/protocol/theme'
import type { Directory, Link, Site } from '../directory/directory.ts'
import { type Asked, faceOf, lookOf } from '../links/look.ts'
import { pageLanguage } from '../links/page-language.ts'

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
  const looks = createAnswers<Look>()
  const faces = createAnswers<LinkFace>()
  let ask: Asked = () => ({ online: false })
  const forget = () => {
    looks.doubt()
    faces.doubt()
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

    /** `language` is what the browser asks for. */
    look(siteId: SiteId, links: readonly string[], language?: string): Look {
      const site = directory.now.sites.get(siteId)
      if (!site) return NOWHERE
      const shown = links.map((id) => linkAt(site, id)).find(Boolean)
      const main = linkAt(site, site.mainLinkId)
      const code = pageLanguage(site, shown ?? main, [language])
      return looks.of(`${siteId} ${shown?.id ?? ''} ${code ?? ''}`, () => {
        return spoken(lookOf({ site, shown, main }, directory.now, ask), code)
      })
    },

    /** The faces of those links that are the site's, by id: for a browser, on a page of this look. */
    faces(
      siteId: SiteId,
      ids: readonly string[],
      { language, look: page }: Reader,
    ): Record<string, LinkFace> {
      const site = directory.now.sites.get(siteId)
      const found: Record<string, LinkFace> = {}
      if (!site) return found
      for (const id of ids) {
        const link = linkAt(site, id)
        if (!link) continue
        const code = pageLanguage(site, link, [language])
        found[id] = faces.of(`${id} ${code ?? ''} ${page?.language ?? ''}`, () =>
          inLanguage(faceOf(site, link, directory.now, ask), { code, page }),
        )
      }
      return found
    },
  }
}
type Reader = { language: string | undefined; look: Look | undefined }

/** Its own words are in its own language; what it opens speaks as the page does. */
function inLanguage(
  face: LinkFace,
  { code, page }: { code: LanguageCode | undefined; page: Look | undefined },
): LinkFace {
  const { language: _, words: __, ...look } = spoken(face.look, code)
  const { language, words } = page ?? {}
  const { greeting } = styleIn(face.look.style, languageFor([language]))
  return {
    ...face,
    look: {
      ...look,
      style: { ...look.style, greeting },
      ...(language && words && { language, words }),
    },
  }
}

export type Looks = ReturnType<typeof createLooks>

/** Answers that may be worked out again; one that has not changed stays the same object. */
function createAnswers<T extends object>() {
  const held = new Map<string, { value: T; json: string; sure: boolean }>()
  return {
    of(key: string, workOut: () => T): T {
      const before = held.get(key)
      if (before?.sure) return before.value
      const fresh = workOut()
      const json = JSON.stringify(fresh)
      const value = before?.json === json ? before.value : fresh
      held.set(key, { value, json, sure: true })
      return value
    },
    doubt(): void {
      for (const answer of held.values()) answer.sure = false
    },
  }
}
