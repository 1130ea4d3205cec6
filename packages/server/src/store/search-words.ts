const MARKS = /\p{M}/gu
const BETWEEN = /[^\p{L}\p{N}]+/gu
/** More of them would not narrow anything. */
const MOST_TERMS = 8

/**
 * Words as they are searched: lower case, without accents, one space for whatever is no letter or
 * figure. Nothing in it means anything to LIKE, so both engines take it as it is.
 */
export const searchWords = (text: string): string =>
  text.normalize('NFKD').replace(MARKS, '').toLowerCase().replace(BETWEEN, ' ').trim()

/** What must be found: each word by itself, parts of a number or an address side by side. */
export const searchTerms = (query: string): string[] => {
  const terms = query.split(/\s+/).map(searchWords)
  return [...new Set(terms.filter((term) => term !== ''))].slice(0, MOST_TERMS)
}
