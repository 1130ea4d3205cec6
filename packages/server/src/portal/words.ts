import { LANGUAGES, type LanguageCode, type Plural } from '@beckon/protocol'
import { ar } from './languages/ar.ts'
import { cs } from './languages/cs.ts'
import { da } from './languages/da.ts'
import { de } from './languages/de.ts'
import { es } from './languages/es.ts'
import { fi } from './languages/fi.ts'
import { fr } from './languages/fr.ts'
import { he } from './languages/he.ts'
import { it } from './languages/it.ts'
import { ja } from './languages/ja.ts'
import { nl } from './languages/nl.ts'
import { pl } from './languages/pl.ts'
import { pt } from './languages/pt.ts'
import { sv } from './languages/sv.ts'
import { tr } from './languages/tr.ts'
import { zh } from './languages/zh.ts'

const en = {
  help: 'Help',
  helpOf: '{name} help',
  skip: 'Skip to the content',
  articles: 'Articles',
  contact: 'Contact',
  path: 'You are here',
  how: 'How can we help?',
  searchHelp: 'Search the help',
  search: 'Search',
  searchFor: 'Search: {text}',
  askByChat: 'If the answer is not here, ask us with the chat button on this page.',
  mayGreet: 'Somebody of our team may say hello while you read.',
  still: 'Still looking?',
  glad: 'Our team is glad to hear from you.',
  ways: 'Ways to reach us',
  found: { one: 'One article', other: '{n} articles' } as Plural,
  nothing: 'Nothing found',
  fewer: 'No article has all of these words. Try fewer of them.',
  all: 'See all articles',
  more: 'More articles',
  whose: 'Whose help are you looking for?',
  missing: 'This page is not here',
  moved: 'It may have moved.',
  toStart: 'Go to the start of the help',
  chatHere: 'Ask us with the chat button on this page, or leave a message.',
  stay: 'Stay on this page for a moment: somebody of our team sees that you are here and can write to you.',
  who: 'Who answers',
  chatOff: 'Our chat is switched off at the moment, but you can write to us.',
  closed: 'Our chat is switched off at the moment. Come back later.',
  back: 'Back to the help',
  leave: 'Leave a message',
  byMail: 'We answer by mail.',
  name: 'Your name',
  email: 'Your email address',
  topic: 'Topic',
  message: 'Your message',
  send: 'Send message',
  needName: 'Say what you are called',
  needEmail: 'That is not an email address. It looks like name@example.com.',
  needMessage: 'Write your message first',
  tooLong: 'A message has at most {n} characters.',
  foreign: 'It did not come from this page. Send it again from here.',
  tooMany: 'That was a lot in a short time. Try again later.',
  failed: 'That did not work just now. What you wrote is still here: send it again in a moment.',
  arrived: 'Your message has arrived',
  answerTo: 'We answer by mail, to the address you gave.',
}

/** What the portal itself says. A language without a line of these does not build. */
export type PortalWords = Readonly<typeof en>

const WORDS: Readonly<Record<LanguageCode, PortalWords>> = {
  ar,
  cs,
  da,
  de,
  es,
  fi,
  fr,
  he,
  it,
  ja,
  nl,
  pl,
  pt,
  sv,
  tr,
  zh,
}

/** How a page speaks; undefined is English. */
export const speechOf = (code: LanguageCode | undefined) => ({
  lang: code ?? 'en',
  dir: code ? LANGUAGES[code].dir : 'ltr',
  words: code ? WORDS[code] : en,
})
export type Speech = ReturnType<typeof speechOf>
