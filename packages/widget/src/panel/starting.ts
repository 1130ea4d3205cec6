import type { ChatId, FieldProblem } from '@beckon/protocol'
import { type Draft, openChat, type Starting, send, write } from './state.ts'
import { reasonOf } from './words.ts'

/* A first question, or a reply to an invitation: written, on its way, answered or given back. */

export function begin(draft: Draft, chatId: ChatId | undefined): void {
  draft.again = false
  forgetStart(draft, '')
  draft.effects.push({ do: 'focus' })
  if (chatId && chatId !== draft.chat?.id) openChat(draft, chatId, 0)
}

/** The server refused the first question: it is given back. */
export function takeBack(
  draft: Draft,
  { text, to }: Starting,
  refusal: { code: string; message: string; problems?: Record<string, FieldProblem> },
): void {
  const { code, problems } = refusal
  const isOver = to && /^invitation_ended|^not_found/.test(code)
  forgetStart(draft, text)
  draft.replyTo = isOver ? undefined : to
  if (code === 'no_agents') draft.nobody = true
  else if (problems) {
    // What is asked is not what was shown here.
    draft.formAsked = false
    draft.problems = Object.fromEntries(
      Object.entries(problems).map(([id, problem]) => [`.${id}`, problem]),
    )
    draft.effects.push({ do: 'focus' })
  } else draft.problems = { text: isOver ? 'over' : reasonOf(refusal) }
}

export function forgetStart(draft: Draft, text: string): void {
  draft.starting = undefined
  write(draft, text)
  draft.effects.push({ do: 'keep start', starting: undefined }, { do: 'keep draft', text })
}

export function sendStart(draft: Draft): void {
  if (!draft.starting) return
  const { to, ...first } = draft.starting
  const { id, text } = first
  if (to) send(draft, { type: 'invitation.reply', id, invitationId: to.id, text })
  else send(draft, { type: 'chat.start', ...first })
}
