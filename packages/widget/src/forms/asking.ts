import { sendStart } from '../panel/starting.ts'
import { type Draft, type Owed, send } from '../panel/state.ts'

/* What forms ask of the server: said now, and again after every connection, until it is answered. */

export function ask(draft: Draft, frame: Owed): void {
  draft.owed = [...draft.owed.filter(({ type }) => type !== frame.type), frame]
  if (draft.connected) send(draft, frame)
}

/** A chat, with the first question; `problems` are those that the form has found. */
export function start(draft: Draft, id: string, problems: Record<string, string>): void {
  if (draft.starting) return
  const { fields, replyTo: to, departmentId, look } = draft
  const text = fields.text.trim()
  draft.problems = text ? problems : { ...problems, text: 'missing' }
  if (Object.keys(draft.problems).length > 0) {
    draft.effects.push({ do: 'focus' })
    return
  }
  draft.ended = undefined
  draft.starting = { id, text, to, departmentId, linkId: look.linkId, answers: answersIn(fields) }
  draft.effects.push({ do: 'keep start', starting: draft.starting })
  if (draft.connected) sendStart(draft)
}

const answersIn = (fields: Draft['fields']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, text]) =>
      name[0] === '.' && text?.trim() ? [[name.slice(1), text.trim()]] : [],
    ),
  )
