import { type AgentId, CodeInput, CodeStep, Me, SignInInput } from '@beckon/protocol'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Agents } from '../agents/agents.ts'
import type { Directory } from '../directory/directory.ts'
import { type Api, actorOf } from '../http/api.ts'
import { Refusal } from '../refusal.ts'
import { CODE_STEP_MS, stepOver } from './by-password.ts'
import {
  deviceCookie,
  noSignInCookie,
  readDeviceCookie,
  readSignInCookie,
  readStepCookie,
  signInCookie,
  stepCookie,
} from './cookie.ts'
import { meOf } from './me.ts'
import type { SignIns } from './sign-ins.ts'
import { ABSOLUTE_MS, type StartedSignIn } from './start-sign-in.ts'
import { DEVICE_COOKIE_MS } from './throttle.ts'

type Over = { publicUrl?: string | undefined; port: number }

/** Puts sign-ins into answers; the token exists nowhere else. */
export type SignInCookies = {
  begin(request: FastifyRequest, reply: FastifyReply, agentId: AgentId): Promise<StartedSignIn>
  /** The same sign-in under its new token. */
  renew(reply: FastifyReply, token: string): void
  /** What this browser had before is over (T13). Answers who signed in. */
  put(
    request: FastifyRequest,
    reply: FastifyReply,
    started: StartedSignIn & { device?: string },
  ): Promise<Me>
}

export function createSignInCookies(deps: {
  signIns: SignIns
  directory: Directory
  settings: Over
}): SignInCookies {
  const { signIns, directory, settings } = deps
  const renew = (reply: FastifyReply, token: string) =>
    void reply.header('set-cookie', signInCookie(token, { ...settings, maxAge: ABSOLUTE_MS }))
  return {
    renew,
    async begin(request, reply, agentId) {
      const twoSteps = request.actor?.agentId === agentId && request.actor.twoSteps
      const started = await signIns.begin(agentId, { ...whereOf(request), twoSteps })
      renew(reply, started.token)
      return started
    },
    async put(request, reply, started) {
      await signIns.signOut(readSignInCookie(request.headers, settings))
      const actor = await signIns.begunBy(started.token)
      if (!actor) throw new Refusal('wrong_password', 'This account has just been disabled.')
      renew(reply, started.token)
      if (started.device) {
        const maxAge = DEVICE_COOKIE_MS
        reply.header('set-cookie', deviceCookie(started.device, { ...settings, maxAge }))
      }
      return meOf(actor, directory.now, settings)
    },
  }
}

export const whereOf = (request: FastifyRequest) => ({
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
      config: { who: 'signed-in', enrolling: true },
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
        description:
          'Answers with the sign-in cookie; 202 where the account asks for a code as well, which is sent to /sign-in/code within 5 minutes.',
        body: SignInInput,
        response: { 200: Me, 202: CodeStep },
      },
    },
    async (request, reply) => {
      const done = await signIns.signIn({
        ...whereOf(request),
        ...request.body,
        device: readDeviceCookie(request.headers, settings),
      })
      if (!('codeStep' in done)) return cookies.put(request, reply, done)
      const step = { token: done.codeStep, maxAge: CODE_STEP_MS }
      reply.header('set-cookie', stepCookie('code', step, settings))
      return reply.code(202).send({ next: 'code' as const })
    },
  )

  api.post(
    '/sign-in/code',
    {
      config: { who: 'anyone', rateLimit: { max: 120, timeWindow: 60_000 } },
      schema: {
        tags,
        summary: 'Take the second step of signing in',
        description: 'With a code of the app or a recovery code, in the browser that began.',
        body: CodeInput,
        response: { 200: Me },
      },
    },
    async (request, reply) => {
      const token = readStepCookie('code', request.headers, settings)
      if (!token) throw stepOver()
      const started = await signIns.takeStep({
        ...whereOf(request),
        token,
        code: request.body.code,
        device: readDeviceCookie(request.headers, settings),
      })
      reply.header('set-cookie', stepCookie('code', undefined, settings))
      return cookies.put(request, reply, started)
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
      cookies.renew(reply, await agents.changeOwnPassword(actorOf(request), request.body))
      return reply.code(204).send(null)
    },
  )
}
