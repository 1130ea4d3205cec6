import type { UnsentList } from '@beckon/client/outbox'
import type {
  AgentId,
  ChatDetailState,
  ChatLogLine,
  ChatLogWhat,
  ChatNote,
  Message,
  PageView,
} from '@beckon/protocol'
import { shortAge, timeOfDay } from '../parts/durations.ts'
import { logWords } from './log-words.ts'

/** How far an own message has come. */
export type Tick = 'sent' | 'delivered' | 'seen'

export type FactIcon = 'invited' | 'page' | 'system' | 'ended' | 'passed' | 'people' | 'tag'

export type Line =
  | { kind: 'day'; key: string; text: string }
  | { kind: 'fact'; key: string; text: string; icon: FactIcon }
  | { kind: 'note'; key: string; note: ChatNote; own: boolean }
  | {
      kind: 'message'
      key: string
      message: Message
      own: boolean
      /** Of our side, and not the reader. */
      by?: string
      tick?: Tick
      last: boolean
    }
  | { kind: 'unsent'; key: string; id: string; text: string; refused?: string | undefined }

type Given = {
  detail: ChatDetailState
  unsent: UnsentList
  /** Pages of the visit; only those opened during the chat are told. */
  pages: readonly PageView[]
  /** The agent who reads. */
  reader: { agentId: AgentId; name: string }
  now: number
}

/** One conversation as it reads, oldest first. Pure: what is drawn is decided here. */
export function linesOf({ detail, unsent, pages, reader, now }: Given): Line[] {
  const { chat, messages } = detail
  const lines: Line[] = []
  const first = invitedLine(detail, reader.name)
  if (first) lines.push({ kind: 'fact', key: 'invited', text: first, icon: 'invited' })

  const told: Told[] = [
    ...loggedIn(detail).map((logged) => ({ at: logged.at, logged })),
    ...detail.work.notes.map((note) => ({ at: note.at, note })),
    // What is told to the visitor of that stands in the log, with more to it.
    ...messages.filter(({ fact }) => !fact).map((message) => ({ at: message.at, message })),
    ...opened(detail, pages).map((page) => ({ at: page.at, page })),
  ].sort((a, b) => a.at - b.at)

  for (const [index, entry] of told.entries()) {
    const before = told[index - 1]
    if (dayOf(entry.at) !== dayOf(before?.at ?? Number.NaN)) {
      lines.push({ kind: 'day', key: `day-${entry.at}-${index}`, text: dayWords(entry.at, now) })
    }
    lines.push(lineOf(entry, { detail, reader, next: nextSpeaker(told, index) }))
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

type Told = { at: number } & (
  | { message: Message }
  | { page: PageView }
  | { note: ChatNote }
  | { logged: ChatLogLine }
)
type Around = {
  detail: ChatDetailState
  reader: { agentId: AgentId; name: string }
  next: string | undefined
}

function lineOf(entry: Told, { detail, reader, next }: Around): Line {
  const who = detail.chat.who.text
  if ('page' in entry) {
    const { id, title, url } = entry.page
    return { kind: 'fact', key: `page-${id}`, text: `${who} opened ${title || url}`, icon: 'page' }
  }
  if ('note' in entry) {
    const { note } = entry
    return { kind: 'note', key: note.id, note, own: note.agentId === reader.agentId }
  }
  if ('logged' in entry) {
    const { id, what } = entry.logged
    const text = logWords(entry.logged, { who, me: reader.agentId })
    return { kind: 'fact', key: id, text, icon: TOLD_IN_CHAT[what] ?? 'system' }
  }
  return messageLine(entry.message, { detail, reader, next })
}

/** What of the log stands among the words; notes and the end stand there as themselves. */
const TOLD_IN_CHAT: Partial<Record<ChatLogWhat, FactIcon>> = {
  queued: 'system',
  started: 'system',
  transferred: 'passed',
  handed_off: 'passed',
  joined: 'people',
  left: 'people',
  taken_over: 'people',
  tagged: 'tag',
  untagged: 'tag',
  named: 'tag',
}

/** How an invited chat began is said by its first line. */
const loggedIn = ({ chat, work }: ChatDetailState): ChatLogLine[] =>
  work.log.filter(({ what, byId }) => {
    if (!TOLD_IN_CHAT[what]) return false
    return !chat.invitationId || (what !== 'queued' && (what !== 'started' || byId !== undefined))
  })

function messageLine(message: Message, { detail: { chat }, reader, next }: Around): Line {
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
  const by = own && message.agentId !== reader.agentId ? message.name : ''
  return { kind: 'message', key, message, own, last, ...(own && { tick }), ...(by && { by }) }
}

function nextSpeaker(told: readonly Told[], index: number): string | undefined {
  const next = told[index + 1]
  return next && 'message' in next ? `${next.message.from} ${next.message.name}` : undefined
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
