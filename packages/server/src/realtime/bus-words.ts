import type { ChatId, InvitationId } from '@beckon/protocol'
import { type Static, type TSchema, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { Announcement } from './bus.ts'

/*
 * Announcements as they travel between nodes. A doorbell says which row to look at, never what is
 * in it: whoever hears it reads the database, so nothing that was said between people passes
 * through Redis, and nobody who can write to it puts words into a chat. A type nobody else needs
 * to hear is `null` here. What a visitor has typed and not sent is in no row: it is sealed with a
 * key that Redis does not have.
 */

const Id = Type.String({ pattern: '^[\\w-]{1,64}$' })
const Flag = Type.Boolean()
const Moment = Type.Number()
const word = <T extends string, P extends Record<string, TSchema>>(type: T, rest: P) =>
  Type.Object({ type: Type.Literal(type), ...rest }, { additionalProperties: false })

const WORDS = {
  invitation: word('invitation', { id: Id, typing: Flag }),
  chat: word('chat', { chatId: Id, brandId: Id, visitorId: Id }),
  message: word('message', { chatId: Id, visitorId: Id, seq: Type.Integer({ minimum: 1 }) }),
  typing: word('typing', {
    chatId: Id,
    visitorId: Id,
    who: Type.Enum(['agent', 'visitor']),
    on: Flag,
  }),
  typed: word('typed', {
    chatId: Id,
    visitorId: Id,
    sealed: Type.String({ pattern: '^[\\w.-]+$', maxLength: 24_000 }),
  }),
  attention: word('attention', {
    attention: Type.Object(
      {
        connectionId: Id,
        agentId: Id,
        until: Moment,
        claims: Type.Array(
          Type.Object(
            {
              visitId: Id,
              visitorId: Id,
              brandId: Id,
              doing: Type.Enum(['looking', 'writing']),
              since: Moment,
            },
            { additionalProperties: false },
          ),
          { maxItems: 200 },
        ),
      },
      { additionalProperties: false },
    ),
  }),
  visitor: word('visitor', {
    visitorId: Id,
    brandId: Id,
    named: Type.Optional(Type.Literal(true)),
  }),
  standing: word('standing', { agentId: Id }),
  filters: word('filters', {}),
  directory: word('directory', {}),
  bans: word('bans', {}),
  offline: word('offline', {}),
  revoked: word('revoked', {
    agentId: Id,
    signInIds: Type.Optional(Type.Array(Id, { maxItems: 1_000 })),
  }),
} satisfies Record<string, TSchema | null> & { [T in Announcement['type']]: TSchema | null }

type Words = typeof WORDS
export type BusWord = {
  [T in keyof Words]: Words[T] extends TSchema ? Static<Words[T]> : never
}[keyof Words]

const checks = new Map(
  Object.entries(WORDS).map(([type, schema]) => [type, schema && Compile(schema)]),
)
export const WORD_TYPES: readonly string[] = [...checks.keys()]

/** A word as another node may have said it; undefined for what none of ours says. */
export function readWord(said: { type: string }): BusWord | undefined {
  const check = checks.get(said.type)
  return check?.Check(said) ? (said as BusWord) : undefined
}

/** What to say to other nodes of an announcement. */
export function wordOf(announcement: Announcement): BusWord | undefined {
  switch (announcement.type) {
    case 'invitation': {
      const { id, typing = false } = announcement.invitation
      return { type: 'invitation', id, typing }
    }
    case 'message': {
      const { chatId, visitorId, message } = announcement
      return { type: 'message', chatId, visitorId, seq: message.seq }
    }
    default:
      return WORDS[announcement.type] ? (announcement as BusWord) : undefined
  }
}

/** What has to be read before these words can be told here. */
export function rowsBehind(words: readonly BusWord[]) {
  const invitations = new Set<InvitationId>()
  /** The first message of each chat that is asked for. */
  const messages = new Map<ChatId, number>()
  for (const word of words) {
    if (word.type === 'invitation') invitations.add(word.id as InvitationId)
    if (word.type !== 'message') continue
    const chatId = word.chatId as ChatId
    messages.set(chatId, Math.min(messages.get(chatId) ?? word.seq, word.seq))
  }
  return { invitations: [...invitations], messages }
}
