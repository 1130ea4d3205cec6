import { type LanguageCode, languageFor } from '@beckon/protocol'
import type { Link, Site } from '../directory/directory.ts'

/**
 * What a page of the site speaks to its visitor: the link's choice, else the site's, else the first
 * of the browser's wishes that can be met. Undefined is English.
 */
export const pageLanguage = (
  { visitorLanguage }: Pick<Site, 'visitorLanguage'>,
  link: Link | undefined,
  wishes: readonly (string | null | undefined)[],
): LanguageCode | undefined => {
  const chosen = link?.style.language ?? visitorLanguage
  return languageFor(chosen ? [chosen] : wishes)
}

/** How times are written: the browser's own way where it is of the language; figures as in our words. */
export const wayOfWriting = (
  code: LanguageCode | undefined,
  wish: string | null | undefined,
): string => {
  const language = code ?? 'en'
  const own = wish?.toLowerCase().split('-')[0] === language
  return `${own ? wish : language}-u-nu-latn`
}
