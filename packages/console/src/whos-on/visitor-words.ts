import type { Identity, VisitRow } from '@beckon/protocol'
import { ordinal } from './clock-words.ts'

/** Name of a country in English; the code itself when the browser does not know it. */
export function countryName(code: string | undefined): string {
  if (!code) return ''
  const known = COUNTRIES.get(code)
  if (known !== undefined) return known
  const name = nameOf(code)
  COUNTRIES.set(code, name)
  return name
}
/** Rows ask by the dozen while the list is scrolled, and there are some 250. */
const COUNTRIES = new Map<string, string>()

function nameOf(code: string): string {
  try {
    return NAMES.of(code.toUpperCase()) ?? code
  } catch {
    return code
  }
}
const NAMES = new Intl.DisplayNames('en', { type: 'region' })

export function languageName(tag: string | undefined): string {
  if (!tag) return ''
  try {
    return LANGUAGES.of(tag) ?? tag
  } catch {
    return tag
  }
}
const LANGUAGES = new Intl.DisplayNames('en', { type: 'language' })

/** Second line under a visitor: what is known beyond the name. */
export function secondLine(row: VisitRow): string {
  if (row.test) return 'Test visitor'
  if (row.email && row.email !== row.who.text) return row.email
  return visitsWords(row.visitNumber)
}

export const visitsWords = (visitNumber: number): string =>
  visitNumber > 1 ? `Returning · ${ordinal(visitNumber)} visit` : 'New visitor'

/** A known name stands out; an address is a number like others. */
export const isNamed = (row: Pick<VisitRow, 'who'>): boolean =>
  row.who.rung !== 'ip' && row.who.rung !== 'code'

/** In a sentence a person has a name; a number is “the visitor”. */
export const calledInText = (who: Identity, place: 'first' | 'inside' = 'first'): string =>
  isNamed({ who }) ? who.text : place === 'first' ? 'The visitor' : 'the visitor'

/** Path and query of an address: the part that tells pages of one site apart. */
export function pathOf(url: string): string {
  try {
    const { pathname, search } = new URL(url)
    return decodeURI(pathname + search)
  } catch {
    return url
  }
}

/** Host of where somebody came from, without the www. */
export function hostOf(url: string | undefined): string {
  if (!url) return ''
  try {
    return new URL(url).hostname.replace(/^www\./, '')
  } catch {
    return url
  }
}

/** “Kraków, Poland”, or as much of it as is known; Singapore is a city and a country. */
export const placeWords = (row: Pick<VisitRow, 'city' | 'country'>): string =>
  [...new Set([row.city, countryName(row.country)])].filter(Boolean).join(', ')

export const deviceWords = (row: VisitRow): string =>
  [[row.browser, row.os].filter(Boolean).join(', '), row.device].filter(Boolean).join(' · ')
