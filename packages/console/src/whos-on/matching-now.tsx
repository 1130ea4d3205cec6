import type { VisitFilter } from '@beckon/protocol'
import { useEffect, useRef, useState } from 'react'
import { useTopic } from '../live/use-topic.ts'
import { filterKey } from './view.ts'

/**
 * The first letter is asked about at once, so that whoever looks up has the number within 150 ms
 * (W19); who types on is answered no faster than they can read.
 */
const PACE_MS = 100

/** How many a filter selects while it is being made; undefined = it is not complete. */
export function MatchingNow({ filter }: { filter: VisitFilter | undefined }) {
  const asked = usePaced(filter)
  const { state, asked: answered } = useTopic<'counts'>(
    asked ? { topic: 'counts', filter: asked } : null,
  )
  const matching =
    asked && answered?.filter && filterKey(answered.filter) === filterKey(asked)
      ? state?.matching
      : undefined
  return (
    <p className="min-h-5 text-small text-text-3 tabular-nums" aria-live="polite">
      {!filter
        ? 'Complete the conditions to see how many match.'
        : matching === undefined
          ? ' '
          : `${matching.toLocaleString('en')} of ${(state?.online ?? 0).toLocaleString('en')} match now`}
    </p>
  )
}

/** The newest there is, at most so often: every look at another filter counts everybody on the server. */
function usePaced(filter: VisitFilter | undefined): VisitFilter | undefined {
  const [paced, setPaced] = useState(filter)
  const lastAt = useRef(Number.NEGATIVE_INFINITY)
  const key = filter && filterKey(filter)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is the filter
  useEffect(() => {
    const ask = () => {
      lastAt.current = performance.now()
      setPaced(filter)
    }
    const wait = lastAt.current + PACE_MS - performance.now()
    if (wait <= 0) return ask()
    const timer = setTimeout(ask, wait)
    return () => clearTimeout(timer)
  }, [key])
  return paced
}
