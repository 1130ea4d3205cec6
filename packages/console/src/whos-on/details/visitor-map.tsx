import type { VisitState } from '@beckon/protocol'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Empty } from '../../parts/empty.tsx'
import { clamped, onScreen, onWorld, type Size } from '../map/camera.ts'
import { LandCanvas } from '../map/land-canvas.tsx'
import { placeWords } from '../visitor-words.ts'

const HEIGHT = 190
/** About a continent around the place. */
const NEAR = 1.1

/** Where the visitor's address is, on a piece of the world. Nothing is asked of anybody outside. */
export function VisitorMap({ state }: { state: VisitState }) {
  const { row, place } = state
  const frame = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState<Size>({ width: 0, height: HEIGHT })
  useEffect(() => {
    if (!frame.current) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: HEIGHT })
    })
    observer.observe(frame.current)
    return () => observer.disconnect()
  }, [])
  const { lat, lon } = place ?? {}
  const words = [row.city, row.region, placeWords({ country: row.country })]
    .filter((part, at, all) => part && all.indexOf(part) === at)
    .join(', ')
  const view = useMemo(() => {
    if (lat === undefined || lon === undefined || size.width === 0) return undefined
    const point = onWorld(lon, lat)
    const camera = clamped({ x: point[0], y: point[1], k: NEAR }, size)
    return { camera, at: onScreen(camera, size, point) }
  }, [lat, lon, size])
  if (!place) {
    return (
      <Empty
        fact="No place on the map"
        next={words ? `Known is: ${words}.` : 'Nothing is known of where this address is.'}
      />
    )
  }
  return (
    <div className="px-4 py-3.5">
      <div
        ref={frame}
        role="img"
        aria-label={`Map: ${words || 'place without a name'}`}
        className="relative overflow-hidden rounded-menu bg-map-sea"
        style={{ height: HEIGHT }}
      >
        {view && (
          <>
            <LandCanvas camera={view.camera} size={size} />
            <span
              aria-hidden
              className="absolute size-3.5 -translate-1/2 rounded-full border-2 border-surface bg-accent shadow-[0_0_0_6px_color-mix(in_srgb,var(--accent)_22%,transparent)]"
              style={{ left: view.at[0], top: view.at[1] }}
            />
          </>
        )}
      </div>
      <p className="mt-2 select-text">{words}</p>
      <p className="mt-0.5 text-small text-text-3">
        By the address: the city is likely, the street is not known. Place data by DB-IP.
      </p>
    </div>
  )
}
