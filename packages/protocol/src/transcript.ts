import { Type } from 'typebox'
import { type ChatId, ClientId, Id } from './ids.ts'

/*
 * A chat as a mail: what visitor and agents wrote to each other, and nothing else. The visitor asks
 * for their own chat, agents for one they may open.
 */

const strict = { additionalProperties: false } as const
const Address = Type.String({ minLength: 3, maxLength: 254 })

export const TranscriptMail = Type.Object(
  { type: Type.Literal('transcript.mail'), id: ClientId, chatId: Id<ChatId>(), email: Address },
  strict,
)
