import {
  Me,
  PasskeyAnswer,
  PasskeyInput,
  PasskeyName,
  PasskeyOptions,
  PasskeyView,
} from '@beckon/protocol'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Api, actorOf, idParams } from '../http/api.ts'
import { readStepCookie, stepCookie } from './cookie.ts'
import { CEREMONY_MS } from './passkey-ceremony.ts'
import type { Passkeys } from './passkeys.ts'
import { partyId, partyOrigin } from './relying-party.ts'
import { type SignInCookies, whereOf } from './routes.ts'

/** Every look at the sign-in page asks once; a whole office comes from one address. */
const rateLimit = { max: 300, timeWindow: 60_000 }

export function passkeyRoutes(
  api: Api,
  deps: {
    passkeys: Passkeys
    cookies: SignInCookies
    settings: { publicUrl?: string | undefined; port: number }
  },
): void {
  const { passkeys, cookies, settings } = deps
  const tags = ['Sign-in']
  const partyOf = ({ headers }: FastifyRequest) => ({
    id: partyId(settings),
    origin: partyOrigin(headers, settings),
  })

  api.post(
    '/sign-in/passkey/options',
    {
      config: { who: 'anyone', rateLimit },
      schema: {
        tags,
        summary: 'Begin to sign in with a passkey',
        description: 'What to ask the browser with; the answer is taken within 5 minutes.',
        response: { 200: Type.Object({ options: PasskeyOptions }) },
      },
    },
    async (_request, reply) => {
      const { options, token } = await passkeys.ask(partyId(settings))
      const step = { token, maxAge: CEREMONY_MS }
      reply.header('set-cookie', stepCookie('passkey', step, settings))
      return { options: { ...options } }
    },
  )

  api.post(
    '/sign-in/passkey',
    {
      config: { who: 'anyone', rateLimit },
      schema: {
        tags,
        summary: 'Sign in with a passkey',
        description: 'It counts as both steps, since the device asks its owner.',
        body: PasskeyAnswer,
        response: { 200: Me },
      },
    },
    async (request, reply) => {
      const started = await passkeys.signIn({
        ...whereOf(request),
        token: readStepCookie('passkey', request.headers, settings),
        answer: request.body,
        party: partyOf(request),
      })
      reply.header('set-cookie', stepCookie('passkey', undefined, settings))
      return cookies.put(request, reply, started)
    },
  )

  const own = { who: 'signed-in', rateLimit } as const
  const fresh = { ...own, fresh: true } as const
  const params = idParams<string>()
  api.post(
    '/me/passkeys/options',
    {
      config: { ...fresh, enrolling: true },
      schema: {
        tags,
        summary: 'Begin to add a passkey',
        response: { 200: Type.Object({ token: Type.String(), options: PasskeyOptions }) },
      },
    },
    async (request) => {
      const { options, token } = await passkeys.askForNew(actorOf(request), partyId(settings))
      return { token, options: { ...options } }
    },
  )
  api.post(
    '/me/passkeys',
    {
      config: { ...fresh, enrolling: true },
      schema: {
        tags,
        summary: 'Add a passkey',
        body: PasskeyInput,
        response: { 201: PasskeyView },
      },
    },
    async (request, reply) => {
      const added = await passkeys.add(actorOf(request), {
        ...request.body,
        party: partyOf(request),
      })
      return reply.code(201).send(added)
    },
  )
  api.patch(
    '/me/passkeys/:id',
    {
      config: own,
      schema: {
        tags,
        summary: 'Rename a passkey',
        params,
        body: PasskeyName,
        response: { 200: PasskeyView },
      },
    },
    async (request) => passkeys.rename(actorOf(request), request.params.id, request.body.name),
  )
  api.delete(
    '/me/passkeys/:id',
    {
      config: fresh,
      schema: {
        tags,
        summary: 'Remove a passkey',
        description: 'The sign-ins made with it end.',
        params,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await passkeys.remove(actorOf(request), request.params.id)
      return reply.code(204).send(null)
    },
  )
}
