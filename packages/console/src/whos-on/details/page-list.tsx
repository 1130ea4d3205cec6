import type { PageView } from '@beckon/protocol'
import { cx } from '../../parts/class-names.ts'
import { clockTime } from '../../parts/durations.ts'
import { useNow } from '../../server-clock.ts'
import { pathOf } from '../visitor-words.ts'

type PageListProps = {
  /** In the order they are shown. */
  pages: readonly PageView[]
  currentId?: string | undefined
  /** When the visit ended: a page nobody left before was open until then. */
  until?: number | undefined
}

/** Pages on a line, each with the time on it; the present one ticks (S6, W4). */
export function PageList({ pages, currentId, until }: PageListProps) {
  return (
    <ol className="mt-2.5">
      {pages.map((page, index) => (
        <PageOnLine
          key={page.id}
          page={page}
          current={page.id === currentId}
          until={until}
          last={index === pages.length - 1}
        />
      ))}
    </ol>
  )
}

type PageOnLineProps = {
  page: PageView
  current: boolean
  until: number | undefined
  last: boolean
}

function PageOnLine({ page, current, until, last }: PageOnLineProps) {
  const path = pathOf(page.url)
  const stayed = page.stayed ?? (until === undefined ? undefined : until - page.at)
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
        {current ? <Running since={page.at} /> : stayed !== undefined && clockTime(stayed)}
      </span>
    </li>
  )
}

export const Running = ({ since }: { since: number }) => clockTime(Math.max(0, useNow() - since))
