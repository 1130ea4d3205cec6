import type { Me, SiteView } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { sentenceOf } from '../api.ts'
import { signalsQuery } from '../queries.ts'
import { useNow } from '../server-clock.ts'
import { CheckLine } from './check-line.tsx'
import { PageCheckForm } from './page-check-form.tsx'
import { addressOf, withQuery } from './site-address.ts'
import { Arrived, Leave, Waiting } from './site-arrival.tsx'
import { checksOf } from './site-checks.ts'

type SiteTestProps = {
  site: SiteView
  me: Me
  /** Opened by “Open my website”; else the first allowed origin. */
  websiteUrl?: string | undefined
  onAllow: (origin: string) => void
}

/** Waits for hits and explains why none comes (W18). The same in the first run and in Settings. */
export function SiteTest({ site, me, websiteUrl, onAllow }: SiteTestProps) {
  const { data, error } = useQuery(signalsQuery(site.id))
  const now = useNow()
  const url = websiteUrl ?? addressOf(site.origins)
  const signals = data?.signals
  const checks = checksOf({
    signals,
    answeredMs: data?.answeredMs,
    publicUrl: me.publicUrl,
    origins: site.origins,
    siteUrl: url,
    off: site.off,
    now,
  })
  const marked = url && withQuery(url, signals?.test?.query)
  const mine = signals?.test?.seen
  const hit = signals?.lastHit
  const again = marked && (
    <Leave url={marked} look="quiet">
      Send me through as a test visitor
    </Leave>
  )
  return (
    <div className="flex flex-col gap-6">
      {mine && (!hit || mine.at >= hit.at) ? (
        <Arrived
          seen={mine}
          words={mine.bot ? 'That’s you, as a bot:' : 'That’s you:'}
          action={again}
        />
      ) : hit ? (
        <Arrived seen={hit} words="Visitors arrive. Last on" action={again} />
      ) : (
        <Waiting
          action={
            marked && (
              <Leave url={marked} look="primary">
                Open my website
              </Leave>
            )
          }
        />
      )}
      {error && (
        <p role="alert" className="text-red-text">
          {sentenceOf(error)}
        </p>
      )}
      <ul className="grid grid-cols-2 gap-x-8 gap-y-5 max-md:grid-cols-1">
        {checks.map((check) => (
          <CheckLine key={check.id} check={check} onAllow={onAllow} />
        ))}
      </ul>
      {url && <PageCheckForm site={site} me={me} url={url} onAllow={onAllow} />}
    </div>
  )
}
