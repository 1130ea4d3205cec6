import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import { type TSchema, Type } from 'typebox'
import type { AgentActor } from '../agents/actor.ts'
import { mustBeAdministrator } from '../agents/rights.ts'
import { Refusal } from '../refusal.ts'
import { readSignInCookie } from '../sign-in/cookie.ts'
import type { SignIns } from '../sign-in/sign-ins.ts'
import { isConsoleOrigin } from './origin.ts'

/*
 * What all routes under /api/v1 share: who may come in, and proof that it is our own console that
 * asks (T14). A route says who it is for in `config.who`; one that does not stops the start, so
 * nobody can forget.
 */

export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

export type Who = 'anyone' | 'signed-in' | 'administrator'

declare module 'fastify' {
  interface FastifyContextConfig {
    who?: Who
    /** Only for whoever has shown in the last minutes that it is them. */
    fresh?: boolean
    /** Also for whoever has still to set up the second step that is asked of them. */
    enrolling?: boolean
  }
  interface FastifyRequest {
    clientIp: string
    actor: AgentActor | undefined
  }
}

export function guardApi(
  api: FastifyInstance,
  deps: { signIns: SignIns; settings: { publicUrl?: string | undefined } },
): void {
  api.addHook('onRoute', (route) => {
    if (route.method === 'HEAD') return
    if (!route.config?.who)
      throw new Error(`${route.method} ${route.url} does not say who may ask.`)
  })
  api.addHook('onRequest', async (request) => {
    // The router answers unknown addresses by itself: there is no route to guard.
    if (request.is404) return
    const who = request.routeOptions.config.who ?? 'administrator'
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      refuseForeign(request, deps.settings)
    }
    const token = readSignInCookie(request.headers, deps.settings)
    const { enrolling } = request.routeOptions.config
    request.actor = await (enrolling ? deps.signIns.begunBy(token) : deps.signIns.actorOf(token))
    if (who === 'anyone') return
    if (!request.actor && (await deps.signIns.begunBy(token))) throw stepNeeded()
    const actor = actorOf(request)
    if (who === 'administrator') mustBeAdministrator(actor)
    if (request.routeOptions.config.fresh) await deps.signIns.proofs.mustBeFresh(actor)
  })
  // T17: a route that names no body takes no fields; they are not quietly dropped.
  api.addHook('preValidation', async ({ body, routeOptions }) => {
    if (routeOptions.schema?.body || Object.keys(body ?? {}).length === 0) return
    throw new Refusal('bad_input', 'Nothing is taken here. Send the request without fields.')
  })
  // Answers are about people and hold for now only.
  api.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })
}

/**
 * A foreign page can neither send this header unasked nor say our Origin. Scripts without a browser
 * say no Origin at all and need the header only.
 */
function refuseForeign(
  request: FastifyRequest,
  settings: { publicUrl?: string | undefined },
): void {
  const { headers } = request
  const site = headers['sec-fetch-site']
  const foreign =
    (headers.origin !== undefined && !isConsoleOrigin(headers, settings)) ||
    (site !== undefined && site !== 'same-origin')
  if (foreign || headers['x-beckon'] !== '1') {
    throw new Refusal(
      'origin_refused',
      'Changes are accepted from the console only. A script sends the header x-beckon: 1 and no Origin.',
    )
  }
  const type = headers['content-type']
  if (type !== undefined && !/^application\/json\s*(;|$)/i.test(type)) {
    throw new Refusal('bad_input', 'Send JSON with the header content-type: application/json.')
  }
}

const stepNeeded = () =>
  new Refusal('second_step_needed', 'Set up the second step of your sign-in first.')

/** The signed-in agent of a guarded request. */
export function actorOf(request: FastifyRequest): AgentActor {
  if (!request.actor) throw new Refusal('not_signed_in', 'You are not signed in. Sign in to go on.')
  return request.actor
}

export const listOf = <T extends TSchema>(item: T) => Type.Object({ items: Type.Array(item) })

/** An id in an address: whatever it is, it names something or it does not. */
export const idParams = <T extends string>() =>
  Type.Object({ id: Type.Unsafe<T>(Type.String()) }, { additionalProperties: false })
