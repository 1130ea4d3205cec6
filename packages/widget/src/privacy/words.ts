import type { KnownOfVisitor } from '@beckon/protocol'

/* What the privacy panel says. */

export const title = (site: string) => `What ${site || 'our team'} sees of you`
export const intro = 'Our staff can see that you are here, to help you. This is what they see:'
export const chatStays = 'A chat that is open ends. What you wrote in it stays with us.'
export const hide = 'Hide me'
export const showMe = 'Show me again'
export const close = 'Close'
export const hiddenTitle = 'You are hidden'
export const hidden =
  'Nothing about you is shown to our staff or kept from now on, on this website in this browser.'
export const shown = 'From the next page on our staff can see that you are here.'
export const asking = 'Asking…'
export const away = 'There is no connection just now, so nobody sees you.'

const LEVELS = {
  returning: 'A mark by which we know you again',
  visit: 'A mark until you close this page',
  presence: 'Nothing',
}

export function facts(known: KnownOfVisitor): [label: string, value: string][] {
  const where = [known.city, known.region, known.country].filter(Boolean).join(', ')
  const name = [known.name, known.username, known.email].filter(Boolean).join(', ')
  const rows: [string, string | undefined][] = [
    ['Page', known.title || known.url],
    ['Pages in this visit', `${known.hits}`],
    ['Visits', known.visitNumber > 1 ? `This is number ${known.visitNumber}` : 'This is the first'],
    ['Name', name && `${name}${known.verified ? ' (confirmed by this website)' : ''}`],
    ['From this website', known.attributes.join(', ')],
    ['Where', where],
    ['Address', known.ip && `Seen in full while you are here, kept as ${known.ip}`],
    ['Language', known.language],
    ['Browser', [known.browser, known.os].filter(Boolean).join(', ')],
    ['Kept in your browser', LEVELS[known.privacy]],
  ]
  return rows.flatMap(([label, value]) => (value ? [[label, value]] : []))
}
