import type { CardWords } from './card-words.ts'
import { LANGUAGES, type LanguageCode } from './languages.ts'
import { DEFAULT_STYLE, type LinkStyle } from './style.ts'
import type { Look } from './visitor.ts'

/* The language of a look: the server's for pages, the console's for its preview. */

/** A look for somebody who is spoken to in this language; undefined is English. */
export function spoken(look: Look, code: LanguageCode | undefined): Look {
  const { style, main } = look
  return {
    ...look,
    style: styleIn(style, code),
    // What the launcher opens speaks as the page does.
    ...(main && {
      main: { ...main, style: styleIn(main.style, code), ...(code && { language: code }) },
    }),
    ...(code && { language: code, words: wordsIn(code) }),
  }
}

/** What a link says in its shipped words, it says in the visitor's language. */
export function styleIn(style: LinkStyle, code: LanguageCode | undefined): LinkStyle {
  const shipped = code ? LANGUAGES[code].shipped : { ...DEFAULT_STYLE, chat: 'Chat' }
  const words = { ...style }
  for (const name of ['onlineText', 'offlineText', 'greeting'] as const) {
    if (style[name] === DEFAULT_STYLE[name]) words[name] = shipped[name]
    // A launcher without a name is none.
    else if (style[name] === '' && name !== 'greeting') words[name] = shipped.chat
  }
  return words
}

/** The same object each time: many looks share it. */
const known = new Map<LanguageCode, CardWords>()
function wordsIn(code: LanguageCode): CardWords {
  const { shipped: _, from, ...words } = LANGUAGES[code]
  const all = known.get(code) ?? { ...words, from: from.split('{name}') }
  known.set(code, all)
  return all
}
