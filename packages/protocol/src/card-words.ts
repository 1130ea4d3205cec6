/*
 * What launcher and invitation card say. English is built into them; the server sends the words of
 * another language along with the look, so that nobody waits for a language to load.
 */

/** By what Intl.PluralRules answers; `other` is always there. */
export type Plural = { readonly other: string } & Readonly<Partial<Record<PluralRule, string>>>
type PluralRule = 'zero' | 'one' | 'two' | 'few' | 'many'

export type CardWords = {
  readonly lang: string
  readonly dir: 'ltr' | 'rtl'
  /** Around the name of whoever invites. */
  readonly from: readonly string[]
  readonly no: string
  readonly yes: string
  readonly write: string
  /** In the last seconds; English stands with the file that offers it. */
  readonly closing?: string
  readonly keep?: string
}

export const ENGLISH: CardWords = {
  lang: 'en',
  dir: 'ltr',
  from: ['Chat invitation from ', ''],
  no: 'No thanks',
  yes: 'Reply',
  write: 'Write a reply…',
}
