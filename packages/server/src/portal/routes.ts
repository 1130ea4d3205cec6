import { languageFor } from '@beckon/protocol'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Library } from '../articles/library.ts'
import { SHIPPED_ARTICLES } from '../articles/shipped.ts'
import type { Directory } from '../directory/directory.ts'
import { formOf } from '../forms/form.ts'
import { formIn } from '../forms/form-words.ts'
import { asPage } from '../http/headers.ts'
import { pageLanguage } from '../links/page-language.ts'
import type { Offline } from '../offline/offline.ts'
import { acceptedLanguages } from '../visits/accept-language.ts'
import { type BrandParams, contactRoutes } from './contact-routes.ts'
import { articlePage, brandsPage, homePage, missingPage, type Portal, STYLE_PATH } from './pages.ts'
import { lookOf, STYLE } from './style.ts'
import { speechOf } from './words.ts'

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

  app.get('/portal', (request, reply) => {
    const brands = [...directory.now.brands.values()]
    const [first, second] = brands
    if (first && !second) return reply.redirect(`/portal/${first.slug}`)
    return send(reply, brandsPage(brands, speechOf(languageFor(wishesOf(request)))))
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
      const portal = await portalOf(request)
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
  app.get<BrandParams & { Params: { article: string } }>(
    '/portal/:brand/help/:article',
    async (request, reply) => {
      const portal = await portalOf(request)
      if (!portal) return reply.callNotFound()
      const article = portal.articles.find((one) => one.slug === request.params.article)
      if (!article) return send(reply.code(404), missingPage(portal))
      return send(reply, articlePage(portal, article))
    },
  )

  const brandOf = (slug: string) =>
    [...directory.now.brands.values()].find((one) => one.slug === slug)

  /** One page speaks one language, the one that its chat button speaks. */
  async function portalOf(request: FastifyRequest<BrandParams>): Promise<Portal | undefined> {
    const brand = brandOf(request.params.brand)
    if (!brand) return undefined
    const { sites, links, departments, forms } = directory.now
    const site = [...sites.values()].find((s) => s.brandId === brand.id && s.kind === 'portal')
    const articles = await library.published(brand.id)
    const wishes = [...wishesOf(request), site?.language]
    const link = site?.mainLinkId ? links.get(site.mainLinkId) : undefined
    const code = site ? pageLanguage(site, link, wishes) : languageFor(wishes)
    return {
      brand,
      site,
      departments: [...departments.values()]
        .filter((one) => one.brandId === brand.id)
        .map((one) => ({ ...one, name: formIn(formOf(forms, one.id), code).name || one.name })),
      articles,
      articlesLanguage: articles === SHIPPED_ARTICLES ? 'en' : (site?.language ?? 'en'),
      speech: speechOf(code),
    }
  }

  function send(reply: FastifyReply, page: string): FastifyReply {
    asPage(reply, 'portal', settings)
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('vary', 'Accept-Language')
      .send(page)
  }
}

const wishesOf = ({ headers }: Pick<FastifyRequest, 'headers'>) =>
  acceptedLanguages(headers['accept-language'])
