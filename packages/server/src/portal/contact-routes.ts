import type { DepartmentId } from '@beckon/protocol'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { newId } from '../ids.ts'
import type { Offline } from '../offline/offline.ts'
import { Refusal } from '../refusal.ts'
import { contactPage, type Letter, problemsOf, readLetter, thanksPage } from './contact.ts'
import { contactPath, type Portal } from './pages.ts'

/** A message of 4,000 characters, each written as three bytes of three signs. */
const BODY_BYTES = 48 * 1024

export type BrandParams = { Params: { brand: string } }

/**
 * Leave a message without a script (C4). The only form of the product that a browser sends by
 * itself: its parser lives here alone, and it is taken from our own pages only.
 */
export function contactRoutes(
  app: FastifyInstance,
  deps: {
    offline: Pick<Offline, 'leave'>
    portalOf(request: FastifyRequest<BrandParams>): Promise<Portal | undefined>
    send(reply: FastifyReply, page: string): FastifyReply
  },
): void {
  const { offline, portalOf, send } = deps
  app.get<BrandParams & { Querystring: { sent?: unknown } }>(
    '/portal/:brand/contact',
    async (request, reply) => {
      const portal = await portalOf(request)
      if (!portal) return reply.callNotFound()
      if (request.query.sent !== undefined) return send(reply, thanksPage(portal))
      return send(reply, contactPage(portal, { letter: { ...readLetter(''), id: newId() } }))
    },
  )

  app.register(async (scope) => {
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: BODY_BYTES },
      (_request, body, done) => done(null, readLetter(body.toString())),
    )
    scope.post<BrandParams & { Body: Letter | undefined }>(
      '/portal/:brand/contact',
      { bodyLimit: BODY_BYTES },
      async (request, reply) => {
        const portal = await portalOf(request)
        const { site } = portal ?? {}
        if (!portal || !site || site.off) return reply.callNotFound()
        const letter = request.body ?? readLetter('')
        const { words } = portal.speech
        if (isForeign(request.headers)) {
          const problems = { all: words.foreign }
          return send(reply.code(403), contactPage(portal, { letter, problems }))
        }
        // Whoever fills in what nobody sees is told what they want to hear.
        if (letter.website === '') {
          const problems = problemsOf(letter, portal.speech)
          if (problems) return send(reply.code(400), contactPage(portal, { letter, problems }))
          try {
            await offline.leave(
              {
                siteId: site.id,
                brandId: portal.brand.id,
                ip: request.clientIp,
                page: { url: contactPath(portal.brand), title: words.contact },
                language: portal.speech.lang,
              },
              saidIn(letter),
            )
          } catch (error) {
            if (!(error instanceof Refusal)) throw error
            const all = error.code === 'rate_limited' ? words.tooMany : words.failed
            return send(
              reply.code(error.status),
              contactPage(portal, { letter, problems: { all } }),
            )
          }
        }
        return reply.redirect(`${contactPath(portal.brand)}?sent`, 303)
      },
    )
  })
}

function saidIn({ id, name, email, text, department }: Letter) {
  return {
    // One that nobody made here is one of its own.
    id: /^[0-9A-Za-z_-]{8,64}$/.test(id) ? id : newId(),
    name: name.slice(0, 120),
    email: email.trim().slice(0, 254),
    text,
    ...(department && { departmentId: department as DepartmentId }),
  }
}

/** Browsers say where a form comes from; one of another website is not taken. */
function isForeign({ origin, host }: { origin?: string | undefined; host?: string | undefined }) {
  if (origin === undefined) return false
  return !URL.canParse(origin) || new URL(origin).host !== host
}
