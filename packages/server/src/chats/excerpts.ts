/** So much stands before the word, and after it. */
const BEFORE = 24
const AFTER = 72

/** The longest word of a search: the one that says most. */
export const tellingWord = (text: string): string =>
  text.split(/\s+/).reduce((longest, word) => (word.length > longest.length ? word : longest), '')

/** One line around a word of a message; undefined where it is not in there. */
export function excerptOf(text: string, word: string): string | undefined {
  const line = text.replace(/\s+/g, ' ')
  const at = line.toLowerCase().indexOf(word.toLowerCase())
  if (word === '' || at === -1) return undefined
  const from = at <= BEFORE ? 0 : line.lastIndexOf(' ', at - BEFORE) + 1
  const to = at + word.length + AFTER
  return `${from > 0 ? '…' : ''}${line.slice(from, to)}${to < line.length ? '…' : ''}`
}
