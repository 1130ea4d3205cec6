import type {
  ChatId,
  Look,
  Message,
  VisitorChat,
  VisitorFrame,
  VisitorInvitation,
} from '@beckon/protocol'

/*
 * What the chat panel is: the chat as the server tells it, the first question, and what the visitor is
 * busy with. What it may become is in moves.ts; messages on their way are the outbox's business.
 */

/** A first question, or a reply to an invitation, on its way: kept and sent again until it is answered. */
export type Starting = {
  id: string
  text: string
  name?: string
  email?: string
  /** The live chat link it comes through. */
  linkId?: string
  to?: VisitorInvitation
}

export type Field = 'text' | 'name' | 'email'

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
  starting?: Starting
  /** The invitation that what is written answers, after a refusal that leaves it open. */
  replyTo?: VisitorInvitation
  /** The invitation that ended over what is in the box: a card offers to start a chat with it. */
  ended?: VisitorInvitation
  fields: Readonly<Record<Field, string>>
  problem?: { at: Field; words: string }
  /** Asked whether the chat should end. */
  endAsked: boolean
  typedAt: number
  toldSeen: number
}

export type PanelEffect =
  | { do: 'send'; frame: VisitorFrame }
  | { do: 'keep draft'; text: string }
  | { do: 'keep start'; starting: Starting | undefined }
  | { do: 'focus' }

export type Face = 'before' | 'replying' | 'offline' | 'queue' | 'chatting' | 'ended'

export const TYPING_EVERY_MS = 3_000
export const NEVER = -TYPING_EVERY_MS

export const initialPanel = (
  given: Pick<PanelState, 'look' | 'chat' | 'watched' | 'ended' | 'starting'> & { draft: string },
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
  fields: {
    text: given.draft,
    name: given.starting?.name ?? '',
    email: given.starting?.email ?? '',
  },
  endAsked: false,
  typedAt: NEVER,
  toldSeen: 0,
})

const goesOn = (chat: VisitorChat | undefined): boolean =>
  chat !== undefined && chat.state !== 'ended'

export function faceOf({ chat, again, look, nobody, starting }: PanelState): Face {
  if (chat && !again) return chat.state === 'active' ? 'chatting' : queuedOr(chat.state)
  if (starting) return starting.to ? 'replying' : 'before'
  return look.online && !nobody ? 'before' : 'offline'
}

const queuedOr = (state: 'queued' | 'ended'): Face => (state === 'queued' ? 'queue' : 'ended')

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

export function write(draft: Draft, text: string, field: Field = 'text'): void {
  draft.fields = { ...draft.fields, [field]: text }
}
