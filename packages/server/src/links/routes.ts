import {
  type ImageId,
  ImageInput,
  ImageView,
  type LinkId,
  LinkInput,
  LinkView,
} from '@beckon/protocol'
import type { FastifyInstance } from 'fastify'
import { type Api, actorOf } from '../http/api.ts'
import { collectionRoutes } from '../http/collection.ts'
import { forAnySite } from '../http/headers.ts'
import type { Store } from '../store/store.ts'
import { type Images, readImage } from './images.ts'
import type { Links } from './links.ts'

/** As base64 inside of JSON, which is the only body that is read. */
const IMAGE_BODY_BYTES = 150 * 1024

export function linkRoutes(api: Api, { links, images }: { links: Links; images: Images }): void {
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
        description: 'The first button or tab of a site becomes its main link.',
      },
      change: 'Rename or restyle a live chat link',
      delete: 'Delete a live chat link',
    },
    things: links,
    change: (actor, id, patch) => links.update(actor, id, patch),
  })

  api.post(
    '/images',
    {
      bodyLimit: IMAGE_BODY_BYTES,
      config: { who: 'administrator' },
      schema: {
        tags: ['Live chat links'],
        summary: 'Upload a picture for a link of a site',
        description: 'PNG, JPEG, WebP or GIF, at most 100 KB and 2,000 pixels wide and high.',
        body: ImageInput,
        response: { 201: ImageView },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await images.add(actorOf(request), request.body)),
  )
}

/** Pictures never change under their id. Whoever opens one by itself gets a picture and no document. */
export function imageFiles(app: FastifyInstance, { store }: { store: Store }): void {
  app.get<{ Params: { id: ImageId } }>('/beckon/image/:id', async (request, reply) => {
    const image = await readImage(store, request.params.id)
    if (!image) return reply.callNotFound()
    forAnySite(reply)
    return reply
      .headers({
        'content-type': image.type,
        'content-security-policy': "default-src 'none'; sandbox",
        'cache-control': 'public, max-age=31536000, immutable',
      })
      .send(image.bytes)
  })
}
