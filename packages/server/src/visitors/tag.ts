import { Refusal } from '../refusal.ts'

const TINTS = 8

// What has no width or turns its neighbours around would make two tags look like one.
const UNSEEN = /[\p{Cc}\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]/gu

/** A tag's name as it is kept: what can be seen of it, with single spaces. */
export function tagName(said: string): string {
  const name = said.replace(UNSEEN, ' ').replace(/\s+/g, ' ').trim()
  if (!name) throw new Refusal('nothing_to_say', 'Write a word for the tag.')
  return name
}

/** Two names that differ in case only are one tag. */
export const folded = (name: string): string => name.normalize('NFC').toLowerCase()

/** The tint used least so far, so that tags are told apart for as long as there are tints. */
export function nextTint(tags: readonly { tint: number }[]): number {
  const uses = new Array<number>(TINTS).fill(0)
  for (const { tint } of tags) uses[tint] = (uses[tint] ?? 0) + 1
  return uses.indexOf(Math.min(...uses))
}
