import { useRouter, useRouterState } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { Layout } from './layout.ts'
import { keepLayout, useOwnLayout } from './use-own-layout.ts'
import { readView, type View, writeView } from './view.ts'

/**
 * The view in the address bar. Going to another filter or face can be gone back from; a layout or a
 * visitor replaces. What the agent changes of the layout becomes their own as well, so that it is
 * there next time and elsewhere; what only came with a link does not.
 */
export function useView(): [View, (change: Partial<View>, how?: 'push' | 'replace') => void] {
  const { history } = useRouter()
  const search = useRouterState({ select: ({ location }) => location.searchStr })
  const own = useOwnLayout()
  const latest = useRef(own)
  latest.current = own
  const view = useMemo(() => readView(search, own), [search, own])

  const go = useCallback(
    (query: string, how: 'push' | 'replace') => {
      const { pathname, hash } = history.location
      history[how](`${pathname}${query && `?${query}`}${hash}`)
    },
    [history],
  )
  // The address says what is shown, so that it can be given to somebody else.
  useEffect(() => {
    const query = writeView(view, own)
    if (query !== writeView(readView(history.location.search), own)) go(query, 'replace')
  }, [view, own, history, go])

  const change = useCallback(
    (part: Partial<View>, how: 'push' | 'replace' = 'replace') => {
      const now = readView(history.location.search, latest.current)
      const layout: Layout = part.layout ?? latest.current
      if (part.layout) {
        latest.current = part.layout
        keepLayout(part.layout)
      }
      go(writeView({ ...now, ...part }, layout), how)
    },
    [history, go],
  )
  return [view, change]
}
