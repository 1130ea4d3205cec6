import { Fragment } from 'react'

/** Words up to here find room on a line of their own. */
const SHORT = 16

/**
 * Text in which long words may break at their joints: an address before its `@` and its dots, a URL
 * behind its strokes. Copied, it is the same text.
 */
export const Breakable = ({ text }: { text: string }) =>
  text.split(/(\s+)/).map((word, at) => (
    // The place in the text is all that tells words apart.
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <Fragment key={at}>
      {word.length <= SHORT
        ? word
        : piecesOf(word).map((piece, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <Fragment key={n}>
              {n > 0 && <wbr />}
              {piece}
            </Fragment>
          ))}
    </Fragment>
  ))

/** The parts of a word between which a line may end. */
export const piecesOf = (word: string): string[] =>
  word.match(/[@.]?[^@./?&=_-]+[/?&=_-]*|[@./?&=_-]+/g) ?? []
