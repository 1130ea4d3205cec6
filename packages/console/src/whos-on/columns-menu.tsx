import { Columns3Cog } from 'lucide-react'
import { IconButton } from '../parts/icon-button.tsx'
import { Menu } from '../parts/menu.tsx'
import { COLUMN_IDS, COLUMNS, type Layout, SHIPPED_LAYOUT, switched } from './columns.ts'

type ColumnsMenuProps = { layout: Layout; onLayout: (layout: Layout) => void }

/** Which columns the list has, and how tall its rows are. */
export function ColumnsMenu({ layout, onLayout }: ColumnsMenuProps) {
  return (
    <Menu
      align="end"
      trigger={<IconButton label="Columns" icon={<Columns3Cog size={16} aria-hidden />} />}
      groups={[
        {
          heading: 'Columns',
          items: COLUMN_IDS.map((id) => ({
            label: COLUMNS[id].head,
            checked: layout.columns.includes(id),
            stay: true,
            ...(COLUMNS[id].locked && { off: `${COLUMNS[id].head} is always shown.` }),
            onSelect: () => onLayout(switched(layout, id)),
          })),
        },
        {
          heading: 'Rows',
          items: (['comfortable', 'compact'] as const).map((density) => ({
            label: density === 'compact' ? 'Compact' : 'Comfortable',
            ...(layout.density !== density && { kbd: 'D' }),
            checked: layout.density === density,
            stay: true,
            onSelect: () => onLayout({ ...layout, density }),
          })),
        },
        {
          items: [{ label: 'Put back as shipped', onSelect: () => onLayout(SHIPPED_LAYOUT) }],
        },
      ]}
      note="Kept for you in this browser."
    />
  )
}
