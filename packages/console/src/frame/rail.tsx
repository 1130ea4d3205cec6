import { Link } from '@tanstack/react-router'
import {
  ChartNoAxesColumn,
  CircleQuestionMark,
  MessagesSquare,
  Radar,
  Settings2,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { Mark } from '../parts/mark.tsx'
import type { Place } from './places.ts'

const ICONS: Record<Place['icon'], ReactNode> = {
  radar: <Radar size={19} aria-hidden />,
  chats: <MessagesSquare size={19} aria-hidden />,
  reports: <ChartNoAxesColumn size={19} aria-hidden />,
  settings: <Settings2 size={19} aria-hidden />,
  help: <CircleQuestionMark size={19} aria-hidden />,
}

type RailProps = {
  places: readonly Place[]
  badges: Partial<Record<Place['icon'], number>>
  foot: ReactNode
}

/** 64 px at the side; a bar at the bottom on phones. Shows only what exists for this agent. */
export function Rail({ places, badges, foot }: RailProps) {
  return (
    <nav
      aria-label="Main"
      className="flex w-16 flex-none flex-col items-center gap-1 py-3 max-md:h-14 max-md:w-full max-md:flex-row max-md:justify-around max-md:border-t max-md:border-line max-md:bg-surface max-md:px-2 max-md:py-0 max-md:pb-[env(safe-area-inset-bottom)]"
    >
      <div className="mb-3 max-md:hidden">
        <Mark />
      </div>
      {places
        .filter((place) => !place.low)
        .map((place) => (
          <RailLink key={place.to} place={place} badge={badges[place.icon] ?? 0} />
        ))}
      <div className="flex-1 max-md:hidden" />
      {places
        .filter((place) => place.low)
        .map((place) => (
          <RailLink key={place.to} place={place} badge={0} />
        ))}
      {foot}
    </nav>
  )
}

function RailLink({ place, badge }: { place: Place; badge: number }) {
  return (
    <Link
      to={place.to}
      className="relative flex h-[46px] w-14 flex-col items-center justify-center gap-0.5 rounded-input text-nav font-medium text-text-2 hover:bg-hover hover:text-text aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-text"
    >
      {ICONS[place.icon]}
      {place.name}
      {badge > 0 && (
        <span className="absolute start-8 top-0.5 flex h-[15px] min-w-[15px] items-center justify-center rounded-full bg-accent px-1 text-[9.5px] font-semibold text-on-accent tabular-nums shadow-[0_0_0_2px_var(--canvas)]">
          {badge}
          <span className="sr-only"> waiting for you</span>
        </span>
      )}
    </Link>
  )
}
