import type { Preferences } from '@beckon/protocol'
import { useSuspenseQuery } from '@tanstack/react-query'
import { api, sentenceOf } from '../api.ts'
import { toast } from '../parts/toast-queue.ts'
import { preferencesQuery, queryClient } from '../queries.ts'

// Dragging an edge is one change, not fifty.
const KEEP_AFTER_MS = 600

let due: ReturnType<typeof setTimeout> | undefined
let waiting: Preferences = {}

/** What this agent has chosen for themselves; it follows their account. */
export const usePreferences = (): Preferences => useSuspenseQuery(preferencesQuery).data

/** Holds at once, and is kept for next time soon after. */
export function keepPreferences(part: Preferences): void {
  queryClient.setQueryData(preferencesQuery.queryKey, (now) => ({ ...now, ...part }))
  waiting = { ...waiting, ...part }
  clearTimeout(due)
  due = setTimeout(() => void send(), KEEP_AFTER_MS)
}

/** Keys of one letter or sign do nothing (WCAG 2.1.4); false until it is known. */
export const lettersAreOff = (): boolean =>
  queryClient.getQueryData(preferencesQuery.queryKey)?.lettersOff ?? false

async function send(): Promise<void> {
  const part = waiting
  waiting = {}
  try {
    await api('PATCH', '/me/preferences', part)
  } catch (thrown) {
    toast.show({ text: `Not kept for next time: ${sentenceOf(thrown)}` })
  }
}
