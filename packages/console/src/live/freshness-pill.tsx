import { Clock, WifiOff } from 'lucide-react'
import { Pill } from '../parts/pill.tsx'
import type { Freshness } from './freshness.ts'

/** Age of the data, on every live screen. Not a live region: FreshnessBar announces what matters. */
export function FreshnessPill({ freshness }: { freshness: Freshness }) {
  switch (freshness.kind) {
    case 'live':
      return (
        <Pill hue="green" icon={<Pulse />}>
          <span>
            Live<span className="max-md:hidden">{freshness.label.slice('Live'.length)}</span>
          </span>
        </Pill>
      )
    case 'connecting':
    case 'busy':
      return (
        <Pill hue="gray" icon="disc">
          {freshness.label}
        </Pill>
      )
    case 'old':
    case 'stale':
      return (
        <Pill hue="amber" icon={<Clock size={13} aria-hidden />}>
          {freshness.label}
        </Pill>
      )
    case 'offline':
      return (
        <Pill hue="red" icon={<WifiOff size={13} aria-hidden />}>
          {freshness.label}
        </Pill>
      )
  }
}

const Pulse = () => (
  <span
    aria-hidden
    className="size-2 rounded-full bg-green shadow-[0_0_0_2.5px_color-mix(in_srgb,var(--green)_28%,transparent)]"
  />
)
