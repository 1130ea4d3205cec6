import type { PageView, VisitState } from '@beckon/protocol'
import { cx } from '../parts/class-names.ts'
import { clockTime } from '../parts/durations.ts'
import { useNow } from '../server-clock.ts'
import { pathOf } from './visitor-words.ts'

/** The pages of this visit, newest first, with the time on each; the present one ticks (S6, W4). */
export function PagesLine({ state }: { state: VisitState }) {
  const { row, pages, gone } = state
  const over = gone || row.status === 'removed'
  const newestFirst = pages.toReversed()
  return (
    <section className="border-t border-line px-4 py-3.5 first:border-t-0">
      <h3 className="flex justify-between text-small text-text-3">
        This visit
        <span className="tabular-nums">
          {row.hits} {row.hits === 1 ? 'page' : 'pages'} ·{' '}
          {over ? clockTime(lastSeen(pages) - row.startedAt) : <Running since={row.startedAt} />}
        </span>
      </h3>
      <ol className="mt-2.5">
        {newestFirst.map((page, index) => (
          <PageOnLine
            key={page.id}
            page={page}
            // Without a connection nobody knows whether it is still being read.
            current={!gone && row.status === 'active' && index === 0 && page.stayed === undefined}
            last={index === newestFirst.length - 1}
          />
        ))}
      </ol>
      {pages.length < row.hits && (
        <p className="mt-1 ps-5 text-small text-text-3">
          {row.hits - pages.length} earlier {row.hits - pages.length === 1 ? 'page' : 'pages'} not
          shown
        </p>
      )}
    </section>
  )
}

const lastSeen = (pages: readonly PageView[]): number => {
  const last = pages.at(-1)
  return last ? last.at + (last.stayed ?? 0) : 0
}

type PageOnLineProps = { page: PageView; current: boolean; last: boolean }

function PageOnLine({ page, current, last }: PageOnLineProps) {
  const path = pathOf(page.url)
  return (
    <li className="relative flex gap-2.5 pb-2.5 leading-[17px]" aria-current={current || undefined}>
      {!last && <span className="absolute start-[4.5px] top-3 -bottom-1 w-px bg-line-strong" />}
      <span
        aria-hidden
        className={cx(
          'relative z-10 mt-[4.5px] flex-none rounded-full',
          current
            ? 'size-2.5 bg-green shadow-[0_0_0_3px_color-mix(in_srgb,var(--green)_25%,transparent)]'
            : 'ms-px size-2 border-[1.5px] border-control bg-surface',
        )}
      />
      <span className="min-w-0 flex-1 select-text">
        <span className="block truncate" title={page.title}>
          {page.title || path}
        </span>
        <span className="block truncate text-[11.5px] text-text-3" title={page.url}>
          {path}
        </span>
      </span>
      <span className="flex-none text-small text-text-2 tabular-nums">
        {current ? (
          <Running since={page.at} />
        ) : (
          page.stayed !== undefined && clockTime(page.stayed)
        )}
      </span>
    </li>
  )
}

const Running = ({ since }: { since: number }) => clockTime(Math.max(0, useNow() - since))
