import { oneLine } from './address.ts'
import { type Letter, type LetterPart, withoutControls } from './letter.ts'

/** The letter as plain text. */
export const plainOf = ({ title, parts }: Letter): string =>
  `${[oneLine(title), ...parts.map(lines)].map(withoutControls).join('\n\n')}\n`

function lines(one: LetterPart): string {
  switch (one.part) {
    case 'text':
    case 'note':
      return one.text
    case 'quote':
      return one.text
        .split('\n')
        .map((line) => `> ${line}`)
        .join('\n')
    case 'link':
      return `${one.text}\n${one.url}`
    case 'facts':
      return one.facts.map(([label, value]) => `${oneLine(label)}: ${indented(value)}`).join('\n')
    case 'said':
      return `${one.who}, ${one.at}\n${one.text}`
  }
}

/** Its further lines cannot be taken for other facts. */
const indented = (text: string): string => text.replace(/\r\n?|[\n\u2028\u2029]/g, '\n  ')
