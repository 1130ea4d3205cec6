import {
  type AgentId,
  ForgottenInput,
  LinkBy,
  LinkMade,
  LinkToken,
  NewPasswordInput,
  PasswordLinkView,
} from '@beckon/protocol'
import { Type } from 'typebox'
import { type Api, actorOf, idParams } from '../http/api.ts'
import type { Authenticators } from './authenticators.ts'
import type { PasswordLinks } from './password-links.ts'

const rateLimit = { max: 60, timeWindow: 60_000 }

export function passwordLinkRoutes(
  api: Api,
  { links, authenticators }: { links: PasswordLinks; authenticators: Authenticators },
): void {
  const anyone = { who: 'anyone', rateLimit } as const
  const tags = ['Sign-in']
  const empty = { 204: Type.Null() }

  api.post(
    '/sign-in/forgotten',
    {
      config: anyone,
      schema: {
        tags,
        summary: 'Ask for a link to choose a new password',
        description: 'By mail. The answer does not say whether there is such an account.',
        body: ForgottenInput,
        response: empty,
      },
    },
    async (request, reply) => {
      await links.forgotten(request.body.email, request.clientIp)
      return reply.code(204).send(null)
    },
  )
  // POST, so that the token stands in no address.
  api.post(
    '/sign-in/link',
    {
      config: anyone,
      schema: {
        tags,
        summary: 'Whom a reset or welcome link is for',
        body: LinkToken,
        response: { 200: PasswordLinkView },
      },
    },
    async (request) => links.look(request.body.link),
  )
  api.post(
    '/sign-in/new-password',
    {
      config: anyone,
      schema: {
        tags,
        summary: 'Choose a password with a link',
        description: 'The link is used up, and every sign-in of the account ends.',
        body: NewPasswordInput,
        response: empty,
      },
    },
    async (request, reply) => {
      await links.take(request.body)
      return reply.code(204).send(null)
    },
  )

  const administrator = { who: 'administrator', rateLimit, fresh: true } as const
  const params = idParams<AgentId>()
  const ofAgents = ['Agents']
  api.post(
    '/agents/:id/reset',
    {
      config: administrator,
      schema: {
        tags: ofAgents,
        summary: 'Let somebody choose a new password',
        description:
          'By mail the link is good for 30 minutes; handed over, for a day. It is answered once.',
        params,
        body: LinkBy,
        response: { 200: LinkMade },
      },
    },
    async (request) => links.resetFor(actorOf(request), request.params.id, request.body.by),
  )
  api.post(
    '/agents/:id/welcome',
    {
      config: administrator,
      schema: {
        tags: ofAgents,
        summary: 'Invite somebody to choose name and password',
        description:
          'For an account without a password. The link is good for 7 days and takes the place of the one before.',
        params,
        body: LinkBy,
        response: { 200: LinkMade },
      },
    },
    async (request) => links.welcome(actorOf(request), request.params.id, request.body.by),
  )
  api.delete(
    '/agents/:id/welcome',
    {
      config: { who: 'administrator', rateLimit },
      schema: {
        tags: ofAgents,
        summary: 'Withdraw the welcome link of an account',
        params,
        response: empty,
      },
    },
    async (request, reply) => {
      await links.withdrawWelcome(actorOf(request), request.params.id)
      return reply.code(204).send(null)
    },
  )
  api.delete(
    '/agents/:id/codes',
    {
      config: administrator,
      schema: {
        tags: ofAgents,
        summary: 'Switch somebody’s codes off',
        description:
          'For whoever has lost app and recovery codes. Every sign-in of the account ends.',
        params,
        response: empty,
      },
    },
    async (request, reply) => {
      await authenticators.endOf(actorOf(request), request.params.id)
      return reply.code(204).send(null)
    },
  )
}
