import type { SiteInput, SiteView } from '@beckon/protocol'
import { linesOf, originsIn } from './origin-lines.ts'

/** A site as its page edits it; saved as a whole. */
export type SiteDraft = Required<
  Pick<SiteInput, 'name' | 'privacy' | 'ipMode' | 'language' | 'color' | 'off'>
> & { origins: string; mainLinkId: string }

export type SetSiteDraft = (part: Partial<SiteDraft>) => void

export const draftOf = (site: SiteView): SiteDraft => ({
  name: site.name,
  origins: linesOf(site.origins),
  privacy: site.privacy,
  ipMode: site.ipMode,
  language: site.language,
  color: site.color,
  off: site.off,
  mainLinkId: site.mainLinkId ?? '',
})

export const patchOf = (draft: SiteDraft): Partial<SiteInput> => ({
  ...draft,
  name: draft.name.trim(),
  origins: originsIn(draft.origins),
  mainLinkId: (draft.mainLinkId || null) as SiteView['mainLinkId'],
})

export const differs = (a: SiteDraft, b: SiteDraft): boolean =>
  (Object.keys(a) as (keyof SiteDraft)[]).some((key) => a[key] !== b[key])
