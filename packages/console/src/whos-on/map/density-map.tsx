import type { Place, VisitFilter } from '@beckon/protocol'
import { List, LocateFixed, Maximize2, Minus, Plus } from 'lucide-react'
import {
  type ComponentProps,
  useCallback,
  useDeferredValue,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useTopic } from '../../live/use-topic.ts'
import { IconButton } from '../../parts/icon-button.tsx'
import { useMedia } from '../../parts/use-media.ts'
import type { VisitorDoing } from '../actions-menu.tsx'
import { onScreen, onWorld, type Size, scaleOf, zoomLevel } from './camera.ts'
import { LandCanvas } from './land-canvas.tsx'
import { MapLegend } from './map-legend.tsx'
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

/** Here the map and its list fit side by side. */
const ROOMY = '(min-width: 1024px)'
// Marks a little outside are drawn too, so that a small move finds them there.
const MARGIN = 80
// The card beside a mark: how far from its middle, and from the picture's edge.
const CARD = { width: 268, height: 320 }
const MARK = 20
const EDGE = 12

/** Where the visitors are (S15, W6): shapes on a canvas, clusters and pins as buttons above it. */
export function DensityMap({ filter, doing, narrow }: DensityMapProps) {
  const { state, refused } = useTopic<'map'>({ topic: 'map', filter })
  const frame = useRef<HTMLElement>(null)
  const [card, setCard] = useState<OpenCard>()
  const beside = useMedia(ROOMY) && !narrow
  const [listed, setListed] = useState(false)
  const lister = useRef<HTMLButtonElement>(null)

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
    <div className="relative flex min-h-0 flex-1">
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
            className="pointer-events-none absolute z-20 flex flex-col"
            style={besideMark(cardAt, size)}
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
        <div className="pointer-events-none absolute start-4 end-16 top-4 flex flex-wrap items-center gap-2">
          {outside > 0 && points && (
            <OnMap onClick={() => show(points)}>
              {outside.toLocaleString('en')} outside this view <Maximize2 size={13} aria-hidden />
            </OnMap>
          )}
          {!beside && (
            <OnMap ref={lister} aria-expanded={listed} onClick={() => setListed(true)}>
              <List size={14} aria-hidden /> Countries and visitors
            </OnMap>
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
        <MapLegend />
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
        {(refused || (state && places.length === 0)) && (
          <p className="absolute inset-x-0 top-1/3 px-4 text-center text-text-2">
            {refused
              ? `The map could not be read. ${refused.message}`
              : unlocated > 0
                ? 'Nobody here has a known place. The list beside the map has them.'
                : 'Nobody matches now. New visitors appear by themselves.'}
          </p>
        )}
      </section>
      {(beside || listed) && (
        <MapList
          places={placesInView}
          unlocated={unlocated}
          filter={filter}
          doing={doing}
          onCountry={(inside) => {
            show(inside.map(({ lon, lat }) => onWorld(lon, lat)))
            setListed(false)
          }}
          {...(!beside && {
            onClose: () => {
              lister.current?.focus()
              setListed(false)
            },
          })}
        />
      )}
    </div>
  )
}

const heads = (places: readonly Place[]): number =>
  places.reduce((sum, { active, pending }) => sum + active + pending, 0)

/** Above the mark, or below where there is more room; never beyond the picture's edge. */
function besideMark([x, y]: readonly [number, number], { width, height }: Size) {
  const above = y - MARK - EDGE
  const below = height - y - MARK - EDGE
  const left = Math.max(EDGE, Math.min(x - CARD.width / 2, width - CARD.width - EDGE))
  return above >= Math.min(CARD.height, below)
    ? { left, bottom: height - y + MARK, maxHeight: above }
    : { left, top: y + MARK, maxHeight: below }
}

/** A word that stands on the map and can be pressed. */
const OnMap = ({ children, ...rest }: ComponentProps<'button'>) => (
  <button
    type="button"
    {...rest}
    onPointerDown={(event) => event.stopPropagation()}
    className="pointer-events-auto inline-flex h-7 items-center gap-2 rounded-button bg-popover px-2.5 font-medium shadow-menu hover:bg-hover"
  >
    {children}
  </button>
)
