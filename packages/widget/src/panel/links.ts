export type Piece = string | { href: string }

const ADDRESS = /https?:\/\/[^\s<>"'`]+/gi
// Punctuation after an address belongs to the sentence, not to the address.
const SENTENCE_END = /[.,;:!?)\]}…]+$/

/** Text cut into words and addresses. Only http and https are ever links (T4). */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const href = found.replace(SENTENCE_END, '')
    if (!isAddress(href)) continue
    if (index > from) pieces.push(text.slice(from, index))
    pieces.push({ href })
    from = index + href.length
  }
  if (from < text.length) pieces.push(text.slice(from))
  return pieces
}

function isAddress(text: string): boolean {
  try {
    return /^https?:$/.test(new URL(text).protocol)
  } catch {
    return false
  }
}
