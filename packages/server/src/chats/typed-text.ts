import type { ChatId } from '@beckon/protocol'
import { Refusal } from '../refusal.ts'
import type { Seals } from '../sign-in/seals.ts'

/*
 * What a visitor types, on its way to whoever may read it: sealed, and bound to its chat, as what
 * goes between servers can be read and written by others. Undefined where these have no key.
 */

export const sealTyped = (seals: Seals, chatId: ChatId, text: string): string | undefined =>
  withKey(() => seals.seal(text, aboutTyped(chatId)))

export const openTyped = (seals: Seals, chatId: ChatId, sealed: string): string | undefined =>
  withKey(() => seals.open(sealed, aboutTyped(chatId)))

const aboutTyped = (chatId: ChatId): string => `typed ${chatId}`

function withKey<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}
