import type { Draft } from '../state.ts'
import { counted, words } from './words.ts'

/* What the panel, once it is there, has to tell the launcher and the card. */

/** It takes the place of a card that was replied to. */
export function takeOver(draft: Draft): void {
  draft.replying = undefined
}

/** Open on the page before, it opens again with its chat. */
export function reopen(draft: Draft): void {
  draft.open = true
}

export function countUnread(draft: Draft, count: number): void {
  draft.unread = count ? { count, words: `, ${counted(words.unread, count)}` } : undefined
}
