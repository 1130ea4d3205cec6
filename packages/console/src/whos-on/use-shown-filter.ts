import { type Condition, EVERYONE, type VisitFilter } from '@beckon/protocol'
import { useCallback, useMemo, useState } from 'react'
import type { Sites } from './condition-fields.ts'
import { sentenceOf } from './condition-words.ts'
import type { FilterStart } from './filter-dialog.tsx'
import type { FilterEntry } from './filter-list.ts'
import { nameShown, shownView } from './named-filter.ts'
import { useFilters } from './use-filters.tsx'
import { useView } from './use-view.ts'
import { sameCondition, shippedId } from './view.ts'

const NEW: FilterStart = { name: '', filter: { match: 'all', conditions: [] } }

/** The view in the address with its filter found, the ways to another one, and the builder. */
export function useShownFilter(sites: Sites, onOther: () => void) {
  const [address, change] = useView()
  const filters = useFilters()
  const shown = useMemo(() => shownView(address, filters.state), [address, filters.state])
  const [building, setBuilding] = useState<FilterStart>()
  const { view, saved } = shown

  /** Another filter altogether. */
  const choose = useCallback(
    (filter: VisitFilter, named?: string) => {
      onOther()
      change({ filter, named, changed: undefined }, 'push')
    },
    [change, onOther],
  )
  /** Other conditions; those of a saved filter keep its name in mind. */
  const alter = useCallback(
    (filter: VisitFilter) => {
      if (!saved || filter.conditions.length === 0) return choose(filter)
      onOther()
      change({ filter, changed: true }, 'push')
    },
    [change, choose, onOther, saved],
  )

  /** One condition more; where any of several is enough, it stands alone: more would show more. */
  const narrow = useCallback(
    (condition: Condition) => {
      const { conditions, match } = view.filter
      if (match === 'any' && conditions.length > 1) {
        return choose({ ...EVERYONE, conditions: [condition] })
      }
      const others = conditions.filter((one) => !sameCondition(one, condition))
      alter({ ...view.filter, match: 'all', conditions: [...others, condition] })
    },
    [alter, choose, view.filter],
  )

  const build = useMemo(
    () => ({
      /** What is on the screen, under its name if it has one that may be changed. */
      shown(how: 'saved' | 'new' = 'saved') {
        const { filter } = view
        const [only, second] = filter.conditions
        const mine = how === 'saved' && saved?.mayChange ? saved : undefined
        const shipped = how === 'saved' && !view.named ? shippedId(filter) : undefined
        const suggested = only && !second ? sentenceOf(only, sites).slice(0, 60) : ''
        setBuilding({
          saved: mine,
          name: mine?.name ?? (shipped ? (nameShown(shown) ?? '') : suggested),
          filter,
          standsFor: mine ? mine.standsFor : shipped,
        })
      },
      entry: ({ saved: one, name, filter, shipped }: FilterEntry) =>
        setBuilding({ saved: one, name, filter, standsFor: shipped }),
      fresh: () => setBuilding(NEW),
      close: () => setBuilding(undefined),
    }),
    [saved, shown, sites, view],
  )

  return {
    shown,
    change,
    filters,
    choose,
    alter,
    narrow,
    name: nameShown(shown),
    changedFrom: view.changed && saved ? saved.name : undefined,
    showAll: useCallback(() => choose(EVERYONE), [choose]),
    building,
    build,
  }
}
