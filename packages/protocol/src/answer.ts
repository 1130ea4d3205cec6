import type { FormField } from './form.ts'

/** What is wrong with an answer before a chat. */
export type FieldProblem = 'missing' | 'email' | 'choice' | 'too_long'

/** Of LIMITS, which a stranger’s page need not load. */
export const ANSWER_CHARACTERS = 500

/** The same question for the panel and the server; undefined when the answer will do. */
export function answerProblem(
  { kind, required, options }: Pick<FormField, 'kind' | 'required' | 'options'>,
  answer: string,
): FieldProblem | undefined {
  if (answer === '') return required ? 'missing' : undefined
  if (answer.length > ANSWER_CHARACTERS) return 'too_long'
  if (kind === 'email' && !isAddress(answer)) return 'email'
  if (kind === 'select' && !options?.includes(answer)) return 'choice'
  // A tick is “yes”, no tick is nothing.
  if (kind === 'checkbox' && answer !== 'yes') return 'choice'
  return undefined
}

/** Whether mail could go there: something, a sign, and a domain with an end. */
export const isAddress = (text: string): boolean => /^\S+@\S+\.\S{2,}$/.test(text)
