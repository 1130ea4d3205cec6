import type { Unsent } from '@beckon/client/outbox'
import type { ChatFile, Message, VisitorChat, VisitorInvitation } from '@beckon/protocol'
import type { Starting } from './state.ts'
import { reasonOf } from './words.ts'

/*
 * The conversation as lines to draw: days, bubbles and, under a run of one person's bubbles, who
 * and when. A message on its way and the stored one share a key, so a bubble never jumps.
 */

export type Line =
  | { is: 'day'; key: string; at: number }
  | { is: 'said'; key: string; text: string; fact?: Message['fact'] }
  /** An agent came to a chat that had begun without one. */
  | { is: 'joined'; key: string; name: string; at: number }
  | {
      is: 'bubble'
      key: string
      by: 'visitor' | 'agent'
      name: string
      text: string
      file?: ChatFile
    }
  | { is: 'unsent'; key: string; text: string; refused?: string }
  | { is: 'under'; key: string; by: 'visitor' | 'agent'; name: string; at: number; mark?: Mark }

export type Mark = 'sent' | 'delivered' | 'seen'

/** Acknowledged, but not yet back as a message of the chat. */
export type OnTheWay = Pick<Unsent, 'id' | 'text' | 'at'>

/** Not acknowledged, or refused with a sentence: of the outbox, or a file on its way. */
export type Waiting = OnTheWay & { refused?: { code?: string; message: string } | undefined }

export function linesOf(
  messages: readonly Message[],
  {
    chat,
    unsent,
    acknowledged,
  }: { chat: VisitorChat; unsent: readonly Waiting[]; acknowledged: readonly OnTheWay[] },
): Line[] {
  const lines: Line[] = []
  const isHere = (id: string) => messages.some(({ clientId }) => clientId === id)
  const late = acknowledged.filter(({ id }) => !isHere(id))
  const waiting = unsent.filter(({ id }) => !isHere(id))
  const lastOwn = messages.findLast(({ from }) => from === 'visitor')
  let day = ''
  // Never before it is true: the server says who came, and when.
  const { agent, joinedAt = 0 } = chat
  const arrival = messages.findIndex(({ at }) => at > joinedAt)
  const cameAt = arrival < 0 ? messages.length : arrival
  const join = (place: number) => {
    if (place !== cameAt || place === 0 || !agent || !joinedAt) return
    lines.push({ is: 'joined', key: 'joined', name: agent.name, at: joinedAt })
  }
  messages.forEach((message, place) => {
    const { seq, clientId, from, name, text, at, fact, file } = message
    join(place)
    const today = new Date(at).toDateString()
    if (today !== day) lines.push({ is: 'day', key: `day ${today}`, at })
    day = today
    if (from === 'system') {
      lines.push({ is: 'said', key: clientId, text, fact })
      return
    }
    lines.push({ is: 'bubble', key: clientId, by: from, name, text, file })
    const isLastOwn = message === lastOwn && late.length === 0 && waiting.length === 0
    if (from === 'visitor' ? isLastOwn : endsRun(message, messages[place + 1])) {
      const mark = from === 'visitor' ? markOf(seq, chat) : undefined
      lines.push({ is: 'under', key: `under ${clientId}`, by: from, name, at, mark })
    }
  })
  join(messages.length)
  const own = { by: 'visitor', name: '' } as const
  for (const { id, text } of late) lines.push({ is: 'bubble', key: id, ...own, text })
  for (const { id, text, refused } of waiting) {
    lines.push({ is: 'unsent', key: id, text, refused: refused && reasonOf(refused) })
  }
  const last = late.at(-1)
  if (last && !waiting.length) {
    lines.push({ is: 'under', key: `under ${last.id}`, ...own, at: last.at, mark: 'sent' })
  }
  return lines
}

const markOf = (seq: number, { agentSeen, agentDelivered = 0 }: VisitorChat): Mark =>
  seq <= agentSeen ? 'seen' : seq <= agentDelivered ? 'delivered' : 'sent'

/** The first two messages of a chat to be, under the keys that they will have. */
export const linesOfReply = (
  { id, text }: Starting,
  { id: to, agent, text: said }: VisitorInvitation,
): Line[] => [
  { is: 'bubble', key: to, by: 'agent', name: agent.name, text: said },
  { is: 'unsent', key: id, text },
]

const RUN_MS = 5 * 60_000

const endsRun = (message: Message, next: Message | undefined): boolean =>
  next?.from !== message.from || next.name !== message.name || next.at - message.at > RUN_MS
