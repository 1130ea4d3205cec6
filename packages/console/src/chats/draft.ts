import type { ChatId } from '@beckon/protocol'
import { browserStorage } from './browser-storage.ts'

/** What is being written: for the visitor, for agents only, or for the one who answers. */
export type ComposerMode = 'message' | 'note' | 'whisper'

const keyOf = (chatId: ChatId, mode: ComposerMode) =>
  `draft.${mode === 'message' ? 'chat' : mode}.${chatId}`

/** Kept in this browser, per chat, until it is sent. */
export const draftOf = (chatId: ChatId, mode: ComposerMode = 'message'): string =>
  browserStorage.get(keyOf(chatId, mode)) ?? ''

export const keepDraft = (chatId: ChatId, mode: ComposerMode, text: string): void =>
  browserStorage.set(keyOf(chatId, mode), text || null)

export const hasDraft = (chatId: ChatId): boolean =>
  draftOf(chatId) !== '' || draftOf(chatId, 'note') !== ''
