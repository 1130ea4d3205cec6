import { type CountsState, SHIPPED_FILTERS, type SiteId, type VisitFilter } from '@beckon/protocol'
import { History, Hourglass, Search, ShoppingCart, Sparkles, Timer, Users } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from '../parts/class-names.ts'
import { SiteSquare } from '../parts/site-square.tsx'
import type { SiteFace } from './use-sites.ts'
import { filterOfSite, sameFilter, shippedId } from './view.ts'

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

type SideListProps = {
  counts: CountsState | undefined
  sites: ReadonlyMap<SiteId, SiteFace>
  filter: VisitFilter
  onFilter: (filter: VisitFilter) => void
  /** On narrow screens it lies over the list, while it is asked for. */
  open: boolean
}

/** Filters and sites with their live counts. A changing count is silent. */
export function SideList({ counts, sites, filter, onFilter, open }: SideListProps) {
  const on = shippedId(filter)
  return (
    <aside
      aria-label="Filters"
      className={cx(
        'flex w-[190px] flex-none flex-col gap-4 overflow-y-auto border-e border-line bg-surface px-2 py-3',
        open
          ? 'max-xl:absolute max-xl:inset-y-0 max-xl:start-0 max-xl:z-20 max-xl:shadow-menu'
          : 'max-xl:hidden',
      )}
    >
      <Section heading="Visitors">
        {SHIPPED_FILTERS.map(({ id, name, filter: shipped }) => (
          <Entry
            key={id}
            icon={ICONS[id]}
            name={SHORT[id] ?? name}
            fullName={name}
            count={counts?.filters[id]}
            on={on === id}
            onClick={() => onFilter(shipped)}
          />
        ))}
      </Section>
      {sites.size > 0 && (
        <Section heading="Sites">
          {[...sites.values()]
            .filter((site) => !site.off || counts?.sites[site.id])
            .map((site) => (
              <Entry
                key={site.id}
                icon={<SiteSquare color={site.color} />}
                name={site.name}
                fullName={site.name}
                count={counts && (counts.sites[site.id] ?? 0)}
                on={sameFilter(filter, filterOfSite(site.id))}
                onClick={() => onFilter(filterOfSite(site.id))}
              />
            ))}
        </Section>
      )}
    </aside>
  )
}

function Section({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="px-2 pb-1.5 text-micro font-medium text-text-3">{heading}</h2>
      <ul className="flex flex-col gap-px">{children}</ul>
    </section>
  )
}

type EntryProps = {
  icon: ReactNode
  name: string
  fullName: string
  count: number | undefined
  on: boolean
  onClick: () => void
}

function Entry({ icon, name, fullName, count, on, onClick }: EntryProps) {
  return (
    <li>
      <button
        type="button"
        onClick={onClick}
        aria-current={on || undefined}
        className={cx(
          'ring-inside flex h-[27px] w-full items-center gap-2.5 rounded-item px-2 text-small',
          on
            ? 'bg-accent-soft font-semibold text-accent-text'
            : 'text-text-2 hover:bg-hover hover:text-text',
        )}
      >
        <span className="flex w-4 flex-none justify-center">{icon}</span>
        <span className="min-w-0 flex-1 truncate text-start" title={fullName}>
          {name}
        </span>{' '}
        <span className={cx('tabular-nums', !on && 'text-text-3')}>
          {count?.toLocaleString('en')}
        </span>
        {name !== fullName && <span className="sr-only"> {fullName}</span>}
      </button>
    </li>
  )
}
