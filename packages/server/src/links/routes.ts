import { type LinkId, LinkInput, LinkView } from '@beckon/protocol'
import { Type } from 'typebox'
import { type Api, actorOf, idParams, listOf } from '../http/api.ts'
import type { Links } from './links.ts'

const LinkPatch = Type.Partial(LinkInput, { additionalProperties: false })

export function linkRoutes(api: Api, deps: { links: Links }): void {
  const { links } = deps
  const tags = ['Live chat links']
  const params = idParams<LinkId>()

  api.get(
    '/links',
    {
      config: { who: 'signed-in' },
      schema: {
        tags,
        summary: 'Live chat links of your sites',
        response: { 200: listOf(LinkView) },
      },
    },
    async (request) => ({ items: links.list(actorOf(request)) }),
  )
  api.get(
    '/links/:id',
    {
      config: { who: 'signed-in' },
      schema: { tags, summary: 'One live chat link', params, response: { 200: LinkView } },
    },
    async (request) => links.one(actorOf(request), request.params.id),
  )
  api.post(
    '/links',
    {
      config: { who: 'administrator' },
      schema: {
        tags,
        summary: 'Add a live chat link',
        description: 'The first link of a site becomes its main one.',
        body: LinkInput,
        response: { 201: LinkView },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await links.create(actorOf(request), request.body)),
  )
  api.patch(
    '/links/:id',
    {
      config: { who: 'administrator' },
      schema: {
        tags,
        summary: 'Rename or restyle a live chat link',
        params,
        body: LinkPatch,
        response: { 200: LinkView },
      },
    },
    async (request) => links.update(actorOf(request), request.params.id, request.body),
  )
  api.delete(
    '/links/:id',
    {
      config: { who: 'administrator' },
      schema: {
        tags,
        summary: 'Delete a live chat link',
        params,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await links.remove(actorOf(request), request.params.id)
      return reply.code(204).send(null)
    },
  )
}
