import type { VisitFilter } from '@beckon/protocol'
import { useEffect, useState } from 'react'
import { useTopic } from '../live/use-topic.ts'
import { filterKey } from './view.ts'

/** Who types fast is not answered letter by letter; who looks up has the number within 150 ms (W19). */
const REST_MS = 90

/** How many a filter selects while it is being made; undefined = it is not complete. */
export function MatchingNow({ filter }: { filter: VisitFilter | undefined }) {
  const asked = useRested(filter)
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

function useRested(filter: VisitFilter | undefined): VisitFilter | undefined {
  const [rested, setRested] = useState(filter)
  const key = filter && filterKey(filter)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is the filter
  useEffect(() => {
    const timer = setTimeout(() => setRested(filter), REST_MS)
    return () => clearTimeout(timer)
  }, [key])
  return rested
}
