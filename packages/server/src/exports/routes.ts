import { Readable } from 'node:stream'
import { ExportAsk } from '@beckon/protocol'
import { type Api, actorOf } from '../http/api.ts'
import type { Clock } from '../time/clock.ts'
import type { Exports } from './exports.ts'

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
} as const

export function exportRoutes(api: Api, deps: { exports: Exports; clock: Clock }): void {
  api.post(
    '/visits/export',
    {
      config: { who: 'signed-in', rateLimit: { max: 30, timeWindow: 60_000 } },
      schema: {
        tags: ['Visitors'],
        summary: 'The list of Who’s On as a file',
        description:
          'CSV (RFC 4180, UTF-8 with a byte order mark, formulas guarded) or a JSON array, in the columns and the order asked for. Addresses are masked as the site stores them. “x-beckon-rows” says how many visitors are in it. The audit log keeps who exported what.',
        body: ExportAsk,
      },
    },
    async (request, reply) => {
      const { format } = request.body
      const { rows, text } = await deps.exports.file(actorOf(request), request.body)
      const day = new Date(deps.clock.now()).toISOString().slice(0, 10)
      return reply
        .type(TYPES[format])
        .header('content-disposition', `attachment; filename="whos-on-${day}.${format}"`)
        .header('x-beckon-rows', rows)
        .send(Readable.from(text))
    },
  )
}
