import type { Page } from '@beckon/protocol'
import type { Random } from './random.ts'

export type Stop = { path: string; title: string; next: readonly string[] }

/** A bicycle shop’s pages and where people go from each: browsing has a direction. */
export const STOPS: readonly Stop[] = [
  {
    path: '/',
    title: 'Ridgeline Cycles',
    next: ['/bikes/gravel', '/bikes/kids', '/bikes/cargo', '/help/delivery', '/sale'],
  },
  {
    path: '/bikes/gravel',
    title: 'Gravel bikes',
    next: ['/bikes/gravel/ridgeline-2', '/bikes/gravel/tarn-1', '/compare?ids=r2,t1', '/'],
  },
  {
    path: '/bikes/gravel/ridgeline-2',
    title: 'Ridgeline 2 – Frost',
    next: ['/bikes/gravel/ridgeline-2/sizes', '/compare?ids=r2,t1', '/basket', '/finance'],
  },
  {
    path: '/bikes/gravel/ridgeline-2/sizes',
    title: 'Ridgeline 2 – size guide',
    next: ['/bikes/gravel/ridgeline-2', '/basket', '/help/sizes'],
  },
  {
    path: '/bikes/gravel/tarn-1',
    title: 'Tarn 1 – Moss green',
    next: ['/compare?ids=r2,t1', '/basket', '/bikes/gravel'],
  },
  {
    path: '/compare?ids=r2,t1',
    title: 'Compare: Ridgeline 2, Tarn 1',
    next: ['/bikes/gravel/ridgeline-2', '/bikes/gravel/tarn-1', '/finance'],
  },
  { path: '/bikes/kids', title: 'Kids’ 20-inch', next: ['/bikes/kids/20', '/help/sizes', '/'] },
  {
    path: '/bikes/kids/20',
    title: 'Kids’ 20-inch – Sun',
    next: ['/basket', '/help/sizes', '/bikes/kids'],
  },
  { path: '/bikes/cargo', title: 'Cargo bikes', next: ['/finance', '/workshop/book', '/'] },
  {
    path: '/sale',
    title: 'Sale: last year’s colours 🚲',
    next: ['/bikes/gravel/tarn-1', '/basket'],
  },
  { path: '/finance', title: 'Finance calculator', next: ['/basket', '/pricing', '/bikes/cargo'] },
  { path: '/pricing', title: 'Trade price list 2026', next: ['/trade/apply', '/basket'] },
  {
    path: '/trade/apply',
    title: 'Trade account – application',
    next: ['/pricing', '/help/delivery'],
  },
  {
    path: '/basket',
    title: 'Basket – 3 items',
    next: ['/checkout/delivery', '/help/delivery', '/bikes/gravel'],
  },
  {
    path: '/checkout/delivery',
    title: 'Checkout – delivery',
    next: ['/checkout/payment', '/help/returns', '/basket'],
  },
  { path: '/checkout/payment', title: 'Checkout – payment', next: ['/help/returns', '/'] },
  {
    path: '/help/delivery',
    title: 'Delivery, also to islands and mountain huts with long names',
    next: ['/help/returns', '/'],
  },
  { path: '/help/returns', title: 'Returns and exchanges', next: ['/help/warranty', '/'] },
  { path: '/help/warranty', title: 'Warranty', next: ['/workshop/book', '/'] },
  { path: '/help/sizes', title: 'Finding your size', next: ['/bikes/gravel', '/bikes/kids'] },
  { path: '/workshop/book', title: 'Book a workshop slot', next: ['/', '/help/warranty'] },
]

const REFERRERS = [
  'https://www.google.com/search?q=gravel+bike+52+or+54',
  'https://www.google.com/',
  'https://www.bing.com/search?q=ridgeline+cycles+finance',
  'https://duckduckgo.com/?q=kids+bike+20+inch',
  'https://www.instagram.com/',
  'https://news.example/best-gravel-bikes',
] as const

export type PageNow = Omit<Page, 'id'>

/** The first page of a visit, sometimes from a search engine or a campaign. */
export function landing(random: Random, origin: string): PageNow {
  const stop = random.chance(0.45) ? STOPS[0] : random.pick(STOPS)
  const campaign = random.chance(0.1) ? 'utm_source=newsletter&utm_campaign=spring-gravel' : ''
  const page = pageOf(stop ?? STOPS[1], origin)
  if (campaign) page.url += `${page.url.includes('?') ? '&' : '?'}${campaign}`
  if (random.chance(0.6)) page.referrer = random.pick(REFERRERS)
  return page
}

/** Where a visitor of `page` goes next. */
export function following(random: Random, page: PageNow, origin: string): PageNow {
  const here = STOPS.find((stop) => origin + stop.path === page.url)
  const path = random.pick(here?.next ?? ['/'])
  return {
    ...pageOf(STOPS.find((stop) => stop.path === path) ?? STOPS[0], origin),
    referrer: page.url,
  }
}

const pageOf = (stop: Stop | undefined, origin: string): PageNow => ({
  url: `${origin}${stop?.path ?? '/'}`,
  title: stop?.title ?? 'Ridgeline Cycles',
})
