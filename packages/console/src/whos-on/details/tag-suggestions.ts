import type { Tag } from '@beckon/protocol'

/** A tag to choose; without a tint it would be a new one. */
export type TagOffer = { name: string; tint?: number }

const MOST = 7
const folded = (name: string): string => name.normalize('NFC').toLowerCase().trim()

/** Tags that are not on the visitor yet, those beginning with what was typed first; last a new one. */
export function suggestions(from: {
  typed: string
  known: readonly Tag[]
  have: readonly Tag[]
}): TagOffer[] {
  const word = folded(from.typed)
  const have = new Set(from.have.map(({ name }) => folded(name)))
  const found = from.known
    .filter(({ name }) => !have.has(folded(name)) && folded(name).includes(word))
    .sort(
      (a, b) => Number(folded(b.name).startsWith(word)) - Number(folded(a.name).startsWith(word)),
    )
    .slice(0, MOST)
    .map(({ name, tint }): TagOffer => ({ name, tint }))
  const isNew =
    word !== '' && !have.has(word) && !from.known.some((tag) => folded(tag.name) === word)
  return isNew ? [...found, { name: from.typed.trim() }] : found
}
