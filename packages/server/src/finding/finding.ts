import {
  DEFAULT_SORT,
  EVERYONE,
  type FoundVisit,
  LIMITS,
  type RangeAsk,
  type VisitRow,
} from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { pause } from '../time/pause.ts'
import type { Visit } from '../visits/live.ts'
import type { OrderedIndex } from '../visits/ordered-index.ts'
import type { ListAsk } from '../visits/whos-on.ts'
import { matchOf, scoreOf, wordsOf } from './search.ts'

/** Somebody else's turn after so many visits: a millisecond or two of reading. */
const AT_ONCE = 500

export type Lists = {
  look<T>(actor: AgentActor, ask: ListAsk, use: (index: OrderedIndex) => T): T
}

/** Visits of the list asked for once: those from here to there, and those with these words. */
export function createFinding({ lists }: { lists: Lists }) {
  const allOf = (actor: AgentActor, ask: ListAsk) =>
    lists.look(actor, ask, (index) => index.slice(0, index.size))

  return {
    allOf,

    /** Without a beginning or an end that is there, the range is the other end alone. */
    range(actor: AgentActor, { from, to, ...ask }: RangeAsk): { items: VisitRow[]; total: number } {
      const visits = allOf(actor, ask)
      if (!from && !to) {
        const items = visits.slice(0, LIMITS.rangeRows).map(({ row }) => row)
        return { items, total: visits.length }
      }
      const ends = [from, to]
        .map((id) => visits.findIndex((visit) => visit.id === id))
        .filter((at) => at >= 0)
        .sort((a, b) => a - b)
      const [first = 0, last = first] = ends
      const between = ends.length > 0 ? visits.slice(first, last + 1) : []
      return {
        items: between.slice(0, LIMITS.rangeRows).map(({ row }) => row),
        total: between.length,
      }
    },

    /** People only; whose name fits comes first, then who came last. */
    async search(actor: AgentActor, text: string): Promise<FoundVisit[]> {
      const words = wordsOf(text)
      const best: Visit[][] = [[], [], [], []]
      const visits = allOf(actor, { filter: EVERYONE, sort: DEFAULT_SORT })
      for (let at = 0; at < visits.length; at += AT_ONCE) {
        if (at > 0) await pause(0)
        for (const visit of visits.slice(at, at + AT_ONCE)) {
          const score = visit.gone ? 0 : scoreOf(visit, words)
          const found = best[score]
          if (score > 0 && found && found.length < LIMITS.foundRows) found.push(visit)
        }
        if (best[3]?.length === LIMITS.foundRows) break
      }
      return [3, 2, 1]
        .flatMap((score) => best[score] ?? [])
        .slice(0, LIMITS.foundRows)
        .map((visit) => ({ ...visit.row, foundBy: matchOf(visit, words) }))
    },
  }
}
export type Finding = ReturnType<typeof createFinding>
