import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refusal } from '../refusal.ts'
import { isLoopbackAddress } from '../settings/settings.ts'
import type { Store } from '../store/store.ts'

/**
 * For those who watch the process. `/healthz`: it runs. `/readyz`: it also serves (the store
 * answers, and it is not stopping), and says what is amiss all the same. `/metrics`: this machine, or who has the token.
 */
export function healthRoutes(
  app: FastifyInstance,
  deps: {
    store: Store
    registry: { contentType: string; metrics(): Promise<string> }
    metricsToken?: string | undefined
    stopping(): boolean
    /** What is amiss that does not keep anybody from being served. */
    amiss?(): Readonly<Record<string, string>>
  },
): void {
  const { store, registry, metricsToken, stopping, amiss = () => ({}) } = deps
  const hidden = { schema: { hide: true } } as const

  app.get('/healthz', hidden, async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ ok: true }),
  )

  app.get('/readyz', hidden, async (_request, reply) => {
    reply.header('cache-control', 'no-store')
    if (stopping()) return reply.code(503).send({ ok: false, reason: 'Beckon is stopping.' })
    try {
      await store.check()
    } catch (error) {
      const reason = error instanceof Refusal ? error.message : 'The database does not answer.'
      return reply.code(503).send({ ok: false, reason })
    }
    return reply.send({ ok: true, ...amiss() })
  })

  app.get('/metrics', hidden, async (request, reply) => {
    reply.header('cache-control', 'no-store')
    if (!mayRead(request, metricsToken)) {
      return reply.code(403).type('text/plain').send('Read from this machine, or send the token.\n')
    }
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}

/** The peer of the socket, not a forwarded address: behind a proxy everybody would be loopback. */
function mayRead(request: FastifyRequest, token: string | undefined): boolean {
  const said = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (token !== undefined) return said !== undefined && same(said, token)
  const peer = request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? ''
  return isLoopbackAddress(peer) && request.headers['x-forwarded-for'] === undefined
}

function same(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}
