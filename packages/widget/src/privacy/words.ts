import type { KnownOfVisitor } from '@beckon/protocol'
import { filled, speak } from '../panel/words.ts'

/* What the privacy panel says in English, until another language has been learned. */

export const words = speak({
  seesTitle: 'What {site} sees of you',
  seesTitleAny: 'What our team sees of you',
  seesIntro: 'Our staff can see that you are here, to help you. This is what they see:',
  seesChat: 'A chat that is open ends. What you wrote in it stays with us.',
  hide: 'Hide me',
  showMe: 'Show me again',
  close: 'Close',
  hiddenTitle: 'You are hidden',
  hidden:
    'Nothing about you is shown to our staff or kept from now on, on this website in this browser.',
  shown: 'Our staff can see again that you are here.',
  asking: 'Asking…',
  away: 'There is no connection just now, so nobody sees you.',
  page: 'Page',
  hits: 'Pages in this visit',
  visits: 'Visits',
  visit1: 'This is the first',
  visitN: 'This is number {n}',
  name: 'Name',
  confirmed: '{name} (confirmed by this website)',
  said: 'From this website',
  where: 'Where',
  address: 'Address',
  addressKept: 'Seen in full while you are here, kept as {ip}',
  language: 'Language',
  browser: 'Browser',
  kept: 'Kept in your browser',
  keptReturning: 'A mark by which we know you again',
  keptVisit: 'A mark until you close this page',
  keptNothing: 'Nothing',
})

const LEVELS = {
  returning: 'keptReturning',
  visit: 'keptVisit',
  presence: 'keptNothing',
} as const

export function facts(known: KnownOfVisitor): [label: string, value: string][] {
  const where = [known.city, known.region, known.country].filter(Boolean).join(', ')
  const name = [known.name, known.username, known.email].filter(Boolean).join(', ')
  const { ip, visitNumber } = known
  const rows: [string, string | undefined][] = [
    [words.page, known.title || known.url],
    [words.hits, `${known.hits}`],
    [words.visits, visitNumber > 1 ? filled(words.visitN, { n: visitNumber }) : words.visit1],
    [words.name, name && known.verified ? filled(words.confirmed, { name }) : name],
    [words.said, known.attributes.join(', ')],
    [words.where, where],
    [words.address, ip && filled(words.addressKept, { ip })],
    [words.language, known.language],
    [words.browser, [known.browser, known.os].filter(Boolean).join(', ')],
    [words.kept, words[LEVELS[known.privacy]]],
  ]
  return rows.flatMap(([label, value]) => (value ? [[label, value]] : []))
}
