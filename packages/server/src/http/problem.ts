import { type Problem, REFUSALS, type RefusalCode } from '@beckon/protocol'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { Refusal } from '../refusal.ts'

/*
 * Every "no" leaves as { code, message } (T32). Refusals say their own; Fastify's complaints about
 * a request become `bad_input`; anything else is a fault: logged here, once, and answered with
 * nothing about its inside.
 */

type Log = { error(fact: object, message: string): void }

export type Refused = (code: RefusalCode) => void

declare module 'fastify' {
  interface FastifyReply {
    refused: RefusalCode | undefined
  }
}

/** `refused` hears of every answer that is a problem, once it has been sent. */
export function addProblems(
  app: FastifyInstance,
  { log, refused }: { log: Log; refused?: Refused | undefined },
): void {
  app.decorateReply('refused', undefined)
  app.addHook('onResponse', async (_request, reply) => {
    if (reply.refused) refused?.(reply.refused)
  })
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error)
    if (problem.code === 'internal') {
      log.error(
        { err: error, method: request.method, route: request.routeOptions.url },
        'request failed',
      )
    }
    return answer(reply, problem)
  })
  app.setNotFoundHandler((_request, reply) =>
    answer(reply, { code: 'not_found', message: 'There is nothing here. Check the address.' }),
  )
}

type Answer = { code: RefusalCode; message: string; retryAfterSeconds?: number }

export function answer(reply: FastifyReply, problem: Answer): FastifyReply {
  const { code, message, retryAfterSeconds } = problem
  if (retryAfterSeconds) reply.header('retry-after', String(retryAfterSeconds))
  // A page's headers may have been set before it failed.
  reply.header('cache-control', 'no-store').type('application/json; charset=utf-8')
  reply.refused = code
  return reply.code(REFUSALS[code]).send(JSON.stringify({ code, message } satisfies Problem))
}

export function problemOf(error: unknown): Answer {
  if (error instanceof Refusal) {
    const wait = error.details?.retryAfterSeconds
    return {
      code: error.code,
      message: error.message,
      ...(typeof wait === 'number' ? { retryAfterSeconds: wait } : {}),
    }
  }
  if (isFastifyError(error)) {
    if (error.validation) return { code: 'bad_input', message: sentenceOf(error) }
    if (error.statusCode === 413) return { code: 'too_long', message: 'The request is too large.' }
    if (error.statusCode === 404 || error.statusCode === 414)
      return { code: 'not_found', message: 'There is nothing here.' }
    if (error.statusCode === 429) {
      return { code: 'rate_limited', message: 'Too many requests. Try again in a minute.' }
    }
    if (error.statusCode !== undefined && error.statusCode < 500) {
      return { code: 'bad_input', message: 'The request could not be read. Send valid JSON.' }
    }
  }
  return {
    code: 'internal',
    message: 'Something went wrong on the server. Try again; its log says what it was.',
  }
}

type FastifyError = Error & {
  statusCode?: number
  validation?: { instancePath?: string; message?: string; params?: Record<string, unknown> }[]
  validationContext?: string
}

const isFastifyError = (error: unknown): error is FastifyError =>
  error instanceof Error && ('statusCode' in error || 'validation' in error)

/** The first complaint of the schema, naming the field and never the value. */
function sentenceOf(error: FastifyError): string {
  const first = error.validation?.[0]
  const path = (first?.instancePath ?? '').split('/').filter(Boolean).join('.')
  const unknown = first?.params?.additionalProperties
  if (Array.isArray(unknown)) {
    const names = unknown.map((name) => `“${String(name).slice(0, 40)}”`).join(', ')
    return `There is no field ${names} here.`
  }
  const where = path || (error.validationContext ?? 'request')
  return `${where} ${first?.message ?? 'is not right'}.`
}
