import type { ListLayout } from '@beckon/protocol'
import { useMemo } from 'react'
import { keepPreferences, usePreferences } from '../preferences/use-preferences.ts'
import { type Layout, layoutFrom } from './layout.ts'

/** How the agent has the list when nothing else is asked for. */
export function useOwnLayout(): Layout {
  const { list } = usePreferences()
  return useMemo(() => layoutFrom(list), [list])
}

export const keepLayout = (layout: Layout): void => keepPreferences({ list: kept(layout) })

function kept({ columns, widths, sort, group, density }: Layout): ListLayout {
  const own = Object.fromEntries(columns.flatMap((id) => (widths[id] ? [[id, widths[id]]] : [])))
  return { columns: [...columns], widths: own, sort, ...(group && { group }), density }
}
