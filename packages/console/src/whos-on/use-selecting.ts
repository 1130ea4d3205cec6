import type { VisitFilter, VisitId, VisitRow } from '@beckon/protocol'
import { type Dispatch, type SetStateAction, useCallback, useRef, useState } from 'react'
import { api, sentenceOf } from '../api.ts'
import { toast } from '../parts/toast-queue.ts'
import type { Layout } from './layout.ts'
import { extended, type Selection, united } from './selection.ts'

type Found = { items: VisitRow[]; total: number }
type Selecting = {
  filter: VisitFilter
  layout: Pick<Layout, 'sort' | 'group'>
  selection: Selection
  setSelection: Dispatch<SetStateAction<Selection>>
}

/** Selecting beyond the rows that are here: the server knows what stands between. */
export function useSelecting({ filter, layout, selection, setSelection }: Selecting) {
  /** Rows that were never on the screen. */
  const [found, setFound] = useState<Readonly<Record<VisitId, VisitRow>>>({})
  const latest = useRef({ filter, layout, selection })
  latest.current = { filter, layout, selection }

  const ask = useCallback(async (ends: { from?: VisitId; to?: VisitId }): Promise<Found> => {
    const { filter, layout } = latest.current
    try {
      return await api<Found>('POST', '/visits/range', { filter, ...listOf(layout), ...ends })
    } catch (thrown) {
      toast.show({ text: sentenceOf(thrown) })
      return { items: [], total: 0 }
    }
  }, [])

  const extend = useCallback(
    async (to: VisitId, order: readonly VisitId[]) => {
      const { selection: now } = latest.current
      const near = extended(now, to, order)
      if (near || !now.anchor) return setSelection(near ?? now)
      const { items, total } = await ask({ from: now.anchor, to })
      if (total > items.length) {
        toast.show({
          text: `${items.length.toLocaleString('en')} of ${total.toLocaleString('en')} selected: no more at once.`,
        })
      }
      setFound((before) => ({
        ...before,
        ...Object.fromEntries(items.map((row) => [row.id, row])),
      }))
      setSelection({
        anchor: now.anchor,
        ids: united(
          now.ids,
          items.map(({ id }) => id),
        ),
      })
    },
    [ask, setSelection],
  )

  return {
    found,
    extend,
    /** Everyone who matches at this moment. */
    everyone: useCallback(
      async () => (await ask({})).items.filter(({ status }) => status !== 'removed'),
      [ask],
    ),
  }
}

/** Sort and grouping as questions about the list name them. */
export const listOf = ({ sort, group }: Pick<Layout, 'sort' | 'group'>) => ({
  sort,
  ...(group && { group }),
})
