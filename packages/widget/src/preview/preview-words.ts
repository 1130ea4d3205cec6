import { ENGLISH, type LanguageCode, type Look } from '@beckon/protocol'
import { words as forms } from '../forms/words.ts'
import { speakAs } from '../panel/words.ts'
import { words as card } from '../words.ts'

/* The preview speaks one language at a time, and comes back to English. */

const english = { ...forms }

/** The panel's words in another language; in a browser that has them already, at once. */
export async function wordsOfPanel(code: LanguageCode): Promise<object> {
  const { default: all } = (await import(`../../languages/${code}.json`)) as { default: object }
  return all
}

export function speakLike({ language, words }: Look, panel: object | undefined): void {
  Object.assign(card, words ?? ENGLISH)
  speakAs(panel && language ? language : 'en', panel ?? english)
}
