import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Library } from '../articles/library.ts'
import type { Directory } from '../directory/directory.ts'
import { asPage } from '../http/headers.ts'
import type { Offline } from '../offline/offline.ts'
import { contactRoutes } from './contact-routes.ts'
import { articlePage, brandsPage, homePage, missingPage, type Portal, STYLE_PATH } from './pages.ts'
import { lookOf, STYLE } from './style.ts'

type BrandParams = { Params: { brand: string } }

/**
 * A brand's public pages: an ordinary website of that brand with the snippet in it, served by us.
 * They read no cookie and say nothing that a stranger may not know.
 */
export function portalRoutes(
  app: FastifyInstance,
  deps: {
    directory: Directory
    library: Library
    offline: Pick<Offline, 'leave'>
    settings: { publicUrl?: string | undefined }
  },
): void {
  const { directory, library, offline, settings } = deps

  app.get('/portal', (_request, reply) => {
    const brands = [...directory.now.brands.values()]
    const [first, second] = brands
    if (first && !second) return reply.redirect(`/portal/${first.slug}`)
    return send(reply, brandsPage(brands))
  })
  app.get('/portal/', (_request, reply) => reply.redirect('/portal'))
  app.get(STYLE_PATH, (_request, reply) =>
    reply
      .type('text/css; charset=utf-8')
      .header('cache-control', 'public, max-age=300')
      .send(STYLE),
  )
  app.get<BrandParams & { Querystring: { q?: unknown } }>(
    '/portal/:brand',
    async (request, reply) => {
      const portal = await portalOf(request.params.brand)
      if (!portal) return reply.callNotFound()
      const { q } = request.query
      const text = typeof q === 'string' ? q.trim().slice(0, 200) : ''
      if (!text) return send(reply, homePage(portal))
      return send(
        reply,
        homePage(portal, { text, found: await library.search(portal.brand.id, text) }),
      )
    },
  )
  app.get<BrandParams>('/portal/:brand/look.css', (request, reply) => {
    const { accent } = brandOf(request.params.brand) ?? {}
    if (!accent) return reply.callNotFound()
    return reply
      .type('text/css; charset=utf-8')
      .header('cache-control', 'public, max-age=60')
      .send(lookOf(accent))
  })
  contactRoutes(app, { offline, portalOf, send })
  app.get<{ Params: { brand: string; article: string } }>(
    '/portal/:brand/help/:article',
    async (request, reply) => {
      const portal = await portalOf(request.params.brand)
      if (!portal) return reply.callNotFound()
      const article = portal.articles.find((one) => one.slug === request.params.article)
      if (!article) return send(reply.code(404), missingPage(portal))
      return send(reply, articlePage(portal, article))
    },
  )

  const brandOf = (slug: string) =>
    [...directory.now.brands.values()].find((one) => one.slug === slug)

  async function portalOf(slug: string): Promise<Portal | undefined> {
    const brand = brandOf(slug)
    if (!brand) return undefined
    const { sites, departments } = directory.now
    return {
      brand,
      site: [...sites.values()].find((s) => s.brandId === brand.id && s.kind === 'portal'),
      departments: [...departments.values()].filter((d) => d.brandId === brand.id),
      articles: await library.published(brand.id),
    }
  }

  function send(reply: FastifyReply, page: string): FastifyReply {
    asPage(reply, 'portal', settings)
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page)
  }
}
