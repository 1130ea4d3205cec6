import './whos-on.css'
import {
  type BrandId,
  EVERYONE,
  type ExportAsk,
  type VisitFilter,
  type VisitId,
  type VisitRow,
} from '@beckon/protocol'
import { useSuspenseQuery } from '@tanstack/react-query'
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { BanVisits } from '../bans/ban-visits.tsx'
import { InvitationDialog } from '../invitation/invitation-dialog.tsx'
import { isOld } from '../live/freshness.ts'
import { FreshnessBar } from '../live/freshness-bar.tsx'
import { useFreshness } from '../live/use-freshness.ts'
import { useTopic } from '../live/use-topic.ts'
import { Button } from '../parts/button.tsx'
import { cx } from '../parts/class-names.ts'
import { Empty } from '../parts/empty.tsx'
import { NARROW, useMedia } from '../parts/use-media.ts'
import { meQuery } from '../queries.ts'
import { BotsNote } from './condition-chips.tsx'
import { VisitPane } from './details/visit-pane.tsx'
import { FilterDialog } from './filter-dialog.tsx'
import { FilterMissing, FilterMissingNote } from './filter-missing.tsx'
import { Grid } from './grid.tsx'
import type { Layout } from './layout.ts'
import { ListBar } from './list-bar.tsx'
import { ListEmpty } from './list-empty.tsx'
import { exportList } from './list-export.ts'
import { NOBODY, type Selection } from './selection.ts'
import { SideList } from './side-list.tsx'
import { BOTS, botsWords } from './totals.tsx'
import { useFolded } from './use-folded.ts'
import { useKnownRows } from './use-known-rows.ts'
import { useLimits } from './use-limits.ts'
import { useListKeys } from './use-list-keys.ts'
import { useSelecting } from './use-selecting.ts'
import { useShownBrand } from './use-shown-brand.ts'
import { useShownFilter } from './use-shown-filter.ts'
import { useSites } from './use-sites.ts'
import { useVisitorDoing } from './use-visitor-doing.tsx'
import { useWindow } from './use-window.ts'
import { WhosOnBar } from './whos-on-bar.tsx'

const DensityMap = lazy(async () => ({
  default: (await import('./map/density-map.tsx')).DensityMap,
}))

