import { type LinkId, LinkInput, LinkView } from '@beckon/protocol'
import type { Api } from '../http/api.ts'
import { collectionRoutes } from '../http/collection.ts'
import type { Links } from './links.ts'

export function linkRoutes(api: Api, { links }: { links: Links }): void {
  collectionRoutes<LinkId, typeof LinkInput, typeof LinkView>(api, {
    path: '/links',
    tag: 'Live chat links',
    input: LinkInput,
    view: LinkView,
    says: {
      list: 'Live chat links of your sites',
      one: 'One live chat link',
      add: {
        summary: 'Add a live chat link',
        description: 'The first link of a site becomes its main one.',
      },
      change: 'Rename or restyle a live chat link',
      delete: 'Delete a live chat link',
    },
    things: links,
    change: (actor, id, patch) => links.update(actor, id, patch),
  })
}
