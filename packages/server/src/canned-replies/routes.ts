import { type CannedReplyId, CannedReplyInput, CannedReplyView } from '@beckon/protocol'
import { Type } from 'typebox'
import { type Api, actorOf, idParams, listOf } from '../http/api.ts'
import type { CannedReplies } from './canned-replies.ts'

const tags = ['Canned replies']
const params = idParams<CannedReplyId>()
const config = { who: 'signed-in' as const }

export function cannedReplyRoutes(api: Api, { cannedReplies }: { cannedReplies: CannedReplies }) {
  api.get(
    '/canned-replies',
    {
      config,
      schema: {
        tags,
        summary: 'Your own canned replies and those shared with you',
        response: { 200: listOf(CannedReplyView) },
      },
    },
    async (request) => ({ items: await cannedReplies.list(actorOf(request)) }),
  )
  api.post(
    '/canned-replies',
    {
      config,
      schema: {
        tags,
        summary: 'Save a canned reply',
        description: 'For yourself, or as a manager shared with your brand.',
        body: CannedReplyInput,
        response: { 201: CannedReplyView },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await cannedReplies.create(actorOf(request), request.body)),
  )
  api.patch(
    '/canned-replies/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Change or share a canned reply',
        params,
        body: Type.Partial(CannedReplyInput, { additionalProperties: false }),
        response: { 200: CannedReplyView },
      },
    },
    async (request) => cannedReplies.update(actorOf(request), request.params.id, request.body),
  )
  api.delete(
    '/canned-replies/:id',
    {
      config,
      schema: { tags, summary: 'Delete a canned reply', params, response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      await cannedReplies.remove(actorOf(request), request.params.id)
      return reply.code(204).send(null)
    },
  )
  api.post(
    '/canned-replies/:id/used',
    {
      config,
      schema: {
        tags,
        summary: 'Remember that you took it',
        params,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await cannedReplies.used(actorOf(request), request.params.id)
      return reply.code(204).send(null)
    },
  )
}
