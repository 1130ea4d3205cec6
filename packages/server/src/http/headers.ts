import type { FastifyInstance, FastifyReply } from 'fastify'
import { isHttps, isLoopbackName } from './origin.ts'

/*
 * Security headers of every response, 404 and 500 included (T6, T38). Each kind of page has its own
 * policy; whatever names none gets the strictest, which allows nothing at all.
 */

const policy = (directives: Record<string, string>): string =>
  Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`.trim())
    .join('; ')

const CLOSED = {
  'default-src': "'none'",
  'base-uri': "'none'",
  'object-src': "'none'",
  'frame-ancestors': "'none'",
}

/** Answers of the API and everything unnamed: nothing may load, nobody may frame. */
const NOTHING = policy({ ...CLOSED, 'form-action': "'none'" })

const pageOf = (sockets: string) => ({
  ...CLOSED,
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'font-src': "'self'",
  // Older Safari does not count the page's own WebSocket as 'self', so it is named as well.
  'connect-src': `'self'${sockets}`,
  'form-action': "'self'",
})

const consolePolicy = (sockets: string) =>
  policy({ ...pageOf(sockets), 'manifest-src': "'self'", 'require-trusted-types-for': "'script'" })

const portalPolicy = (sockets: string) => policy(pageOf(sockets))

/** Scalar writes its own style elements; scripts still come from files of ours only. */
const docsPolicy = () =>
  policy({ ...pageOf(''), 'style-src': "'self' 'unsafe-inline'", 'font-src': "'self' data:" })

const EVERYWHERE = {
  'content-security-policy': NOTHING,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-dns-prefetch-control': 'off',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
} as const

const SECURE_ONLY = { 'strict-transport-security': 'max-age=31536000' } as const

type Over = { publicUrl?: string | undefined }

export const securityHeaders = (settings: Over): Record<string, string> => ({
  ...EVERYWHERE,
  ...(isHttps(settings) ? SECURE_ONLY : {}),
})

export function addSecurityHeaders(app: FastifyInstance, settings: Over): void {
  const headers = securityHeaders(settings)
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(headers)
  })
}

/** For answers Node gives before Fastify sees a request. */
export const rawSecurityHeaders = (): string =>
  Object.entries(EVERYWHERE)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')

const POLICIES = { console: consolePolicy, portal: portalPolicy, docs: docsPolicy } as const

export function asPage(reply: FastifyReply, kind: keyof typeof POLICIES, settings: Over): void {
  reply.header('content-security-policy', POLICIES[kind](socketSource(reply, settings)))
  // The portal's own script tells the server where it was loaded from (W18), as any website's does.
  if (kind === 'portal') reply.header('referrer-policy', 'strict-origin-when-cross-origin')
}

/** Scripts for other people's pages: readable and embeddable from anywhere, with no cookie. */
export function forAnySite(reply: FastifyReply): void {
  reply.headers({
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'timing-allow-origin': '*',
  })
}

function socketSource(reply: FastifyReply, settings: Over): string {
  if (settings.publicUrl) return ` ${new URL(settings.publicUrl).origin.replace(/^http/, 'ws')}`
  const host = reply.request.headers.host ?? ''
  const name = /^([a-z0-9.-]+|\[::1\])(:\d{1,5})?$/i.exec(host)?.[1] ?? ''
  return isLoopbackName(name) ? ` ws://${host}` : ''
}
