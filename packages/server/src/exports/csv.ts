/*
 * Comma-separated values as RFC 4180 writes them, for people who open them in a spreadsheet.
 * Everything in a row may have come from a stranger, and a spreadsheet takes what begins with one of
 * a few signs for a formula (T11).
 */

/** Spreadsheets find out from it that this is UTF-8. */
export const BYTE_ORDER_MARK = '\ufeff'

// What begins a formula, also in its wide and small forms; and what a spreadsheet may skip before
// it: spaces of all kinds, controls, signs without width, quotes.
const FORMULA =
  /^[\s\p{C}\p{Z}'"\u00ad]*[=+\-@|%\u2212\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b]/u
const CONTROL_FIRST = /^[\p{Cc}\u2028\u2029\ufeff]/u

const guarded = (text: string): string =>
  FORMULA.test(text) || CONTROL_FIRST.test(text) ? `'${text}` : text

const quoted = (text: string): string =>
  /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text

/** One record with its line end. Text is guarded; numbers are ours and stay numbers. */
export const csvLine = (cells: readonly (string | number)[]): string =>
  `${cells.map((cell) => (typeof cell === 'number' ? String(cell) : quoted(guarded(cell)))).join(',')}\r\n`
