import { type AgentId, Me, SignInInput } from '@beckon/protocol'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Agents } from '../agents/agents.ts'
import type { Directory } from '../directory/directory.ts'
import { type Api, actorOf } from '../http/api.ts'
import { Refusal } from '../refusal.ts'
import { actorFrom } from './actor.ts'
import {
  deviceCookie,
  noSignInCookie,
  readDeviceCookie,
  readSignInCookie,
  signInCookie,
} from './cookie.ts'
import { meOf } from './me.ts'
import { ABSOLUTE_MS, type SignIns, type StartedSignIn } from './sign-ins.ts'
import { DEVICE_COOKIE_MS } from './throttle.ts'

type Over = { publicUrl?: string | undefined; port: number }

/** Puts sign-ins into answers; the token exists nowhere else. */
export type SignInCookies = {
  begin(request: FastifyRequest, reply: FastifyReply, agentId: AgentId): Promise<StartedSignIn>
}

export function createSignInCookies(deps: { signIns: SignIns; settings: Over }): SignInCookies {
  const { signIns, settings } = deps
  return {
    async begin(request, reply, agentId) {
      const started = await signIns.begin(agentId, whereOf(request))
      reply.header('set-cookie', signInCookie(started.token, { ...settings, maxAge: ABSOLUTE_MS }))
      return started
    },
  }
}

const whereOf = (request: FastifyRequest) => ({
  ip: request.clientIp,
  userAgent: request.headers['user-agent'] ?? '',
})

const OwnPassword = Type.Object(
  {
    current: Type.String({ maxLength: 200 }),
    password: Type.String({ minLength: 15, maxLength: 200 }),
  },
  { additionalProperties: false },
)

export function signInRoutes(
  api: Api,
  deps: {
    signIns: SignIns
    agents: Agents
    cookies: SignInCookies
    directory: Directory
    settings: Over
  },
): void {
  const { signIns, agents, cookies, directory, settings } = deps
  const tags = ['Sign-in']

  api.get(
    '/me',
    {
      config: { who: 'signed-in' },
      schema: { tags, summary: 'Who is signed in', response: { 200: Me } },
    },
    async (request) => meOf(actorOf(request), directory.now, settings),
  )

  api.post(
    '/sign-in',
    {
      config: { who: 'anyone', rateLimit: { max: 120, timeWindow: 60_000 } },
      schema: {
        tags,
        summary: 'Sign in',
        description: 'Answers with the sign-in cookie.',
        body: SignInInput,
        response: { 200: Me },
      },
    },
    async (request, reply) => {
      const before = readSignInCookie(request.headers, settings)
      const started = await signIns.signIn({
        ...whereOf(request),
        ...request.body,
        device: readDeviceCookie(request.headers, settings),
      })
      // A new sign-in is a new token; what this browser had before is over (T13).
      await signIns.signOut(before)
      const actor = actorFrom(directory.now, started)
      if (!actor) throw new Refusal('wrong_password', 'This account has just been disabled.')
      reply.header('set-cookie', signInCookie(started.token, { ...settings, maxAge: ABSOLUTE_MS }))
      reply.header(
        'set-cookie',
        deviceCookie(started.device, { ...settings, maxAge: DEVICE_COOKIE_MS }),
      )
      return meOf(actor, directory.now, settings)
    },
  )

  api.post(
    '/sign-out',
    {
      config: { who: 'anyone' },
      schema: { tags, summary: 'Sign out', response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      await signIns.signOut(readSignInCookie(request.headers, settings))
      return reply.header('set-cookie', noSignInCookie(settings)).code(204).send(null)
    },
  )

  api.post(
    '/me/password',
    {
      config: { who: 'signed-in', rateLimit: { max: 10, timeWindow: 60_000 } },
      schema: {
        tags,
        summary: 'Change your own password',
        description: 'Every other sign-in of yours ends.',
        body: OwnPassword,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      await agents.changeOwnPassword(actor, request.body)
      await cookies.begin(request, reply, actor.agentId)
      return reply.code(204).send(null)
    },
  )
}
