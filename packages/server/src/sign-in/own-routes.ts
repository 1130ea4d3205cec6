import {
  CodeInput,
  EndCodesInput,
  NewCodes,
  OwnAccess,
  ProofInput,
  RecoveryCodes,
} from '@beckon/protocol'
import { Type } from 'typebox'
import { type Api, actorOf, idParams } from '../http/api.ts'
import { Refusal } from '../refusal.ts'
import type { Authenticators } from './authenticators.ts'
import { readStepCookie, stepCookie } from './cookie.ts'
import type { createOwnAccess } from './own-access.ts'
import type { Passkeys } from './passkeys.ts'
import { partyId, partyOrigin } from './relying-party.ts'
import type { SignInCookies } from './routes.ts'
import type { SignIns } from './sign-ins.ts'

const rateLimit = { max: 60, timeWindow: 60_000 }

/** An agent's own ways in: nobody else reads or sets them. */
export function ownAccessRoutes(
  api: Api,
  deps: {
    signIns: SignIns
    cookies: SignInCookies
    ownAccess: ReturnType<typeof createOwnAccess>
    authenticators: Authenticators
    passkeys: Passkeys
    settings: { publicUrl?: string | undefined; port: number }
  },
): void {
  const { signIns, cookies, ownAccess, authenticators, passkeys, settings } = deps
  const tags = ['Sign-in']
  const own = { who: 'signed-in', rateLimit } as const
  const enrolling = true
  /** What protects the account is changed only by whoever has just shown who they are. */
  const fresh = { ...own, fresh: true } as const

  api.get(
    '/me/sign-in',
    {
      config: { who: 'signed-in', enrolling },
      schema: {
        tags,
        summary: 'Your sign-ins, passkeys and codes',
        response: { 200: OwnAccess },
      },
    },
    async (request) => ownAccess.read(actorOf(request)),
  )

  api.post(
    '/me/proof',
    {
      config: { ...own, enrolling },
      schema: {
        tags,
        summary: 'Show that it is still you',
        description:
          'With your password, or with a passkey asked for at /sign-in/passkey/options. Holds for 10 minutes: what protects the account is changed in them only (`proof_needed`).',
        body: ProofInput,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const { password, passkey } = request.body
      if (passkey) {
        await passkeys.prove(actor, {
          token: readStepCookie('passkey', request.headers, settings),
          answer: passkey,
          party: { id: partyId(settings), origin: partyOrigin(request.headers, settings) },
        })
        reply.header('set-cookie', stepCookie('passkey', undefined, settings))
      } else if (password === undefined) {
        throw new Refusal('bad_input', 'Send a password or a passkey’s answer.')
      } else {
        await signIns.proofs.checkPassword(actor, password)
      }
      await signIns.proofs.refresh(actor)
      return reply.code(204).send(null)
    },
  )

  api.delete(
    '/me/sign-ins/:id',
    {
      config: own,
      schema: {
        tags,
        summary: 'End one of your sign-ins',
        params: idParams<string>(),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await ownAccess.end(actorOf(request), request.params.id)
      return reply.code(204).send(null)
    },
  )
  api.post(
    '/me/sign-ins/end-others',
    {
      config: own,
      schema: {
        tags,
        summary: 'End all of your sign-ins but this one',
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await ownAccess.endOthers(actorOf(request))
      return reply.code(204).send(null)
    },
  )

  api.post(
    '/me/codes',
    {
      config: { ...fresh, enrolling },
      schema: {
        tags,
        summary: 'Get a new secret for an app that makes codes',
        description: 'Told once. Codes are asked for once one was sent to /me/codes/confirm.',
        response: { 200: NewCodes },
      },
    },
    async (request) => authenticators.begin(actorOf(request)),
  )
  api.post(
    '/me/codes/confirm',
    {
      config: { ...fresh, enrolling },
      schema: {
        tags,
        summary: 'Switch codes on',
        description:
          'Answers with the recovery codes, told once. Every other sign-in of yours ends.',
        body: CodeInput,
        response: { 200: RecoveryCodes },
      },
    },
    async (request, reply) => {
      const { codes, token } = await authenticators.confirm(actorOf(request), request.body.code)
      cookies.renew(reply, token)
      return { codes }
    },
  )
  api.post(
    '/me/codes/end',
    {
      config: own,
      schema: {
        tags,
        summary: 'Switch codes off',
        description: 'Needs the password and a code. Every other sign-in of yours ends.',
        body: EndCodesInput,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      cookies.renew(reply, await authenticators.end(actorOf(request), request.body))
      return reply.code(204).send(null)
    },
  )
  api.post(
    '/me/recovery-codes',
    {
      config: fresh,
      schema: {
        tags,
        summary: 'Get new recovery codes',
        description: 'Told once; the ones before are worth nothing any more.',
        response: { 200: RecoveryCodes },
      },
    },
    async (request) => ({ codes: await authenticators.renewRecoveryCodes(actorOf(request)) }),
  )
}
