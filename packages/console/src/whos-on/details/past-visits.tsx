import type { PastVisit, VisitorState, VisitRow } from '@beckon/protocol'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { ChevronDown } from 'lucide-react'
import { useId, useState } from 'react'
import { sentenceOf } from '../../api.ts'
import { Button } from '../../parts/button.tsx'
import { cx } from '../../parts/class-names.ts'
import { clockTime } from '../../parts/durations.ts'
import { Empty } from '../../parts/empty.tsx'
import { SiteSquare } from '../../parts/site-square.tsx'
import { useNow } from '../../server-clock.ts'
import { useSites } from '../use-sites.ts'
import { hostOf, pathOf } from '../visitor-words.ts'
import { pastVisitsQuery, trailQuery } from './history-queries.ts'
import { PageList } from './page-list.tsx'
import { countWords, whenWords } from './times.ts'

/** The visitor's other visits, as far back as they are kept; asked for once it is known who it is. */
export function usePastVisits(row: VisitRow | undefined, gone: boolean) {
  const visits = useInfiniteQuery(pastVisitsQuery(row?.visitorId, row?.id))
  const all = visits.data?.pages.flatMap((page) => page.items) ?? []
  const total = visits.data?.pages[0]?.total
  // A visit that has just begun may not be stored yet.
  const counted = gone || all.some(({ id }) => id === row?.id) ? 1 : 0
  return {
    visits,
    others: all.filter(({ id }) => id !== row?.id),
    total: total === undefined ? undefined : Math.max(0, total - counted),
  }
}

export type PastVisitsView = ReturnType<typeof usePastVisits>

type PastVisitsProps = { past: PastVisitsView; here: VisitorState['here'] | undefined }

export function PastVisits({ past: { visits, others }, here }: PastVisitsProps) {
  if (visits.isPending) return <p className="p-4 text-small text-text-3">Reading…</p>
  if (visits.error && others.length === 0) {
    return (
      <Empty
        fact="The visits could not be read"
        next={sentenceOf(visits.error)}
        actions={<Button onClick={() => void visits.refetch()}>Try again</Button>}
      />
    )
  }
  if (others.length === 0) {
    return <Empty fact="No other visit is kept" next="This is the only one so far." />
  }
  return (
    <div className="px-2 py-2">
      <ul>
        {others.map((visit) => (
          <li key={visit.id}>
            <PastVisitItem visit={visit} here={here?.visitId === visit.id} />
          </li>
        ))}
      </ul>
      <MoreVisits visits={visits} />
    </div>
  )
}

export const MoreVisits = ({ visits }: Pick<PastVisitsView, 'visits'>) =>
  visits.hasNextPage && (
    <div className="flex justify-center py-2">
      <Button
        size={26}
        busy={visits.isFetchingNextPage && 'Reading…'}
        onClick={() => void visits.fetchNextPage()}
      >
        Show earlier visits
      </Button>
    </div>
  )

/** One visit: when, where from and how much; its pages on demand. */
export function PastVisitItem({ visit, here }: { visit: PastVisit; here: boolean }) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const now = useNow()
  const site = useSites().get(visit.siteId)
  const from = visit.searchPhrase ?? (visit.referrer ? hostOf(visit.referrer) : undefined)
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="ring-inside flex w-full items-start gap-2 rounded-item px-2 py-1.5 text-start hover:bg-hover"
      >
        <ChevronDown
          size={14}
          aria-hidden
          className={cx('mt-0.5 flex-none text-text-3 transition-transform', !open && '-rotate-90')}
        />
        <span className="min-w-0 flex-1">
          <span className="flex justify-between gap-2">
            <span className={cx(here && 'font-medium text-green-text')}>
              {here ? 'On the site now' : whenWords(visit.startedAt, now)}
            </span>
            <span className="text-small text-text-2 tabular-nums">
              {countWords(visit.hits, 'page')} ·{' '}
              {clockTime((visit.endedAt ?? visit.seenAt) - visit.startedAt)}
            </span>
          </span>
          <span className="flex min-w-0 items-center gap-1.5 text-small text-text-3">
            {site && <SiteSquare color={site.color} />}
            <span className="truncate">
              {[site?.name, from, pathOf(visit.landingUrl)].filter(Boolean).join(' · ')}
            </span>
          </span>
        </span>
      </button>
      <div id={id} hidden={!open} className="ps-8 pe-2 pb-1">
        {open && <PastTrail visit={visit} />}
      </div>
    </>
  )
}

function PastTrail({ visit }: { visit: PastVisit }) {
  const trail = useQuery(trailQuery(visit.id))
  if (trail.error) return <p className="text-small text-red-text">{sentenceOf(trail.error)}</p>
  if (!trail.data) return <p className="text-small text-text-3">Reading…</p>
  const { first, last, total } = trail.data
  if (total === 0) return <p className="text-small text-text-3">Its pages are no longer kept.</p>
  return (
    <>
      <PageList pages={first} until={visit.endedAt} />
      {last.length > 0 && (
        <>
          <p className="mb-1 text-small text-text-3">
            First {first.length} and last {last.length} of {countWords(total, 'page')}
          </p>
          <PageList pages={last} until={visit.endedAt} />
        </>
      )}
    </>
  )
}
