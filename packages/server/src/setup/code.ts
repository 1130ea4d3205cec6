import { randomInt } from 'node:crypto'

/** Without 0, O, 1, I and L: it is read from a terminal and typed. */
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

/** Shown where the server was started, so only who may read that can set it up. About 59 bits. */
export function newSetupCode(): string {
  const letters = Array.from({ length: 12 }, () => LETTERS[randomInt(LETTERS.length)])
  return [letters.slice(0, 4), letters.slice(4, 8), letters.slice(8)]
    .map((part) => part.join(''))
    .join('-')
}
