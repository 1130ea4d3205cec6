import {
  PageCheck,
  PageCheckInput,
  type SiteId,
  SiteInput,
  SiteSignals,
  SiteView,
} from '@beckon/protocol'
import { type Api, actorOf, idParams } from '../http/api.ts'
import { collectionRoutes } from '../http/collection.ts'
import type { Sites } from './sites.ts'

export function siteRoutes(api: Api, { sites }: { sites: Sites }): void {
  collectionRoutes<SiteId, typeof SiteInput, typeof SiteView>(api, {
    path: '/sites',
    tag: 'Sites',
    input: SiteInput,
    view: SiteView,
    says: {
      list: 'Sites of your brands, with key and snippet',
      one: 'One site',
      add: 'Add a site',
      change: 'Change a site',
      delete: 'Delete a site without history',
    },
    things: sites,
    change: (actor, id, patch) => sites.update(actor, id, patch),
  })
  api.get(
    '/sites/:id/signals',
    {
      config: { who: 'signed-in' },
      schema: {
        tags: ['Sites'],
        summary: 'What the server has seen of a site: the facts behind “nobody shows up”',
        params: idParams<SiteId>(),
        response: { 200: SiteSignals },
      },
    },
    async (request) => sites.signals(actorOf(request), request.params.id),
  )
  api.post(
    '/sites/:id/page-check',
    {
      config: { who: 'administrator', rateLimit: { max: 60, timeWindow: 60_000 } },
      schema: {
        tags: ['Sites'],
        summary: 'Fetch a page of a site and say what keeps visitors from showing up',
        params: idParams<SiteId>(),
        body: PageCheckInput,
        response: { 200: PageCheck },
      },
    },
    async (request) => sites.checkPage(actorOf(request), request.params.id, request.body.url),
  )
}
