import { type SavedMessageId, SavedMessageInput, SavedMessageView } from '@beckon/protocol'
import { Type } from 'typebox'
import { type Api, actorOf, idParams, listOf } from '../http/api.ts'
import type { SavedMessages } from './saved-messages.ts'

const tags = ['Saved messages']
const params = idParams<SavedMessageId>()
const config = { who: 'signed-in' as const }

export function savedMessageRoutes(api: Api, { savedMessages }: { savedMessages: SavedMessages }) {
  api.get(
    '/saved-messages',
    {
      config,
      schema: {
        tags,
        summary: 'Your own saved messages and those shared with you',
        response: { 200: listOf(SavedMessageView) },
      },
    },
    async (request) => ({ items: await savedMessages.list(actorOf(request)) }),
  )
  api.post(
    '/saved-messages',
    {
      config,
      schema: {
        tags,
        summary: 'Save a message',
        description: 'For yourself, or as a manager shared with your brand.',
        body: SavedMessageInput,
        response: { 201: SavedMessageView },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await savedMessages.create(actorOf(request), request.body)),
  )
  api.patch(
    '/saved-messages/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Change, share or set as standard',
        params,
        body: Type.Partial(SavedMessageInput, { additionalProperties: false }),
        response: { 200: SavedMessageView },
      },
    },
    async (request) => savedMessages.update(actorOf(request), request.params.id, request.body),
  )
  api.delete(
    '/saved-messages/:id',
    {
      config,
      schema: { tags, summary: 'Delete a saved message', params, response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      await savedMessages.remove(actorOf(request), request.params.id)
      return reply.code(204).send(null)
    },
  )
  api.post(
    '/saved-messages/:id/used',
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
      await savedMessages.used(actorOf(request), request.params.id)
      return reply.code(204).send(null)
    },
  )
}