/** Who is on the websites now (W, S10–S17). */
export function WhosOnScreen() {
  const { data: me } = useSuspenseQuery(meQuery)
  const [selection, setSelection] = useState<Selection>(NOBODY)
  const [cursor, setCursor] = useState<VisitId>()
  const [pinned, setPinned] = useState(false)
  const [invited, setInvited] = useState<readonly VisitRow[]>()
  const [banning, setBanning] = useState<readonly VisitRow[]>([])
  const [busy, setBusy] = useState({ pointer: false, focus: false })
  const sites = useSites()
  const unselect = useCallback(() => setSelection(NOBODY), [])
  const { shown, change, filters, building, build, ...filtering } = useShownFilter(sites, unselect)
  const { view, missing, looking } = shown
  const { layout } = view
  const { choose } = filtering
  const { brand, brands, filter } = useShownBrand(view)
  const setLayout = useCallback((next: Layout) => change({ layout: next }), [change])
  const [folded, fold] = useFolded(layout.group)
  const astray = missing && view.filter.conditions.length === 0
  const { state: counts } = useTopic<'counts'>({
    topic: 'counts',
    ...(brand && { brandId: brand }),
  })
  const list = useWindow({ filter, layout, folded, hold: busy.pointer || busy.focus })
  // A list that gives way to “nobody” never hears that the pointer has left it.
  const nobody = list.ready && list.total === 0
  useEffect(() => {
    if (nobody) setBusy({ pointer: false, focus: false })
  }, [nobody])
  const selecting = useSelecting({ filter, layout, selection, setSelection })
  const { extend } = selecting
  const freshness = useFreshness(list.interval)
  const known = useKnownRows(list.rows, selection.ids, view.visitId, selecting.found)
  const limits = useLimits(counts)
  const ink = isOld(freshness) && cx('old-list', freshness.kind === 'offline' && 'offline')
  const [sideOpen, setSideOpen] = useState(false)
  const search = useRef<HTMLDivElement>(null)
  const onBrand = useCallback(
    (id: BrandId | undefined) => {
      unselect()
      change({ brand: id }, 'push')
    },
    [unselect, change],
  )
  const onFilter = useCallback(
    (wish: VisitFilter, named?: string) => {
      setSideOpen(false)
      choose(wish, named)
    },
    [choose],
  )

  const onOpen = useCallback((visitId: VisitId) => change({ visitId }), [change])
  const onClosePane = useCallback(() => {
    setPinned(false)
    change({ visitId: undefined })
  }, [change])
  const onBusy = useCallback(
    (part: { pointer?: boolean; focus?: boolean }) => setBusy((now) => ({ ...now, ...part })),
    [],
  )
  const order = useRef(list.order)
  order.current = list.order
  const onExtend = useCallback((id: VisitId) => void extend(id, order.current), [extend])
  const doing = useVisitorDoing({
    onInvite: setInvited,
    onView: onOpen,
    view,
    onBan: me.agent.roles.includes('manager') ? setBanning : undefined,
  })

  const chosen = known(
    selection.ids.length > 0 ? selection.ids : view.visitId ? [view.visitId] : [],
  )
  const everyone = selection.matching && { total: list.here, rows: selecting.everyone }
  const narrow = useMedia(NARROW)
  const onExport = (format: ExportAsk['format']) =>
    // One visitor in the details pane is looked at, not selected.
    void exportList({ format, layout, filter, ids: everyone ? [] : selection.ids })
  useListKeys({
    list,
    cursor,
    setCursor,
    selection,
    setSelection,
    doing,
    subject: () => {
      const at = cursor && list.rows[cursor]
      return chosen.length > 0 ? chosen : at ? [at] : []
    },
    // Pinned, it stays: neither the next row nor Escape takes its visitor away.
    openId: pinned ? undefined : view.visitId,
    onOpen,
    onClosePane,
    onExtend,
    onDensity: () =>
      setLayout({
        ...layout,
        density: layout.density === 'compact' ? 'comfortable' : 'compact',
      }),
    onFilter: () => search.current?.querySelector<HTMLElement>('[data-filter-opener]')?.click(),
  })

  return (
    <>
      <WhosOnBar
        counts={counts}
        filter={view.filter}
        onFilter={choose}
        freshness={freshness}
        sideOpen={sideOpen}
        onSide={setSideOpen}
      />
      <div className="relative flex min-h-0 flex-1">
        <SideList
          counts={counts}
          sites={sites}
          brand={brand}
          brands={brands}
          onBrand={onBrand}
          filters={filters}
          shown={shown}
          manager={me.agent.roles.includes('manager')}
          onFilter={onFilter}
          onEdit={build.entry}
          onNew={build.fresh}
          open={sideOpen}
        />
        <main aria-label="Visitors" className="flex min-w-0 flex-1 flex-col" ref={search}>
          <ListBar
            face={view.face}
            onFace={(face) => change({ face }, 'push')}
            filter={view.filter}
            onFilter={filtering.alter}
            filterName={filtering.name}
            changedFrom={filtering.changedFrom}
            onClearFilter={filtering.showAll}
            onBuild={build.shown}
            sites={sites}
            total={list.ready ? list.here : undefined}
            online={counts?.online}
            waiting={list.waiting}
            fresh={list.fresh}
            onApply={list.again}
            selection={selection}
            chosen={chosen}
            openId={view.visitId}
            onClear={unselect}
            everyone={everyone}
            onSelectEveryone={() => setSelection({ ids: [], matching: filter })}
            onExport={onExport}
            hostNames={me.hostNames ?? false}
            bots={
              narrow && counts
                ? {
                    words: `${counts.bots.toLocaleString('en')} ${botsWords(counts.bots, filter)}`,
                    onToggle: () => filtering.choose(filter.bots ? EVERYONE : BOTS),
                  }
                : undefined
            }
            doing={doing}
            layout={layout}
            onLayout={setLayout}
          />
          <FreshnessBar freshness={freshness} />
          {view.filter.bots && <BotsNote />}
          {missing && !astray && <FilterMissingNote onDrop={() => filtering.choose(view.filter)} />}
          <div className={cx('flex min-h-0 flex-1 flex-col', ink)}>
            {astray ? (
              <FilterMissing onShowAll={filtering.showAll} />
            ) : looking ? (
              <div className="flex-1" aria-busy />
            ) : view.face === 'map' ? (
              <Suspense fallback={<div className="flex-1 bg-map-sea" aria-busy />}>
                <DensityMap filter={filter} doing={doing} narrow={view.visitId !== undefined} />
              </Suspense>
            ) : list.refused !== undefined ? (
              <Empty
                fact="The list could not be read"
                next={list.refused}
                actions={<Button onClick={list.again}>Try again</Button>}
              />
            ) : nobody ? (
              <ListEmpty
                counts={counts}
                filter={view.filter}
                name={filtering.name}
                mayCheckSnippet={me.agent.roles.includes('administrator')}
                onShowAll={filtering.showAll}
              />
            ) : (
              <Grid
                window={list}
                layout={layout}
                onLayout={setLayout}
                folded={folded}
                onFold={fold}
                sites={sites}
                limits={limits}
                selection={selection}
                onSelect={setSelection}
                onExtend={onExtend}
                openId={view.visitId}
                onOpen={pinned ? stay : onOpen}
                cursor={cursor}
                onCursor={setCursor}
                onBusy={onBusy}
              />
            )}
          </div>
        </main>
        {view.visitId && (
          <div className={cx('contents', ink)}>
            <VisitPane
              visitId={view.visitId}
              known={known([view.visitId])[0]}
              doing={doing}
              pinned={pinned}
              onPin={setPinned}
              onClose={onClosePane}
              onFilterBy={filtering.narrow}
            />
          </div>
        )}
      </div>
      {building && (
        <FilterDialog
          start={building}
          sites={sites}
          onSave={filters.save}
          onSaved={(saved) => filtering.choose(saved.filter, saved.id)}
          onClose={build.close}
        />
      )}
      {invited && (
        <InvitationDialog
          key={invited.map(({ id }) => id).join(' ')}
          visits={invited}
          agentId={me.agent.id}
          onClose={() => setInvited(undefined)}
        />
      )}
      <BanVisits rows={banning} onClose={() => setBanning([])} />
    </>
  )
}

const stay = () => {}
