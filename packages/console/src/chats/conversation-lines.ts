import type { UnsentList } from '@beckon/client/outbox'
import type { ChatDetailState, Message, PageView } from '@beckon/protocol'
import { shortAge, timeOfDay } from '../parts/durations.ts'

/** How far an own message has come. */
export type Tick = 'sent' | 'delivered' | 'seen'

export type Line =
  | { kind: 'day'; key: string; text: string }
  | { kind: 'fact'; key: string; text: string; icon: 'invited' | 'page' | 'system' | 'ended' }
  | { kind: 'message'; key: string; message: Message; own: boolean; tick?: Tick; last: boolean }
  | { kind: 'unsent'; key: string; id: string; text: string; refused?: string | undefined }

type Given = {
  detail: ChatDetailState
  unsent: UnsentList
  /** Pages of the visit; only those opened during the chat are told. */
  pages: readonly PageView[]
  /** Name of the agent who reads. */
  reader: string
  now: number
}

/** One conversation as it reads, oldest first. Pure: what is drawn is decided here. */
export function linesOf({ detail, unsent, pages, reader, now }: Given): Line[] {
  const { chat, messages } = detail
  const lines: Line[] = []
  const first = invitedLine(detail, reader)
  if (first) lines.push({ kind: 'fact', key: 'invited', text: first, icon: 'invited' })

  const told = [
    ...messages.map((message) => ({ at: message.at, message })),
    ...opened(detail, pages).map((page) => ({ at: page.at, page })),
  ].sort((a, b) => a.at - b.at)

  for (const [index, entry] of told.entries()) {
    const before = told[index - 1]
    if (dayOf(entry.at) !== dayOf(before?.at ?? Number.NaN)) {
      lines.push({ kind: 'day', key: `day-${entry.at}-${index}`, text: dayWords(entry.at, now) })
    }
    if ('page' in entry) {
      lines.push({
        kind: 'fact',
        key: `page-${entry.page.id}`,
        text: `${chat.who.text} opened ${entry.page.title || entry.page.url}`,
        icon: 'page',
      })
    } else lines.push(messageLine(entry.message, detail, nextSpeaker(told, index)))
  }
  if (lines[0]?.kind === 'fact' && lines[1]?.kind === 'day') {
    // The day stands above everything, also above how it began.
    ;[lines[0], lines[1]] = [lines[1], lines[0]]
  }

  const there = new Set(messages.map((message) => message.clientId))
  for (const { id, text, refused } of unsent) {
    if (!there.has(id)) lines.push({ kind: 'unsent', key: id, id, text, refused: refused?.message })
  }
  if (chat.state === 'ended') {
    lines.push({ kind: 'fact', key: 'ended', text: endedLine(detail), icon: 'ended' })
  }
  return lines
}

function messageLine(message: Message, { chat }: ChatDetailState, next: string | undefined): Line {
  const key = message.clientId || `seq-${message.seq}`
  if (message.from === 'system') {
    return { kind: 'fact', key, text: message.text, icon: 'system' }
  }
  const own = message.from === 'agent'
  const tick =
    message.seq <= chat.visitorSeen
      ? ('seen' as const)
      : message.seq <= chat.visitorDelivered
        ? ('delivered' as const)
        : ('sent' as const)
  const last = next !== `${message.from} ${message.name}`
  return { kind: 'message', key, message, own, last, ...(own ? { tick } : {}) }
}

type Told = { at: number; message?: Message; page?: PageView }

function nextSpeaker(told: readonly Told[], index: number): string | undefined {
  const next = told[index + 1]?.message
  return next && `${next.from} ${next.name}`
}

const opened = ({ chat }: ChatDetailState, pages: readonly PageView[]): PageView[] => {
  const from = chat.startedAt ?? chat.queuedAt
  return pages.filter(
    (page) => page.at > from && page.at <= (chat.endedAt ?? Number.POSITIVE_INFINITY),
  )
}

/** “You invited Marta at 14:22. It was seen at once and answered after 41 s.” */
export function invitedLine(
  { chat, invitation }: ChatDetailState,
  reader: string,
): string | undefined {
  if (!invitation) return undefined
  const { agentName, sentAt, viewedAt, repliedAt } = invitation
  const who = agentName === reader ? 'You' : agentName
  const answered = `answered after ${shortAge(Math.max(2_000, repliedAt - (viewedAt ?? sentAt)))}`
  const rest =
    viewedAt === undefined
      ? `It was ${answered}.`
      : `It was seen ${viewedAt - sentAt < 5_000 ? 'at once' : `after ${shortAge(viewedAt - sentAt)}`} and ${answered}.`
  return `${who} invited ${chat.who.text} at ${timeOfDay(sentAt)}. ${rest}`
}

function endedLine({ chat }: ChatDetailState): string {
  const at = chat.endedAt === undefined ? '' : ` at ${timeOfDay(chat.endedAt)}`
  switch (chat.endReason) {
    case 'visitor':
      return `${chat.who.text} ended the chat${at}.`
    case 'left_queue':
      return `${chat.who.text} left the queue${at}.`
    case 'inactive':
      return `The chat ended by itself${at}: nobody wrote any more.`
    case 'banned':
      return `${chat.endedBy ?? 'A manager'} banned ${chat.who.text}${at}, which ended the chat.`
    default:
      return `${chat.endedBy ?? 'An agent'} ended the chat${at}.`
  }
}

const DAY_MS = 86_400_000

function dayWords(at: number, now: number): string {
  if (dayOf(at) === dayOf(now)) return 'Today'
  return dayOf(at) === dayOf(now - DAY_MS) ? 'Yesterday' : dayOf(at)
}

// Made once: each formatter holds memory that no garbage collection sees until it is much.
const DAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' })

const dayOf = (at: number): string => (Number.isNaN(at) ? '' : DAY.format(at))
