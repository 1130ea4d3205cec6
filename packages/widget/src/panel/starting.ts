import type { ChatId } from '@beckon/protocol'
import { type Draft, openChat, type Starting, send, write } from './state.ts'
import * as words from './words.ts'

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
  { code, message }: { code: string; message: string },
): void {
  const isOver = to && /^invitation_ended|^not_found/.test(code)
  forgetStart(draft, text)
  draft.replyTo = isOver ? undefined : to
  if (code === 'no_agents') draft.nobody = true
  else draft.problem = { at: 'text', words: isOver ? words.invitationEnded : message }
}

export function forgetStart(draft: Draft, text: string): void {
  draft.starting = undefined
  write(draft, text)
  draft.effects.push({ do: 'keep start', starting: undefined }, { do: 'keep draft', text })
}

export function start(draft: Draft, id: string): void {
  if (draft.starting) return
  const { fields, replyTo: to } = draft
  const text = fields.text.trim()
  const name = fields.name.trim() || undefined
  const email = fields.email.trim() || undefined
  if (email && !/^\S+@\S+\.\S{2,}$/.test(email)) {
    draft.problem = { at: 'email', words: words.needEmail }
  } else if (text) {
    draft.starting = { id, text, name, email, linkId: draft.look.linkId, to }
    draft.problem = draft.ended = undefined
    draft.effects.push({ do: 'keep start', starting: draft.starting })
    if (draft.connected) sendStart(draft)
    return
  } else draft.problem = { at: 'text', words: words.needQuestion }
  draft.effects.push({ do: 'focus' })
}

export function sendStart(draft: Draft): void {
  if (!draft.starting) return
  const { to, ...first } = draft.starting
  const { id, text } = first
  if (to) send(draft, { type: 'invitation.reply', id, invitationId: to.id, text })
  else send(draft, { type: 'chat.start', ...first })
}
