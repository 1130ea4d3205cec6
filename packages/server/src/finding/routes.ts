import { type FoundVisit, RangeAsk, SearchAsk, type VisitRow } from '@beckon/protocol'
import { Type } from 'typebox'
import { type Api, actorOf, listOf } from '../http/api.ts'
import type { Finding } from './finding.ts'

// The wire types of visits are types only: what leaves here are the rows agents see in the list.
const Row = Type.Unsafe<VisitRow>({ type: 'object', additionalProperties: true })
const Found = Type.Unsafe<FoundVisit>({ type: 'object', additionalProperties: true })

// POST, since names and addresses of people belong in no address and in no log of one.
export function findingRoutes(api: Api, { finding }: { finding: Finding }): void {
  const config = { who: 'signed-in' } as const
  const tags = ['Visitors']
  api.post(
    '/visits/range',
    {
      config,
      schema: {
        tags,
        summary: 'Visits of the list from one to another',
        description:
          'In the order of the list, both ends included; without ends all that a filter selects. “total” counts them, also those beyond the limit.',
        body: RangeAsk,
        response: { 200: Type.Object({ items: Type.Array(Row), total: Type.Integer() }) },
      },
    },
    async (request) => finding.range(actorOf(request), request.body),
  )
  api.post(
    '/visits/search',
    {
      config: { ...config, rateLimit: { max: 600, timeWindow: 60_000 } },
      schema: {
        tags,
        summary: 'Visitors on the sites with these words',
        description:
          'In anything Who’s On shows of them. The best few, names first; “foundBy” says what held the words where the name does not.',
        body: SearchAsk,
        response: { 200: listOf(Found) },
      },
    },
    async (request) => ({ items: await finding.search(actorOf(request), request.body.text) }),
  )
}
