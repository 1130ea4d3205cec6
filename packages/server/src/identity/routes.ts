import { type IdentityKeyId, IdentityKeyView, NewIdentityKey, type SiteId } from '@beckon/protocol'
import { Type } from 'typebox'
import { type Api, actorOf, idParams, listOf } from '../http/api.ts'
import type { IdentityKeys } from './identity-keys.ts'

export function identityKeyRoutes(api: Api, { keys }: { keys: IdentityKeys }): void {
  const config = { who: 'administrator' } as const
  const tags = ['Sites']
  api.get(
    '/sites/:id/identity-keys',
    {
      config,
      schema: {
        tags,
        summary: 'Keys that the site’s identity tokens are signed with, oldest first',
        description: 'Without the secrets: those are told once, to whoever makes a key.',
        params: idParams<SiteId>(),
        response: { 200: listOf(IdentityKeyView) },
      },
    },
    async (request) => ({ items: await keys.list(actorOf(request), request.params.id) }),
  )
  api.post(
    '/sites/:id/identity-keys',
    {
      config,
      schema: {
        tags,
        summary: 'Make an identity key',
        description: 'The only answer that holds its secret. A site has two keys at most.',
        params: idParams<SiteId>(),
        response: { 201: NewIdentityKey },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await keys.make(actorOf(request), request.params.id)),
  )
  api.delete(
    '/identity-keys/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Revoke an identity key: what is signed with it proves nothing any more',
        params: idParams<IdentityKeyId>(),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await keys.revoke(actorOf(request), request.params.id)
      return reply.code(204).send(null)
    },
  )
}
