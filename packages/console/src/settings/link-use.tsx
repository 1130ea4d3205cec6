import type { LinkView, SiteView } from '@beckon/protocol'
import { Pill } from '../parts/pill.tsx'
import { serverClock } from '../server-clock.ts'

/** A page that is there is seen every day. */
const STALE_MS = 7 * 86_400_000

type LinkUseProps = { link: LinkView; site: SiteView | undefined }

/** By what pages have told: never by what has been set. */
export function LinkUse({ link: { seenAt }, site }: LinkUseProps) {
  const name = site?.name ?? 'its site'
  if (seenAt === null) return <Pill>Not on any page yet</Pill>
  if (serverClock.now() - seenAt > STALE_MS) {
    const day = new Date(seenAt).toLocaleDateString(undefined, { day: 'numeric', month: 'short' })
    return (
      <Pill hue="amber">
        Last seen on {name} on {day}
      </Pill>
    )
  }
  return (
    <Pill hue="green" icon="disc">
      In use on {name}
    </Pill>
  )
}
