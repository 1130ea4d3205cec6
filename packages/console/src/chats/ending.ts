import type { ChatId, ChatRow } from '@beckon/protocol'
import { useSyncExternalStore } from 'react'
import { sentenceOf } from '../api.ts'
import { live, sendCommand } from '../live/live.ts'
import { toast } from '../parts/toast-queue.ts'
import { offerUndo } from '../parts/undoable.ts'

/*
 * An end can be undone for 5 s, and the visitor is told of ends that are final: so for 5 s it is
 * only meant. It stands here, apart from any screen, and is sent when the offer is over or the page
 * is left.
 */

type Meant = { who: string; lastSeq: number; close: () => void }

const meant = new Map<ChatId, Meant>()
const watchers = new Set<() => void>()
const changed = () => {
  for (const watcher of watchers) watcher()
}

export function meanToEnd(chat: Pick<ChatRow, 'id' | 'who' | 'lastSeq'>): void {
  if (meant.has(chat.id)) return
  const who = chat.who.text
  const { close } = offerUndo({
    text: `Ending the chat with ${who}`,
    onUndo: () => forget(chat.id),
    onKept: () => void end(chat.id),
  })
  meant.set(chat.id, { who, lastSeq: chat.lastSeq, close })
  changed()
}

/** The chat goes on. */
export function keepChat(id: ChatId): void {
  const close = meant.get(id)?.close
  forget(id)
  close?.()
}

export const useIsEnding = (id: ChatId): boolean =>
  useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => meant.has(id),
  )

function forget(id: ChatId): void {
  if (meant.delete(id)) changed()
}

async function end(id: ChatId, leaving = false): Promise<void> {
  const entry = meant.get(id)
  if (!entry) return
  forget(id)
  if (!leaving && wroteSince(id, entry.lastSeq)) {
    toast.show({ text: `${entry.who} has just written, so the chat goes on.` })
    return
  }
  try {
    await sendCommand({ type: 'chat.end', chatId: id })
  } catch (thrown) {
    toast.show({ text: `The chat with ${entry.who} goes on: ${sentenceOf(thrown)}` })
  }
}

/** Nobody ends what they have not read. */
function wroteSince(id: ChatId, seq: number): boolean {
  const row = live.share('chats', { topic: 'chats' }).get().state?.chats[id]
  return row?.last?.from === 'visitor' && row.lastSeq > seq
}

window.addEventListener('pagehide', () => {
  for (const id of meant.keys()) void end(id, true)
})
