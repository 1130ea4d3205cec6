import { type GroupId, GroupInput, GroupView } from '@beckon/protocol'
import { Type } from 'typebox'
import { type Api, actorOf, idParams, listOf } from '../http/api.ts'
import type { Groups } from './groups.ts'

const GroupPatch = Type.Partial(GroupInput, { additionalProperties: false })

export function groupRoutes(api: Api, deps: { groups: Groups }): void {
  const { groups } = deps
  const tags = ['Groups']
  const params = idParams<GroupId>()

  api.get(
    '/groups',
    {
      config: { who: 'signed-in' },
      schema: { tags, summary: 'Groups of your brands', response: { 200: listOf(GroupView) } },
    },
    async (request) => ({ items: groups.list(actorOf(request)) }),
  )
  api.get(
    '/groups/:id',
    {
      config: { who: 'signed-in' },
      schema: { tags, summary: 'One group', params, response: { 200: GroupView } },
    },
    async (request) => groups.one(actorOf(request), request.params.id),
  )
  api.post(
    '/groups',
    {
      config: { who: 'administrator' },
      schema: {
        tags,
        summary: 'Add a group',
        body: GroupInput,
        response: { 201: GroupView },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await groups.create(actorOf(request), request.body)),
  )
  api.patch(
    '/groups/:id',
    {
      config: { who: 'administrator' },
      schema: {
        tags,
        summary: 'Rename a group, move it, or replace its members',
        params,
        body: GroupPatch,
        response: { 200: GroupView },
      },
    },
    async (request) => groups.update(actorOf(request), request.params.id, request.body),
  )
  api.delete(
    '/groups/:id',
    {
      config: { who: 'administrator' },
      schema: {
        tags,
        summary: 'Delete a group without chats',
        params,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await groups.remove(actorOf(request), request.params.id)
      return reply.code(204).send(null)
    },
  )
}
