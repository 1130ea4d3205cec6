/*
 * Finding the articles that may answer a question. Pure: a shelf is made from what is published, a
 * few hundred texts at most, and asked as often as somebody types.
 */

type Readable = { readonly title: string; readonly lead: string; readonly text: string }
type Book<T> = { readonly article: T; readonly places: readonly (readonly string[])[] }

/** A word in the title says more of what an article is about than one in its text. */
const WEIGHTS = [4, 2, 1]
/** Of a question; more words would not narrow anything. */
const WORDS = 24
/** Shorter words stand in any sentence; of a search they are kept. */
const TELLING = 4

const MARKS = /\p{M}/gu
const WORD = /[\p{L}\p{N}]+/gu

const wordsOf = (text: string): string[] =>
  text.normalize('NFKD').replace(MARKS, '').toLowerCase().match(WORD) ?? []

export function createShelf<T>(articles: readonly T[], readable: (article: T) => Readable) {
  const books: Book<T>[] = articles.map((article) => {
    const { title, lead, text } = readable(article)
    return { article, places: [title, lead, text].map((part) => [...new Set(wordsOf(part))]) }
  })

  const weightIn = (book: Book<T>, word: string): number =>
    book.places.reduce(
      (sum, words, at) => sum + (words.some((one) => alike(one, word)) ? (WEIGHTS[at] ?? 0) : 0),
      0,
    )

  /** The best first. Words that stand in every article say nothing and count nearly nothing. */
  function ranked(words: readonly string[]): { article: T; score: number; met: number }[] {
    const found = books.map((book) => ({ article: book.article, score: 0, met: 0 }))
    for (const word of new Set(words)) {
      const weights = books.map((book) => weightIn(book, word))
      const meeting = weights.filter((weight) => weight > 0).length
      const rarity = Math.log((books.length + 1) / (meeting + 0.5))
      weights.forEach((weight, at) => {
        const one = found[at]
        if (weight === 0 || !one) return
        one.score += weight * Math.max(rarity, 0.05)
        one.met += 1
      })
    }
    return found.filter(({ met }) => met > 0).sort((a, b) => b.score - a.score)
  }

  return {
    /** What somebody looks for: every word has to be met, the beginning of one is enough. */
    search(asked: string): T[] {
      const words = [...new Set(wordsOf(asked))].slice(0, WORDS)
      return ranked(words)
        .filter(({ met }) => met === words.length)
        .map(({ article }) => article)
    },
    /** What may answer a question: something telling in the title, or several words of the text. */
    suggest(question: string, most = 3): T[] {
      const words = wordsOf(question)
        .filter((word) => word.length >= TELLING || /\p{N}/u.test(word))
        .slice(0, WORDS)
      const [best, ...others] = ranked(words)
      if (!best || best.score < ENOUGH) return []
      return [best, ...others.filter(({ score }) => score >= Math.max(ENOUGH, best.score / 3))]
        .slice(0, most)
        .map(({ article }) => article)
    },
  }
}
export type Shelf<T> = ReturnType<typeof createShelf<T>>

/** One rare word in a title, or a few in the text. */
const ENOUGH = 1.5

/** The same word, its beginning, or the same one with another end: “return”, “returns”, “returned”. */
function alike(one: string, asked: string): boolean {
  if (one.startsWith(asked)) return true
  const shorter = Math.min(one.length, asked.length)
  if (shorter < 5 || Math.abs(one.length - asked.length) > 3) return false
  const stem = Math.max(5, shorter - 2)
  return one.slice(0, stem) === asked.slice(0, stem)
}
