import type { MenuGroup } from '../parts/menu.tsx'
import {
  EVERYONE_ID,
  type FilterEntry,
  type FilterList,
  moved,
  withHidden,
  withShown,
} from './filter-list.ts'
import type { Filters } from './use-filters.tsx'

type MenuOf = {
  entry: FilterEntry
  filters: Filters
  /** May share what is theirs, and change what is shared. */
  manager: boolean
  onEdit: (entry: FilterEntry) => void
}

/** What can be done with a filter in the side list; undefined where there is nothing. */
export function filterMenu({ entry, filters, manager, onEdit }: MenuOf): readonly MenuGroup[] {
  const { saved, shipped } = entry
  const arranged = filters.state ?? { hidden: [], order: [] }
  const may = saved === undefined || saved.mayChange
  const notMine = may ? undefined : 'Managers change shared filters. Duplicate it to have your own.'
  const everyone = entry.id === EVERYONE_ID
  if (everyone) return []
  return [
    {
      items: [
        { label: 'Edit…', off: notMine, onSelect: () => onEdit(entry) },
        { label: 'Duplicate', onSelect: () => filters.duplicate(entry) },
        ...(saved && !shipped && manager
          ? [
              {
                label: saved.shared ? 'Stop sharing' : 'Share with everyone',
                off: notMine,
                onSelect: () => filters.share(saved, !saved.shared),
              },
            ]
          : []),
      ],
    },
    {
      items: [
        ...([-1, 1] as const).map((by) => ({
          label: by < 0 ? 'Move up' : 'Move down',
          kbd: by < 0 ? '⌥↑' : '⌥↓',
          off: moved(filters.list, arranged, entry, by) ? undefined : endOf(by),
          onSelect: () => move(filters, entry, by),
        })),
        { label: 'Hide', onSelect: () => filters.arrange(withHidden(arranged, entry)) },
      ],
    },
    {
      items: saved
        ? [
            shipped
              ? { label: 'Put back as shipped', onSelect: () => filters.remove(saved) }
              : {
                  label: 'Delete',
                  danger: true,
                  off: notMine,
                  onSelect: () => filters.remove(saved),
                },
          ]
        : [],
    },
  ]
}

const endOf = (by: 1 | -1) =>
  by < 0 ? 'It is the first of its kind.' : 'It is the last of its kind.'

export function move(filters: Filters, entry: FilterEntry, by: 1 | -1): void {
  if (!filters.state) return
  const next = moved(filters.list, filters.state, entry, by)
  if (next) filters.arrange(next)
}

/** Everything hidden, to be shown again. */
export const hiddenMenu = (filters: Filters, { hidden }: FilterList): readonly MenuGroup[] => [
  {
    heading: 'Show again',
    items: hidden.map((entry) => ({
      label: entry.name,
      onSelect: () => filters.state && filters.arrange(withShown(filters.state, entry)),
    })),
  },
]
