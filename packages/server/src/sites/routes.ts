import { type SiteId, SiteInput, SiteSignals, SiteView } from '@beckon/protocol'
import { Type } from 'typebox'
import { type Api, actorOf, idParams, listOf } from '../http/api.ts'
import type { Sites } from './sites.ts'

const SitePatch = Type.Partial(SiteInput, { additionalProperties: false })

export function siteRoutes(api: Api, deps: { sites: Sites }): void {
  const { sites } = deps
  const tags = ['Sites']
  const params = idParams<SiteId>()

  api.get(
    '/sites',
    {
      config: { who: 'signed-in' },
      schema: {
        tags,
        summary: 'Sites of your brands, with key and snippet',
        response: { 200: listOf(SiteView) },
      },
    },
    async (request) => ({ items: await sites.list(actorOf(request)) }),
  )
  api.get(
    '/sites/:id',
    {
      config: { who: 'signed-in' },
      schema: { tags, summary: 'One site', params, response: { 200: SiteView } },
    },
    async (request) => sites.one(actorOf(request), request.params.id),
  )
  api.get(
    '/sites/:id/signals',
    {
      config: { who: 'signed-in' },
      schema: {
        tags,
        summary: 'What the server has seen of a site: the facts behind “nobody shows up”',
        params,
        response: { 200: SiteSignals },
      },
    },
    async (request) => sites.signals(actorOf(request), request.params.id),
  )
  api.post(
    '/sites',
    {
      config: { who: 'administrator' },
      schema: { tags, summary: 'Add a site', body: SiteInput, response: { 201: SiteView } },
    },
    async (request, reply) =>
      reply.code(201).send(await sites.create(actorOf(request), request.body)),
  )
  api.patch(
    '/sites/:id',
    {
      config: { who: 'administrator' },
      schema: {
        tags,
        summary: 'Change a site',
        params,
        body: SitePatch,
        response: { 200: SiteView },
      },
    },
    async (request) => sites.update(actorOf(request), request.params.id, request.body),
  )
  api.delete(
    '/sites/:id',
    {
      config: { who: 'administrator' },
      schema: {
        tags,
        summary: 'Delete a site without history',
        params,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await sites.remove(actorOf(request), request.params.id)
      return reply.code(204).send(null)
    },
  )
}
