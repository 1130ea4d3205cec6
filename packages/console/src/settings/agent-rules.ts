/** What the server will ask of an account, said at the field before it is sent. */

export const SHORTEST_PASSWORD = 15

export const nameProblem = (name: string): string | undefined =>
  name.trim() === '' ? 'Type a name.' : undefined

export function emailProblem(email: string): string | undefined {
  const text = email.trim()
  if (text === '') return 'Type the email address.'
  if (!text.includes('@')) return 'Add the @ and what comes after it.'
  if (!/^[^@\s]+@[^@\s]+$/.test(text)) return 'An address has one @ and no spaces.'
  if (!/\.[^.]+$/.test(text.split('@')[1] ?? '') && !text.endsWith('@localhost')) {
    return 'Add the end of the address, such as .com or .fr'
  }
  return undefined
}

export function passwordProblem(password: string): string | undefined {
  const missing = SHORTEST_PASSWORD - [...password].length
  if (missing <= 0) return undefined
  return missing === 1 ? 'Add 1 more character.' : `Add ${missing} more characters.`
}

/** Four groups of letters and figures that are not taken for one another. */
export function madeUpPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  const numbers = crypto.getRandomValues(new Uint32Array(20))
  const text = Array.from(numbers, (number) => letters[number % letters.length]).join('')
  return (text.match(/.{5}/g) ?? []).join('-')
}
