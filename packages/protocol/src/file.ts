import { type Static, Type } from 'typebox'
import { type ChatId, ClientId, type FileId, Id } from './ids.ts'
import { LIMITS } from './limits.ts'

/*
 * Files in a chat. Whoever speaks in it offers one and gets a pass; the pass and the bytes go over
 * HTTP (`POST /files`), and what comes of it is a message like any other. Reading takes a pass too,
 * so nothing secret ever stands in an address.
 */

const strict = { additionalProperties: false } as const

/** What a message carries. The type is what was found in the file, never what it was called. */
export type ChatFile = {
  id: FileId
  name: string
  type: string
  /** Bytes as stored. */
  size: number
  /** Of a picture. */
  width?: number
  height?: number
}

const Offer = {
  type: Type.Literal('file.offer'),
  /** Also the message's client id: the same again is the same file. */
  id: ClientId,
  chatId: Id<ChatId>(),
  name: Type.String({ minLength: 1, maxLength: LIMITS.fileName }),
  size: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }),
}

/** By a visitor: answered by `file.go`, or by `done` if that file is stored already. */
export const FileOffer = Type.Object(Offer, strict)
export type FileOffer = Static<typeof FileOffer>

/** By an agent; the answer is the command's result. */
export const FileOfferCommand = Type.Object(Offer, strict)

/** By a visitor who wants to read one: answered by `file.pass`. */
export const FileAsk = Type.Object({ type: Type.Literal('file.ask'), fileId: Id<FileId>() }, strict)
