import type { VisitRow } from '@beckon/protocol'
import { useEffect, useMemo, useReducer } from 'react'
import { live } from '../live/live.ts'
import type { Recipient } from './recipients.ts'

export type Invited = Pick<VisitRow, 'id' | 'visitorId' | 'who' | 'siteId' | 'language'>

/** The values of all of them, live, each under a version of its own (W9). */
export function useRecipients(
  visits: readonly Invited[],
): (Recipient & { refused: string | undefined })[] {
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const topics = useMemo(
    () =>
      visits.map(({ id }) =>
        live.share<'values'>(`values ${id}`, { topic: 'values', visitId: id }),
      ),
    [visits],
  )
  useEffect(() => {
    const stops = topics.map((topic) => topic.watch(redraw))
    redraw()
    return () => {
      for (const stop of stops) stop()
    }
  }, [topics])
  return visits.map((visit, at) => {
    const { state, refused } = topics[at]?.get() ?? {}
    // Who has left stays with the last values; who is not this agent’s any more has none.
    const lost = refused !== undefined && refused.code !== 'not_found'
    return {
      visitId: visit.id,
      visitorId: visit.visitorId,
      name: visit.who.text,
      audience: { siteId: visit.siteId, language: visit.language },
      values: lost ? undefined : state,
      gone: refused !== undefined,
      refused: refused && (!state || lost) ? refused.message : undefined,
    }
  })
}
