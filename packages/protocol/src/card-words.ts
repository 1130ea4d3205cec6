/*
 * What launcher and invitation card say. English is built into them; the server sends the words of
 * another language along with the look, so that nobody waits for a language to load.
 */

/** By what Intl.PluralRules answers; `other` is always there. */
export type Plural = { readonly other: string } & Readonly<Partial<Record<PluralRule, string>>>
type PluralRule = 'zero' | 'one' | 'two' | 'few' | 'many'

export type CardWords = {
  readonly from: string
  readonly no: string
  readonly yes: string
  readonly sending: string
  readonly write: string
  readonly closing: string
  readonly keep: string
  readonly chat: string
  readonly unread: Plural
  readonly waiting: string
}

export const ENGLISH: CardWords = {
  from: 'Chat invitation from {name}',
  no: 'No thanks',
  yes: 'Reply',
  sending: 'Sending…',
  write: 'Write a reply…',
  closing: 'Closing in a few seconds',
  keep: 'Keep it open',
  chat: 'Chat',
  unread: { one: '{n} unread message', other: '{n} unread messages' },
  waiting: 'an invitation is waiting',
}
