import type { CardAgent } from '@beckon/protocol'

const TINTS = 8

/** An agent as visitors see them: “Ana Duarte” is AD, one word gives its first two letters. */
export const cardOf = ({ id, chatName }: { id: string; chatName: string }): CardAgent => ({
  name: chatName,
  initials: initialsOf(chatName),
  tint: tintOf(id),
})

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean)
  const [first = '', last] = words.length > 1 ? [words[0], words.at(-1)] : words
  const letters = last
    ? [...first].slice(0, 1).concat([...last].slice(0, 1))
    : [...first].slice(0, 2)
  return letters.join('').toLocaleUpperCase()
}

/** The same sum as in the console, so that an agent has one colour everywhere. */
function tintOf(id: string): number {
  let sum = 0
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0
  return sum % TINTS
}
