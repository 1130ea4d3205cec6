import { type BanId, BanInput, BanView } from '@beckon/protocol'
import { Type } from 'typebox'
import { type Api, actorOf, idParams, listOf } from '../http/api.ts'
import type { Bans } from './bans.ts'

export function banRoutes(api: Api, { bans }: { bans: Pick<Bans, 'list' | 'add' | 'lift'> }): void {
  const tags = ['Bans']
  const config = { who: 'signed-in' } as const
  api.get(
    '/bans',
    {
      config,
      schema: {
        tags,
        summary: 'Bans in force in the brands you manage',
        response: { 200: listOf(BanView) },
      },
    },
    async (request) => ({ items: await bans.list(actorOf(request)) }),
  )
  api.post(
    '/bans',
    {
      config,
      schema: {
        tags,
        summary: 'Ban a visitor, an address or a range',
        description:
          'For managers of the brand. Whoever it is about is cut off within 2 seconds: an open invitation fails, an open chat ends.',
        body: BanInput,
        response: { 201: BanView },
      },
    },
    async (request, reply) => reply.code(201).send(await bans.add(actorOf(request), request.body)),
  )
  api.delete(
    '/bans/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Lift a ban',
        params: idParams<BanId>(),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await bans.lift(actorOf(request), request.params.id)
      return reply.code(204).send(null)
    },
  )
}
