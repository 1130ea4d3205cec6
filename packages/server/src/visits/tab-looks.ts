import type { Looks } from './looks.ts'
import type { Signals } from './signals.ts'
import type { Tab } from './tab.ts'

export type TabLooks = ReturnType<typeof createTabLooks>

/** How a page and its live chat links look: told to its tab when that is something else than before. */
export function createTabLooks({
  looks,
  signals,
}: {
  looks: Looks
  signals: Pick<Signals, 'links'>
}) {
  return {
    sayLook(tab: Tab): void {
      const look = looks.look(tab.siteId, tab.links, tab.visit.row.language)
      if (look === tab.look) return
      tab.look = look
      tab.say({ type: 'look', look })
    },

    /** The page has these live chat links, and wants to be told how they look, now and from then on. */
    askLinks(tab: Tab, ids: readonly string[]): void {
      tab.askedLinks = ids
      signals.links(tab.siteId, ids)
      tab.faces = looks.faces(tab.siteId, ids, readerOf(tab))
      tab.say({ type: 'links', links: tab.faces })
    },

    sayFaces(tab: Tab): void {
      const faces = looks.faces(tab.siteId, tab.askedLinks, readerOf(tab))
      if (tab.askedLinks.every((id) => faces[id] === tab.faces[id])) return
      tab.faces = faces
      tab.say({ type: 'links', links: faces })
    },
  }
}

const readerOf = ({ visit, look }: Tab) => ({ language: visit.row.language, look })
