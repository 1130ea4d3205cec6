import { type AgentId, AgentInput, AgentView } from '@beckon/protocol'
import { Type } from 'typebox'
import { type Api, actorOf, idParams, listOf } from '../http/api.ts'
import type { SignInCookies } from '../sign-in/routes.ts'
import type { Agents } from './agents.ts'

const AgentPatch = Type.Partial(AgentInput, { additionalProperties: false })

export function agentRoutes(api: Api, deps: { agents: Agents; cookies: SignInCookies }): void {
  const { agents, cookies } = deps
  const tags = ['Agents']

  api.get(
    '/agents',
    {
      config: { who: 'signed-in' },
      schema: { tags, summary: 'Accounts you may see', response: { 200: listOf(AgentView) } },
    },
    async (request) => ({ items: agents.list(actorOf(request)) }),
  )
  api.get(
    '/agents/:id',
    {
      config: { who: 'signed-in' },
      schema: {
        tags,
        summary: 'One account',
        params: idParams<AgentId>(),
        response: { 200: AgentView },
      },
    },
    async (request) => agents.one(actorOf(request), request.params.id),
  )
  api.post(
    '/agents',
    {
      config: { who: 'administrator' },
      schema: { tags, summary: 'Add an account', body: AgentInput, response: { 201: AgentView } },
    },
    async (request, reply) =>
      reply.code(201).send(await agents.create(actorOf(request), request.body)),
  )
  api.patch(
    '/agents/:id',
    {
      config: { who: 'administrator' },
      schema: {
        tags,
        summary: 'Change an account',
        description: 'A new password, other roles or disabling ends every sign-in of the account.',
        params: idParams<AgentId>(),
        body: AgentPatch,
        response: { 200: AgentView },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const { agent, signedOut } = await agents.update(actor, request.params.id, request.body)
      // Changing your own account keeps you here, with a new sign-in (T13).
      if (signedOut && agent.id === actor.agentId && !agent.disabled) {
        await cookies.begin(request, reply, agent.id)
      }
      return agent
    },
  )
  api.delete(
    '/agents/:id',
    {
      config: { who: 'administrator' },
      schema: {
        tags,
        summary: 'Delete an account without history',
        params: idParams<AgentId>(),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await agents.remove(actorOf(request), request.params.id)
      return reply.code(204).send(null)
    },
  )
}
