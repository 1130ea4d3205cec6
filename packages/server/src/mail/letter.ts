/**
 * What stands in a mail, before it has a form. Every text may be hostile: it is written out by
 * `plain.ts` and `html.ts`, which know how, and by nothing else.
 */
export type Letter = {
  title: string
  parts: readonly LetterPart[]
  /** English, unless it says otherwise. */
  language?: string | undefined
}

export type LetterPart =
  /** A paragraph; line breaks are kept. */
  | { part: 'text'; text: string }
  /** What somebody else wrote, set apart. */
  | { part: 'quote'; text: string }
  /** Somewhere of ours to go: made by the server, http or https. */
  | {
      part: 'link'
      text: string
      url: string
      /** It lets somebody in once: the hash of its token, which is made when the letter is sent. */
      oneTime?: string
    }
  | { part: 'facts'; facts: readonly (readonly [label: string, value: string])[] }
  /** One message of a chat. */
  | { part: 'said'; who: string; at: string; text: string }
  /** Why this came and what to do about it: small, at the end. */
  | { part: 'note'; text: string }

/** Escape sequences mean something to a terminal that shows a mail; lines and tabs stay. */
export const withoutControls = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(/(?![\n\t])\p{Cc}/gu, '')
