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
      return (
        <Pill hue="gray" icon="disc">
          <Word label={freshness.label} />
        </Pill>
      )
    case 'busy':
      return (
        <Pill hue="gray" icon="disc">
          {freshness.label}
        </Pill>
      )
    case 'old':
      return (
        <Pill hue="amber" icon={<Clock size={13} aria-hidden />}>
          {freshness.label}
        </Pill>
      )
    case 'stale':
      return (
        <Pill hue="amber" icon={<Clock size={13} aria-hidden />}>
          <Word label={freshness.label} />
        </Pill>
      )
    case 'offline':
      return (
        <Pill hue="red" icon={<WifiOff size={13} aria-hidden />}>
          <Word label={freshness.label} />
        </Pill>
      )
  }
}

/** On a narrow phone the title comes first: the line over the screen says the rest. */
const Word = ({ label }: { label: string }) => <span className="max-[430px]:sr-only">{label}</span>

const Pulse = () => (
  <span
    aria-hidden
    className="size-2 rounded-full bg-green shadow-[0_0_0_2.5px_color-mix(in_srgb,var(--green)_28%,transparent)]"
  />
)
