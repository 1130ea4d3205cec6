import type { Place, VisitFilter } from '@beckon/protocol'
import { LocateFixed, Maximize2, Minus, Plus } from 'lucide-react'
import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react'
import { useTopic } from '../../live/use-topic.ts'
import { IconButton } from '../../parts/icon-button.tsx'
import type { VisitorDoing } from '../actions-menu.tsx'
import { onScreen, onWorld, scaleOf, zoomLevel } from './camera.ts'
import { LandCanvas } from './land-canvas.tsx'
import { MapList } from './map-list.tsx'
import { MapMark } from './map-mark.tsx'
import { createMarks, type Mark } from './marks.ts'
import { PlaceCard } from './place-card.tsx'
import { useCamera } from './use-camera.ts'

type DensityMapProps = {
  filter: VisitFilter
  doing: VisitorDoing
  /** The details pane stands at the side: the list beside the map makes room. */
  narrow: boolean
}

type OpenCard = { lon: number; lat: number; key: string; places: readonly Place[] }

// Marks a little outside are drawn too, so that a small move finds them there.
const MARGIN = 80
const CARD = { width: 268, height: 230 }

/** Where the visitors are (S15, W6): shapes on a canvas, clusters and pins as buttons above it. */
export function DensityMap({ filter, doing, narrow }: DensityMapProps) {
  const { state } = useTopic<'map'>({ topic: 'map', filter })
  const frame = useRef<HTMLElement>(null)
  const [card, setCard] = useState<OpenCard>()

  // Clustering costs more than a frame with thousands of places; moving the map comes first.
  const known = useDeferredValue(state?.places)
  const places = useMemo(() => Object.values(known ?? {}), [known])
  const points = useMemo(
    () => (known ? places.map(({ lon, lat }) => onWorld(lon, lat)) : undefined),
    [known, places],
  )
  const marks = useMemo(() => createMarks(places), [places])
  const { camera, size, zoomIn, zoomOut, show, lookAt, handlers } = useCamera(frame, points)
  const level = zoomLevel(camera.k)
  const atLevel = useMemo(() => marks.at(level), [marks, level])
  const inView = ({ lon, lat }: { lon: number; lat: number }, margin = 0) => {
    const [x, y] = onScreen(camera, size, onWorld(lon, lat))
    return x >= -margin && x <= size.width + margin && y >= -margin && y <= size.height + margin
  }
  const placesInView = places.filter((place) => inView(place))
  const located = heads(places)
  const unlocated = state?.unlocated ?? 0
  const outside = located - heads(placesInView)

  const latest = useRef({ marks, camera, lookAt })
  latest.current = { marks, camera, lookAt }
  const onPress = useCallback((mark: Mark) => {
    const { marks: now, camera: from, lookAt: look } = latest.current
    if (mark.clusterId === undefined) {
      const { place } = mark
      if (place)
        setCard((open) => (open?.key === place.key ? undefined : { ...mark, places: [place] }))
      return
    }
    const opens = now.opensAt(mark.clusterId)
    if (opens === undefined) {
      // Too close to fall apart at any level: they are told apart in a list instead.
      setCard({ ...mark, places: now.placesOf(mark.clusterId) })
      return
    }
    setCard(undefined)
    // The cluster falls apart, and the focus would fall out of the map with it.
    frame.current?.focus({ preventScroll: true })
    const [x, y] = onWorld(mark.lon, mark.lat)
    look(x, y, Math.max(scaleOf(opens) * 1.1, from.k * 1.4))
  }, [])

  const cardAt = card && onScreen(camera, size, onWorld(card.lon, card.lat))
  return (
    <div className="flex min-h-0 flex-1">
      <section
        ref={frame}
        aria-label="Density Map. Arrow keys move, plus and minus zoom."
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the map answers arrows and plus and minus
        tabIndex={0}
        className="ring-inside relative min-w-0 flex-1 cursor-grab touch-none overflow-hidden bg-map-sea select-none active:cursor-grabbing"
        {...handlers}
      >
        <LandCanvas camera={camera} size={size} />
        <div
          className="pointer-events-none absolute top-0 left-0"
          style={{
            transform: `translate(${size.width / 2 - camera.x * camera.k}px, ${size.height / 2 - camera.y * camera.k}px)`,
          }}
        >
          {atLevel
            .filter((mark) => inView(mark, MARGIN))
            .map((mark) => (
              <MapMark
                key={mark.key}
                mark={mark}
                k={camera.k}
                open={card?.key === mark.key}
                inView={inView(mark)}
                onPress={onPress}
              />
            ))}
        </div>
        {card && cardAt && (
          <div
            className="pointer-events-none absolute z-20"
            style={{
              left: clampBetween(cardAt[0] - CARD.width / 2, 12, size.width - CARD.width - 12),
              ...(cardAt[1] > CARD.height + 40
                ? { bottom: size.height - cardAt[1] + 20 }
                : { top: cardAt[1] + 20 }),
            }}
          >
            <PlaceCard
              key={card.key}
              places={card.places}
              filter={filter}
              doing={doing}
              onClose={() => {
                // Back to the mark the card was opened from, while it is still known.
                const mark = frame.current?.querySelector<HTMLElement>('[aria-expanded=true]')
                ;(mark ?? frame.current)?.focus({ preventScroll: true })
                setCard(undefined)
              }}
            />
          </div>
        )}
        <div className="absolute start-4 top-4 flex items-center gap-2">
          {outside > 0 && points && (
            <button
              type="button"
              onPointerDown={(event) => event.stopPropagation()}
              onClick={() => show(points)}
              className="inline-flex h-7 items-center gap-2 rounded-button bg-popover px-2.5 font-medium shadow-menu hover:bg-hover"
            >
              {outside.toLocaleString('en')} outside this view <Maximize2 size={13} aria-hidden />
            </button>
          )}
          {unlocated > 0 && (
            <p className="rounded-button bg-map-sea px-2 py-1 text-text-3 tabular-nums">
              {located.toLocaleString('en')} of {(located + unlocated).toLocaleString('en')} located
            </p>
          )}
        </div>
        <div
          onPointerDown={(event) => event.stopPropagation()}
          className="absolute end-4 top-4 flex flex-col rounded-button bg-popover p-0.5 shadow-menu"
        >
          <IconButton
            label="Zoom in"
            kbd="+"
            icon={<Plus size={16} aria-hidden />}
            onClick={zoomIn}
          />
          <IconButton
            label="Zoom out"
            kbd="−"
            icon={<Minus size={16} aria-hidden />}
            onClick={zoomOut}
          />
          <IconButton
            label="Show everybody"
            icon={<LocateFixed size={16} aria-hidden />}
            onClick={() => points && show(points)}
          />
        </div>
        <Legend />
        <p className="absolute end-3 bottom-2 rounded-chip bg-map-sea px-1 text-[11px] text-text-3">
          Locations by{' '}
          <a
            href="https://db-ip.com"
            target="_blank"
            rel="noopener noreferrer"
            className="underline"
          >
            DB-IP
          </a>{' '}
          (CC BY 4.0) · shapes by Natural Earth
        </p>
        {state && places.length === 0 && (
          <p className="absolute inset-x-0 top-1/3 text-center text-text-2">
            {unlocated > 0
              ? 'Nobody here has a known place. They are listed at the side.'
              : 'Nobody matches now. New visitors appear by themselves.'}
          </p>
        )}
      </section>
      {!narrow && (
        <MapList
          places={placesInView}
          unlocated={unlocated}
          filter={filter}
          doing={doing}
          onCountry={(inside) => show(inside.map(({ lon, lat }) => onWorld(lon, lat)))}
        />
      )}
    </div>
  )
}

