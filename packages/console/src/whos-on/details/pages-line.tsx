import type { PageTrail, PageView, VisitState } from '@beckon/protocol'
import { LIMITS } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { sentenceOf } from '../../api.ts'
import { Button } from '../../parts/button.tsx'
import { clockTime } from '../../parts/durations.ts'
import { trailQuery } from './history-queries.ts'
import { PageList, Running } from './page-list.tsx'
import { countWords } from './times.ts'

/** The pages of this visit, newest first. Of many the newest, and on demand the first ones. */
export function PagesLine({ state }: { state: VisitState }) {
  const { row, pages, gone } = state
  const over = gone || row.status === 'removed'
  const newest = pages.at(-1)
  const hidden = Math.max(0, row.hits - pages.length)
  const first = useQuery({ ...trailQuery(row.id), enabled: false })
  const beginning = hidden > 0 && first.data ? firstPages(first.data, pages) : undefined
  // Without a connection nobody knows whether it is still being read.
  const isRead = !gone && row.status === 'active' && newest?.stayed === undefined
  return (
    <section className="border-t border-line px-4 py-3.5 first:border-t-0">
      <h3 className="flex justify-between text-small text-text-3">
        This visit
        <span className="tabular-nums">
          {countWords(row.hits, 'page')} ·{' '}
          {over ? (
            clockTime((state.leftAt ?? lastSeen(pages)) - row.startedAt)
          ) : (
            <Running since={row.startedAt} />
          )}
        </span>
      </h3>
      <PageList
        pages={pages.toReversed()}
        currentId={isRead ? newest?.id : undefined}
        until={state.leftAt}
      />
      {hidden > 0 && (
        <div className="mt-1 mb-2 flex items-center justify-between gap-2 text-small text-text-3">
          <span>
            {beginning
              ? `First ${beginning.length} and last ${pages.length} of ${countWords(row.hits, 'page')}`
              : `Last ${pages.length} of ${countWords(row.hits, 'page')}`}
          </span>
          {!beginning && (
            <Button
              size={26}
              busy={first.isFetching && 'Reading…'}
              onClick={() => void first.refetch()}
            >
              Show the first
            </Button>
          )}
        </div>
      )}
      {first.error && <p className="text-small text-red-text">{sentenceOf(first.error)}</p>}
      {beginning && <PageList pages={beginning.toReversed()} />}
    </section>
  )
}

/** The first pages of the visit, without those that are on the screen already. */
function firstPages({ first }: PageTrail, pages: readonly PageView[]): PageView[] {
  const shown = new Set(pages.map(({ id }) => id))
  return first.slice(0, LIMITS.trailFirst).filter(({ id }) => !shown.has(id))
}

const lastSeen = (pages: readonly PageView[]): number => {
  const last = pages.at(-1)
  return last ? last.at + (last.stayed ?? 0) : 0
}
