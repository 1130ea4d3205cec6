import { memo } from 'react'
import { cx } from '../../parts/class-names.ts'
import { countryName } from '../visitor-words.ts'
import { onWorld } from './camera.ts'
import { type Mark, radiusOf } from './marks.ts'

type MapMarkProps = {
  mark: Mark
  /** The camera's magnification; moving sideways does not draw a mark again. */
  k: number
  open: boolean
  /** Tab walks what is in view: focus must not pull the map aside. */
  inView: boolean
  onPress: (mark: Mark) => void
}

/** A cluster or a pin: a button, so that pointer, Tab and screen reader all reach it. */
export const MapMark = memo(function MapMark({ mark, k, open, inView, onPress }: MapMarkProps) {
  const [x, y] = onWorld(mark.lon, mark.lat)
  const single = mark.total === 1
  const radius = single ? 12 : radiusOf(mark.total)
  return (
    <button
      type="button"
      aria-label={nameOf(mark)}
      aria-expanded={open}
      tabIndex={inView ? 0 : -1}
      data-mark={single ? 'pin' : 'cluster'}
      onClick={() => onPress(mark)}
      onPointerDown={(event) => event.stopPropagation()}
      className={cx(
        'pointer-events-auto absolute top-0 left-0 flex items-center justify-center rounded-full',
        !single &&
          'border-[1.5px] border-surface bg-accent font-semibold text-on-accent tabular-nums hover:bg-accent-hover',
        open && 'z-10',
      )}
      style={{
        width: radius * 2,
        height: radius * 2,
        transform: `translate(${x * k - radius}px, ${y * k - radius}px)`,
        ...(!single && { boxShadow: heatOf(radius) }),
      }}
    >
      {single ? <Pin mark={mark} open={open} /> : mark.total.toLocaleString('en')}
    </button>
  )
})

/** Many people glow far: an edge, a core and a wide halo of the same hue. */
const heatOf = (radius: number): string => {
  const glow = (share: number) => `color-mix(in srgb, var(--accent) ${share}%, transparent)`
  const wide = Math.round(radius * 1.6)
  return `0 0 0 1px var(--accent), 0 0 ${radius}px ${Math.round(radius / 3)}px ${glow(14)}, 0 0 ${wide}px ${wide}px ${glow(11)}`
}

/** 12 px with a white edge in the visitor's status; a ring tells an invitation or a chat. */
function Pin({ mark, open }: { mark: Mark; open: boolean }) {
  const ring = mark.inChat > 0 ? 'stroke-green' : mark.invited > 0 ? 'stroke-violet' : undefined
  return (
    <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden>
      {open && <circle cx="12" cy="12" r="11" className="fill-accent" fillOpacity="0.22" />}
      {ring && (
        <circle
          cx="12"
          cy="12"
          r="9.5"
          fill="none"
          strokeWidth="2.2"
          className={ring}
          strokeDasharray={mark.inChat > 0 ? undefined : '44 16'}
        />
      )}
      <circle
        cx="12"
        cy="12"
        r={ring ? 5 : 6}
        className={
          mark.pending > 0
            ? 'fill-amber stroke-surface'
            : mark.invited > 0 && mark.inChat === 0
              ? 'fill-violet stroke-surface'
              : 'fill-green stroke-surface'
        }
        strokeWidth="1.6"
      />
    </svg>
  )
}

function nameOf({ total, place, pending, invited, inChat }: Mark): string {
  const who = `${total} ${total === 1 ? 'visitor' : 'visitors'}`
  const where = place ? [place.city, countryName(place.country)].filter(Boolean).join(', ') : ''
  const state =
    total > 1
      ? ''
      : inChat > 0
        ? ', in chat'
        : invited > 0
          ? ', invited'
          : pending > 0
            ? ', pending'
            : ''
  return place ? `${who} in ${where || 'an unnamed place'}${state}` : `${who} close together`
}