const heads = (places: readonly Place[]): number =>
  places.reduce((sum, { active, pending }) => sum + active + pending, 0)

const clampBetween = (value: number, low: number, high: number): number =>
  Math.max(low, Math.min(Math.max(low, high), value))

const Legend = () => (
  <ul
    aria-hidden
    className="pointer-events-none absolute start-4 bottom-4 flex items-center gap-4 rounded-button bg-popover px-3 py-1.5 text-small text-text-2 shadow-menu max-md:hidden"
  >
    <li className="flex items-center gap-1.5">
      <i className="size-2.5 rounded-full bg-green" /> Active
    </li>
    <li className="flex items-center gap-1.5">
      <i className="size-2.5 rounded-full bg-amber" /> Pending
    </li>
    <li className="flex items-center gap-1.5">
      <Ringed className="fill-violet stroke-violet" />
      Invited
    </li>
    <li className="flex items-center gap-1.5">
      <Ringed className="fill-green stroke-green" />
      In chat
    </li>
    <li className="flex items-center gap-1.5">
      <i className="h-2 w-10 rounded-full bg-linear-to-r from-transparent to-accent" /> Density
    </li>
  </ul>
)

const Ringed = ({ className }: { className: string }) => (
  <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden className={className}>
    <circle cx="7" cy="7" r="6" fill="none" strokeWidth="1.6" />
    <circle cx="7" cy="7" r="2.6" stroke="none" />
  </svg>
)
