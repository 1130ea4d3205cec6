import type { ListLayout, Preferences } from '@beckon/protocol'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { api, sentenceOf } from '../api.ts'
import { toast } from '../parts/toast-queue.ts'
import { preferencesQuery, queryClient } from '../queries.ts'
import { type Layout, layoutFrom } from './layout.ts'

// Dragging an edge is one change, not fifty.
const KEEP_AFTER_MS = 600

let due: ReturnType<typeof setTimeout> | undefined
let waiting: Preferences = {}

/** What this agent has chosen for themselves; it follows their account. */
export function usePreferences() {
  const { data } = useSuspenseQuery(preferencesQuery)
  const layout = useMemo(() => layoutFrom(data.list), [data.list])
  const keep = useCallback((part: Preferences) => {
    queryClient.setQueryData(preferencesQuery.queryKey, (now) => ({ ...now, ...part }))
    waiting = { ...waiting, ...part }
    clearTimeout(due)
    due = setTimeout(() => void send(), KEEP_AFTER_MS)
  }, [])
  const keepLayout = useCallback((next: Layout) => keep({ list: keptLayout(next) }), [keep])
  return { layout, keepLayout, lettersOff: data.lettersOff ?? false, keep }
}

async function send(): Promise<void> {
  const part = waiting
  waiting = {}
  try {
    await api('PATCH', '/me/preferences', part)
  } catch (thrown) {
    toast.show({ text: `Not kept for next time: ${sentenceOf(thrown)}` })
  }
}

function keptLayout({ columns, widths, sort, group, density }: Layout): ListLayout {
  const own = Object.fromEntries(columns.flatMap((id) => (widths[id] ? [[id, widths[id]]] : [])))
  return { columns: [...columns], widths: own, sort, ...(group && { group }), density }
}
