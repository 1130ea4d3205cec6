import { NEWS_KINDS, type NewsKind, type Notify } from '@beckon/protocol'
import { keepPreferences, usePreferences } from '../preferences/use-preferences.ts'

/** As shipped: sounds, no windows of the system's, and a question after a quarter of an hour. */
export const SHIPPED_NOTIFY: Notify = {
  sound: true,
  desktop: false,
  off: [],
  away: { minutes: 15, switch: false },
}

export const useNotify = (): Notify => usePreferences().notify ?? SHIPPED_NOTIFY

export const keepNotify = (notify: Notify): void => keepPreferences({ notify })

export const NEWS_WORDS: Record<NewsKind, string> = {
  assigned: 'A chat becomes mine',
  accepted: 'Somebody I invited replies',
  message: 'A message in one of my chats',
  whisper: 'A colleague whispers to me',
  queued: 'Somebody joins a queue of mine',
  alert: 'A queue of mine gets too long',
}

export const toggled = (off: readonly NewsKind[], kind: NewsKind): NewsKind[] =>
  NEWS_KINDS.filter((one) => (one === kind ? !off.includes(kind) : off.includes(one)))
