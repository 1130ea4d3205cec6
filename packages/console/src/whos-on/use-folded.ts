import type { Grouping } from '@beckon/protocol'
import { useCallback } from 'react'
import { keepPreferences, usePreferences } from '../preferences/use-preferences.ts'

const NONE: readonly string[] = []
/** As many as are kept; the oldest one opens again. */
const MOST = 300

/** Keys of the groups that show their heading only: kept for each agent, and for each way to group. */
export function useFolded(group: Grouping | undefined): [readonly string[], (key: string) => void] {
  const { folded } = usePreferences()
  const now = (group && folded?.[group]) ?? NONE
  const fold = useCallback(
    (key: string) => {
      if (!group) return
      const next = now.includes(key) ? now.filter((one) => one !== key) : [...now, key]
      keepPreferences({ folded: { ...folded, [group]: next.slice(-MOST) } })
    },
    [group, now, folded],
  )
  return [now, fold]
}
