import type { SiteInput, SiteView } from '@beckon/protocol'
import { linesOf, originsIn } from './origin-lines.ts'

/** A site as its page edits it; saved as a whole. */
export type SiteDraft = Required<
  Pick<
    SiteInput,
    'name' | 'privacy' | 'ipMode' | 'language' | 'color' | 'off' | 'showPrivacy' | 'showTyping'
  >
> & {
  origins: string
  mainLinkId: string
  visitorLanguage: string
  ownQueryKeys: boolean
  queryKeys: string
}

export type SetSiteDraft = (part: Partial<SiteDraft>) => void

export const draftOf = (site: SiteView): SiteDraft => ({
  name: site.name,
  origins: linesOf(site.origins),
  privacy: site.privacy,
  ipMode: site.ipMode,
  language: site.language,
  visitorLanguage: site.visitorLanguage ?? '',
  color: site.color,
  off: site.off,
  mainLinkId: site.mainLinkId ?? '',
  showPrivacy: site.showPrivacy,
  showTyping: site.showTyping,
  ownQueryKeys: site.queryKeys !== null,
  queryKeys: (site.queryKeys ?? []).join(' '),
})

export const patchOf = ({ ownQueryKeys, ...draft }: SiteDraft): Partial<SiteInput> => ({
  ...draft,
  queryKeys: ownQueryKeys ? wordsIn(draft.queryKeys) : null,
  name: draft.name.trim(),
  origins: originsIn(draft.origins),
  visitorLanguage: draft.visitorLanguage || null,
  mainLinkId: (draft.mainLinkId || null) as SiteView['mainLinkId'],
})

export const differs = (a: SiteDraft, b: SiteDraft): boolean =>
  (Object.keys(a) as (keyof SiteDraft)[]).some((key) => a[key] !== b[key])

/** Keys as people list them: with spaces, commas or lines between. */
const wordsIn = (text: string): string[] => [
  ...new Set(
    text
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean),
  ),
]

/** What the server would refuse, said beside the field. */
export function queryKeysProblem(draft: SiteDraft): string | undefined {
  if (!draft.ownQueryKeys) return undefined
  const wrong = wordsIn(draft.queryKeys).find((key) => !/^[a-z0-9_.-]{1,60}\*?$/.test(key))
  return wrong && `“${wrong}” is not the name of a query key. Letters, digits, _ . and - make one.`
}
