import type { BrandId, BrandView, CountsState, SiteId, VisitFilter } from '@beckon/protocol'
import {
  EyeOff,
  Filter as FilterIcon,
  History,
  Hourglass,
  Plus,
  Search,
  ShoppingCart,
  Sparkles,
  Timer,
  Users,
  UsersRound,
} from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { cx } from '../parts/class-names.ts'
import { Menu } from '../parts/menu.tsx'
import { Select } from '../parts/select.tsx'
import { SiteSquare } from '../parts/site-square.tsx'
import { NARROW, useMedia } from '../parts/use-media.ts'
import type { FilterEntry } from './filter-list.ts'
import { filterMenu, hiddenMenu, move } from './filter-menu.ts'
import { isShown, type ShownView } from './named-filter.ts'
import { SideEntry } from './side-entry.tsx'
import { TotalEntries } from './totals.tsx'
import type { Filters } from './use-filters.tsx'
import type { SiteFace } from './use-sites.ts'
import { filterOfSite, sameFilter } from './view.ts'

const ICONS: Record<string, ReactNode> = {
  everyone: <Users size={15} aria-hidden />,
  new: <Sparkles size={15} aria-hidden />,
  returning: <History size={15} aria-hidden />,
  long: <Timer size={15} aria-hidden />,
  pricing: <ShoppingCart size={15} aria-hidden />,
  search: <Search size={15} aria-hidden />,
  idle: <Hourglass size={15} aria-hidden />,
}
/** Where the shipped name is too long for the list; it stays part of the accessible name. */
const SHORT: Record<string, string> = {
  long: 'On site > 3 min',
  pricing: 'Pricing or cart',
  search: 'From search',
}
const PLAIN_ENTRY =
  'ring-inside flex h-[27px] w-full items-center gap-2.5 rounded-item px-2 text-small text-text-3 hover:bg-hover hover:text-text'

type SideListProps = {
  counts: CountsState | undefined
  sites: ReadonlyMap<SiteId, SiteFace>
  /** Empty while there is only one. */
  brands: readonly BrandView[]
  brand: BrandId | undefined
  onBrand: (brand: BrandId | undefined) => void
  filters: Filters
  shown: ShownView
  manager: boolean
  onFilter: (filter: VisitFilter, named?: string) => void
  onEdit: (entry: FilterEntry) => void
  onNew: () => void
  /** On narrow screens it lies over the list, while it is asked for. */
  open: boolean
}

/**
 * Filters and sites with their live counts. A changing count is silent. The list beside it moves many
 * times a second, and this need not be drawn again with it.
 */
export const SideList = memo(function SideList(props: SideListProps) {
  const { counts, sites, filters, shown, manager, onFilter, onEdit, onNew, open } = props
  const { brands, brand, onBrand } = props
  const { list } = filters
  const over = useMedia(NARROW)
  const entry = (one: FilterEntry, icon: ReactNode) => {
    const name = one.saved ? one.name : (SHORT[one.id] ?? one.name)
    return (
      <SideEntry
        key={one.id}
        icon={icon}
        name={name}
        fullName={one.name}
        count={counts?.filters[one.id]}
        on={isShown(one, shown)}
        onClick={() => onFilter(one.filter, one.saved?.id)}
        menu={filterMenu({ entry: one, filters, manager, onEdit })}
        onMove={(by) => move(filters, one, by)}
      />
    )
  }
  return (
    <aside
      aria-label="Filters"
      className={cx(
        'flex w-[190px] flex-none flex-col gap-4 overflow-y-auto border-e border-line bg-surface px-2 py-3',
        open
          ? 'max-xl:absolute max-xl:inset-y-0 max-xl:start-0 max-xl:z-20 max-xl:w-60 max-xl:shadow-menu'
          : 'max-xl:hidden',
      )}
    >
      {brands.length > 0 && (
        <Select
          aria-label="Brand"
          value={brand ?? ''}
          onChoose={(id) => onBrand((id || undefined) as BrandId | undefined)}
          choices={[
            { value: '', label: 'All brands' },
            ...brands.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      )}
      {over && (
        <Section heading="Now">
          <TotalEntries counts={counts} filter={shown.view.filter} onFilter={onFilter} />
        </Section>
      )}
      <Section heading="Visitors">
        {list.shipped.map((one) => entry(one, ICONS[one.shipped ?? one.id]))}
      </Section>
      {list.shared.length > 0 && (
        <Section heading="Shared">
          {list.shared.map((one) => entry(one, <UsersRound size={15} aria-hidden />))}
        </Section>
      )}
      <Section heading="Mine">
        {list.mine.map((one) => entry(one, <FilterIcon size={15} aria-hidden />))}
        <li>
          <button type="button" className={PLAIN_ENTRY} onClick={onNew}>
            <Plus size={15} className="w-4 flex-none" aria-hidden />
            New filter
          </button>
        </li>
        {list.hidden.length > 0 && (
          <li>
            <Menu
              groups={hiddenMenu(filters, list)}
              trigger={
                <button type="button" className={PLAIN_ENTRY}>
                  <EyeOff size={15} className="w-4 flex-none" aria-hidden />
                  {list.hidden.length} hidden
                </button>
              }
            />
          </li>
        )}
      </Section>
      {sites.size > 0 && (
        <Section heading="Sites">
          {[...sites.values()]
            .filter((site) => !site.off || counts?.sites[site.id])
            .filter((site) => !brand || site.brandId === brand)
            .map((site) => (
              <SideEntry
                key={site.id}
                icon={<SiteSquare color={site.color} />}
                name={site.name}
                count={counts && (counts.sites[site.id] ?? 0)}
                on={!shown.view.named && sameFilter(shown.view.filter, filterOfSite(site.id))}
                onClick={() => onFilter(filterOfSite(site.id))}
              />
            ))}
        </Section>
      )}
    </aside>
  )
})

function Section({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="px-2 pb-1.5 text-micro font-medium text-text-3">{heading}</h2>
      <ul className="flex flex-col gap-px">{children}</ul>
    </section>
  )
}
