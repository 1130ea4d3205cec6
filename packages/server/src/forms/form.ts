import {
  answerProblem,
  DEFAULT_FORM,
  type DepartmentForm,
  type DepartmentId,
  type FieldProblem,
  type FormAnswer,
  type FormField,
} from '@beckon/protocol'
import { legible } from '../visits/identity.ts'
import { asChosen } from './form-words.ts'

/* What a visitor answered before a chat, held against what the department asks. */

export type Given = {
  name: string | undefined
  email: string | undefined
  answers: Readonly<Record<string, string>> | undefined
}

export type Taken = {
  answers: FormAnswer[]
  name: string | undefined
  email: string | undefined
  attributes: Record<string, string>
}

/** Where there is no row, the form is as shipped. */
export const formOf = (
  forms: ReadonlyMap<DepartmentId, DepartmentForm>,
  id: DepartmentId | undefined,
): DepartmentForm => (id && forms.get(id)) || DEFAULT_FORM

/**
 * Answers in the order of the fields, and what they are of the visitor besides. What nobody asks
 * for is dropped: the form may have changed since it was shown. A widget that knows no fields sends
 * `name` and `email` alone.
 */
export function takeAnswers(
  { fields, languages }: Pick<DepartmentForm, 'fields' | 'languages'>,
  given: Given,
): { ok: true; taken: Taken } | { ok: false; problems: Record<string, FieldProblem> } {
  const problems: Record<string, FieldProblem> = {}
  const taken: Taken = { answers: [], name: undefined, email: undefined, attributes: {} }
  for (const field of fields) {
    const value = asChosen(field, legible(saidFor(field, given)), languages)
    const problem = answerProblem(field, value)
    if (problem) problems[field.id] = problem
    if (problem || value === '') continue
    if (field.as === 'name') taken.name = value.slice(0, NAME_CHARACTERS)
    else if (field.as === 'email') taken.email = value
    else {
      if (field.as) taken.attributes[field.as] = value
      taken.answers.push({ label: field.label, value: field.kind === 'checkbox' ? '✓' : value })
    }
  }
  return Object.keys(problems).length > 0 ? { ok: false, problems } : { ok: true, taken }
}

const NAME_CHARACTERS = 120

function saidFor({ id, as }: FormField, { answers = {}, name, email }: Given): string {
  if (Object.hasOwn(answers, id)) return answers[id] ?? ''
  return (as === 'name' ? name : as === 'email' ? email : undefined) ?? ''
}
