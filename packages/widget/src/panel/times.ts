import { locale, words } from './words.ts'

/** The browser's own way of writing times, where it speaks the language. Figures as in our words. */
const wayOf = () =>
  `${navigator.language.startsWith(locale) ? navigator.language : locale}-u-nu-latn`

export const timeOf = (at: number): string =>
  new Date(at).toLocaleTimeString(wayOf(), { timeStyle: 'short' })

export function dayOf(at: number): string {
  const day = new Date(at)
  return day.toDateString() === new Date().toDateString()
    ? words.today
    : day.toLocaleDateString(wayOf(), { weekday: 'long', day: 'numeric', month: 'long' })
}
