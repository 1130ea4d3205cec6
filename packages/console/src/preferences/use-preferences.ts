import type { Preferences } from '@beckon/protocol'
import { useSuspenseQuery } from '@tanstack/react-query'
import { api, sentenceOf } from '../api.ts'
import { toast } from '../parts/toast-queue.ts'
import { preferencesQuery, queryClient } from '../queries.ts'

// Dragging an edge is two changes, not fifty.
const KEEP_EVERY_MS = 600

let resting: ReturnType<typeof setTimeout> | undefined
let waiting: Preferences | undefined

/** What this agent has chosen for themselves; it follows their account. */
export const usePreferences = (): Preferences => useSuspenseQuery(preferencesQuery).data

/** Holds at once. The first change is kept at once, what follows it a moment later, also when the page is left. */
export function keepPreferences(part: Preferences): void {
  queryClient.setQueryData(preferencesQuery.queryKey, (now) => ({ ...now, ...part }))
  waiting = { ...waiting, ...part }
  if (resting === undefined) void send()
}

/** Keys of one letter or sign do nothing (WCAG 2.1.4); false until it is known. */
export const lettersAreOff = (): boolean =>
  queryClient.getQueryData(preferencesQuery.queryKey)?.lettersOff ?? false

window.addEventListener('pagehide', () => void send())

async function send(): Promise<void> {
  clearTimeout(resting)
  resting = undefined
  if (!waiting) return
  const part = waiting
  waiting = undefined
  resting = setTimeout(() => void send(), KEEP_EVERY_MS)
  try {
    await api('PATCH', '/me/preferences', part, { outlivesPage: true })
  } catch (thrown) {
    toast.show({ text: `Not kept for next time: ${sentenceOf(thrown)}` })
  }
}
