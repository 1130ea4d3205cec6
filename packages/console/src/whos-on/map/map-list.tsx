import type { Place, VisitFilter, VisitRow } from '@beckon/protocol'
import { MapPinOff, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTopic } from '../../live/use-topic.ts'
import { cx } from '../../parts/class-names.ts'
import { Flag } from '../../parts/flag.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { Segment } from '../../parts/segment.tsx'
import type { VisitorDoing } from '../actions-menu.tsx'
import { Duration, VisitorName } from '../cells.tsx'
import { StatusMark } from '../status-mark.tsx'
import { countryName, pathOf } from '../visitor-words.ts'
import { narrowed } from './narrowed.ts'

type MapListProps = {
  /** Places in view. */
  places: readonly Place[]
  unlocated: number
  filter: VisitFilter
  doing: VisitorDoing
  onCountry: (places: readonly Place[]) => void
  /** Given where it lies over the map, for want of room beside it. */
  onClose?: () => void
}

const SHOWN_FIRST = 12

/** The map in words: the primary way by keyboard, and for who has no place at all (W6). */
export function MapList({ places, unlocated, filter, doing, onCountry, onClose }: MapListProps) {
  const [face, setFace] = useState<'countries' | 'visitors'>('countries')
  const total = places.reduce((sum, place) => sum + headsAt(place), 0)
  const list = useRef<HTMLElement>(null)
  const over = onClose !== undefined
  useEffect(() => {
    if (over) list.current?.focus()
  }, [over])
  return (
    <aside
      ref={list}
      aria-label="Visitors by country"
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !onClose) return
        event.preventDefault()
        onClose()
      }}
      className={cx(
        'flex w-[296px] flex-none flex-col overflow-y-auto border-s border-line outline-none',
        over &&
          'absolute inset-y-0 end-0 z-20 animate-fade bg-surface shadow-menu max-md:w-full max-md:border-s-0',
      )}
    >
      <div className="flex items-center gap-2 px-3.5 py-2.5">
        <h2 className="flex-1 font-semibold whitespace-nowrap">
          In this view{' '}
          <span className="font-normal text-text-3 tabular-nums">{total.toLocaleString('en')}</span>
        </h2>
        <Segment
          label="List of"
          value={face}
          onChange={setFace}
          options={[
            { value: 'countries', label: 'Countries' },
            { value: 'visitors', label: 'Visitors' },
          ]}
        />
        {onClose && (
          <IconButton
            label="Close"
            kbd="Esc"
            icon={<X size={15} aria-hidden />}
            onClick={onClose}
          />
        )}
      </div>
      {face === 'countries' ? (
        <Countries places={places} onCountry={onCountry} />
      ) : (
        <People
          filter={narrowed(filter, { field: 'located', op: 'is', value: 'yes' })}
          doing={doing}
        />
      )}
      {unlocated > 0 && (
        <section className="border-t border-line pt-3" aria-label="Not located">
          <h2 className="flex items-center gap-2 px-3.5 font-medium">
            <MapPinOff size={15} aria-hidden />
            <span className="flex-1">Not located</span>
            <span className="tabular-nums">{unlocated.toLocaleString('en')}</span>
          </h2>
          <p className="px-3.5 py-1.5 text-small text-text-3">
            Their address has no place in the location data, or the site keeps no IP. You can still
            invite them.
          </p>
          <People
            filter={narrowed(filter, { field: 'located', op: 'is', value: 'no' })}
            doing={doing}
          />
        </section>
      )}
    </aside>
  )
}

const headsAt = ({ active, pending }: Place): number => active + pending

function Countries({ places, onCountry }: Pick<MapListProps, 'places' | 'onCountry'>) {
  const [all, setAll] = useState(false)
  const countries = byCountry(places)
  const most = countries[0]?.total ?? 1
  const shown = all ? countries : countries.slice(0, SHOWN_FIRST)
  return (
    <>
      <ul className="pb-2">
        {shown.map(({ code, total, places: inside }) => (
          <li key={code}>
            <button
              type="button"
              onClick={() => onCountry(inside)}
              className="ring-inside flex h-[34px] w-full items-center gap-3 px-3.5 text-start hover:bg-hover"
            >
              <Flag country={code} />
              <span className="min-w-0 flex-1 truncate">{countryName(code) || 'Unknown'}</span>
              <span className="h-1 w-[70px] flex-none overflow-hidden rounded-full bg-sunken">
                <i
                  className="block h-full rounded-full bg-accent opacity-75"
                  style={{ width: `${Math.max(4, (total / most) * 100)}%` }}
                />
              </span>
              <span className="w-8 text-end tabular-nums">{total.toLocaleString('en')}</span>
            </button>
          </li>
        ))}
      </ul>
      {countries.length > shown.length && (
        <button
          type="button"
          onClick={() => setAll(true)}
          className="ring-inside mx-3.5 mb-3 self-start rounded-chip font-medium text-accent-text hover:underline"
        >
          {countries.length - shown.length} more countries
        </button>
      )}
      {countries.length === 0 && (
        <p className="px-3.5 pb-4 text-text-3">Nobody in this part of the world.</p>
      )}
    </>
  )
}

function byCountry(places: readonly Place[]) {
  const countries = new Map<string, { code: string; total: number; places: Place[] }>()
  for (const place of places) {
    const code = place.country ?? ''
    const there = countries.get(code) ?? { code, total: 0, places: [] }
    there.total += headsAt(place)
    there.places.push(place)
    countries.set(code, there)
  }
  return [...countries.values()].sort((a, b) => b.total - a.total || a.code.localeCompare(b.code))
}

const MOST_PEOPLE = 100

function People({ filter, doing }: { filter: VisitFilter; doing: VisitorDoing }) {
  const { state } = useTopic<'window'>({
    topic: 'window',
    filter,
    sort: { by: 'duration', dir: 'desc' },
    offset: 0,
    limit: MOST_PEOPLE,
  })
  const rows = state?.order.map((id) => state.rows[id]).filter((row) => row !== undefined) ?? []
  return (
    <ul className="pb-3">
      {rows.map((row) => (
        <Person key={row.id} row={row} doing={doing} />
      ))}
      {state && state.total > rows.length && (
        <li className="px-3.5 py-1 text-small text-text-3">
          and {(state.total - rows.length).toLocaleString('en')} more: see the list
        </li>
      )}
    </ul>
  )
}

const Person = ({ row, doing }: { row: VisitRow; doing: VisitorDoing }) => (
  <li>
    <button
      type="button"
      onClick={() => doing.view([row])}
      className="ring-inside flex w-full items-center gap-2.5 px-3.5 py-1 text-start leading-[17px] hover:bg-hover"
    >
      <StatusMark status={row.status} />
      <span className="min-w-0 flex-1">
        <VisitorName row={row} />
        <span className="block truncate text-[11.5px] text-text-3">
          {row.title || pathOf(row.url)}
        </span>
      </span>
      <span className="text-small text-text-2 tabular-nums">
        <Duration row={row} />
      </span>
    </button>
  </li>
)
