import { LIMITS } from '@beckon/protocol'
import type { FastifyInstance } from 'fastify'
import { Refusal } from '../refusal.ts'

/*
 * The only body that is read (T14, T24): JSON of bounded depth, without NUL (which PostgreSQL
 * refuses) and with every lone surrogate replaced. Forms and plain text, which a foreign page can
 * send without asking, have no parser: but for the portal's own form (portal/contact-routes.ts).
 */
export function acceptJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    if (body.length === 0) return done(null, undefined)
    try {
      done(null, readJson(body.toString()))
    } catch (error) {
      done(error as Error)
    }
  })
}

export function readJson(text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Refusal('bad_input', 'The request is not valid JSON.')
  }
  return cleaned(value, LIMITS.jsonDepth)
}

function cleaned(value: unknown, depth: number): unknown {
  if (typeof value === 'string') {
    if (value.includes('\0'))
      throw new Refusal('bad_input', 'Text may not contain a NUL character.')
    // UTF-8 has no lone surrogates: the way there and back replaces them.
    return Buffer.from(value).toString()
  }
  if (typeof value !== 'object' || value === null) return value
  if (depth === 0) throw new Refusal('bad_input', 'The request is nested too deeply.')
  if (Array.isArray(value)) return value.map((item) => cleaned(item, depth - 1))
  const entries = Object.entries(value)
  if (entries.some(([key]) => key === '__proto__')) {
    throw new Refusal('bad_input', 'There is no field “__proto__” here.')
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, cleaned(item, depth - 1)]))
}
