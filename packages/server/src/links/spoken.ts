import {
  type CardWords,
  DEFAULT_STYLE,
  LANGUAGES,
  type LanguageCode,
  type LinkStyle,
  type Look,
} from '@beckon/protocol'

/** A look for somebody who is spoken to in this language; undefined is English. */
export function spoken(look: Look, code: LanguageCode | undefined): Look {
  if (!code) return look
  const { style, main } = look
  return {
    ...look,
    style: said(style, code),
    ...(main && { main: { ...main, style: said(main.style, code) } }),
    language: code,
    words: wordsIn(code),
  }
}

/** What a link says in its shipped words, it says in the visitor's language. */
function said(style: LinkStyle, code: LanguageCode): LinkStyle {
  const { shipped } = LANGUAGES[code]
  const words = { ...style }
  for (const name of ['onlineText', 'offlineText', 'greeting'] as const) {
    if (style[name] === DEFAULT_STYLE[name]) words[name] = shipped[name]
  }
  return words
}

/** The same object each time: many looks share it. */
const known = new Map<LanguageCode, CardWords>()
function wordsIn(code: LanguageCode): CardWords {
  const { shipped: _, ...words } = LANGUAGES[code]
  known.set(code, known.get(code) ?? words)
  return known.get(code) ?? words
}
