import type {
  ArticleFound,
  ChatId,
  DepartmentId,
  Look,
  Message,
  OfferedDepartment,
  VisitorChat,
  VisitorFrame,
  VisitorInvitation,
} from '@beckon/protocol'

/*
 * What the chat panel is: the chat as the server tells it, the first question, and what the visitor is
 * busy with. What it may become is in moves.ts and, for forms, in forms/; messages on their way are
 * the outbox's business.
 */

/** A first question, or a reply to an invitation, on its way: kept and sent again until it is answered. */
export type Starting = {
  id: string
  text: string
  linkId?: string
  departmentId?: DepartmentId
  answers?: Record<string, string>
  to?: VisitorInvitation
}

/** `text` is the composer's and the question's; `.id` an answer in a form; the rest are forms' own. */
export type Fields = { readonly text: string; readonly [name: string]: string | undefined }

/** Asked of the server once more after every connection, until it is answered. */
export type Owed = Extract<
  VisitorFrame,
  { type: 'offline.leave' | 'transcript.mail' | 'survey.answer' }
>

export type PanelState = {
  look: Look
  /** The panel is open in a page that is visible: what arrives is seen. */
  watched: boolean
  connected: boolean
  chat?: VisitorChat
  messages: Message[]
  typing: boolean
  /** The visitor wants another chat than the one that ended. */
  again: boolean
  /** The server said that nobody is there, whatever the look says. */
  nobody: boolean
  /** What may be chosen and is asked; absent until the server has said so. */
  departments?: readonly OfferedDepartment[]
  /** It has been asked for, since the look last changed. */
  formAsked: boolean
  departmentId?: DepartmentId
  starting?: Starting
  /** The invitation that what is written answers, after a refusal that leaves it open. */
  replyTo?: VisitorInvitation
  /** The invitation that ended over what is in the box: a card offers to start a chat with it. */
  ended?: VisitorInvitation
  fields: Fields
  /** By field: a code that forms have words for, or the server's sentence. */
  problems: Readonly<Record<string, string>>
  /** Rather a message than a chat. */
  leaving: boolean
  owed: readonly Owed[]
  /** The last of each kind that the server has carried out. */
  done: Readonly<Partial<Record<Owed['type'], Owed>>>
  /** Help that was asked for with this question, once it has been answered. */
  help?: { text: string; found?: readonly ArticleFound[]; go(draft: Draft): void }
  /** Open beside the chat: the question whether it should end, options, emoji. */
  strip?: 'end' | 'options' | 'emoji'
  typedAt: number
  toldSeen: number
  /** As far as it was said that they have come. */
  toldHere: number
}

export type PanelEffect =
  | { do: 'send'; frame: VisitorFrame }
  | { do: 'keep draft'; text: string }
  | { do: 'keep answers'; fields: Fields }
  | { do: 'keep start'; starting: Starting | undefined }
  | { do: 'focus' }

export type Face = 'before' | 'replying' | 'offline' | 'queue' | 'chatting' | 'ended'

export const TYPING_EVERY_MS = 3_000
export const NEVER = -TYPING_EVERY_MS

export const initialPanel = (
  given: Pick<PanelState, 'look' | 'chat' | 'watched' | 'ended' | 'starting'> & {
    draft: string
    answers?: Partial<Fields>
  },
): PanelState => ({
  look: given.look,
  watched: given.watched,
  chat: given.chat,
  starting: goesOn(given.chat) ? undefined : given.starting,
  ended: given.ended,
  connected: false,
  messages: [],
  typing: false,
  again: given.starting !== undefined && !goesOn(given.chat),
  nobody: false,
  formAsked: false,
  fields: { ...given.answers, text: given.draft },
  problems: {},
  leaving: false,
  owed: [],
  done: {},
  typedAt: NEVER,
  toldSeen: 0,
  toldHere: 0,
})

const goesOn = (chat: VisitorChat | undefined): boolean =>
  chat !== undefined && chat.state !== 'ended'

export function faceOf(state: PanelState): Face {
  const { chat, again, look, nobody, starting, leaving } = state
  if (leaving) return 'offline'
  if (chat && !again) return FACES[chat.state]
  if (starting) return starting.to ? 'replying' : 'before'
  return (chosen(state)?.online ?? look.online) && !nobody ? 'before' : 'offline'
}

const FACES = { queued: 'queue', active: 'chatting', ended: 'ended' } as const

/** The only department, or the one the visitor chose. */
export const chosen = ({ departments = [], departmentId }: PanelState) =>
  departments.length === 1 ? departments[0] : departments.find(({ id }) => id === departmentId)

/** The agents' side wrote these since the visitor last looked. */
export const unreadOf = ({ chat, messages, toldSeen }: PanelState): number => {
  const seen = Math.max(chat?.visitorSeen ?? 0, toldSeen)
  return messages.filter(({ seq, from }) => from === 'agent' && seq > seen).length
}

/** A copy of the state, to be changed: what is in it is replaced, never changed itself. */
export type Draft = PanelState & { effects: PanelEffect[] }

export function openChat(draft: Draft, chatId: ChatId, after: number): void {
  send(draft, { type: 'chat.open', chatId, after })
}

export function send({ effects }: Draft, frame: VisitorFrame): void {
  effects.push({ do: 'send', frame })
}

export function write(draft: Draft, text: string, field = 'text'): void {
  draft.fields = { ...draft.fields, [field]: text }
  draft.problems = without(draft.problems, field)
}

export function without<T>(all: Readonly<Record<string, T>>, name: string): Record<string, T> {
  const { [name]: _, ...rest } = all
  return rest
}
