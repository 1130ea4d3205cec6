import { randomBytes } from 'node:crypto'
import { v7 } from 'uuid'

/** A new id: UUIDv7, so ids sort by the moment they were made. */
export const newId = <T extends string>(): T => v7() as T

/** 256 random bits as URL-safe text: visitor tokens, sign-in tokens. Stored hashed only. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** What a process is called among others; stands in the ids of its connections. */
export const newNodeName = (): string => randomBytes(4).toString('hex')
