import { useRouter, useRouterState } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { readView, type View, writeView } from './view.ts'

/** The view in the address bar. Going to another filter or face can be gone back from; a sort or a visitor replaces. */
export function useView(): [View, (change: Partial<View>, how?: 'push' | 'replace') => void] {
  const { history } = useRouter()
  const search = useRouterState({ select: ({ location }) => location.searchStr })
  const view = useMemo(() => readView(search), [search])
  const change = useCallback(
    (part: Partial<View>, how: 'push' | 'replace' = 'replace') => {
      const { pathname, hash, search: now } = history.location
      const query = writeView({ ...readView(now), ...part })
      history[how](`${pathname}${query && `?${query}`}${hash}`)
    },
    [history],
  )
  return [view, change]
}
