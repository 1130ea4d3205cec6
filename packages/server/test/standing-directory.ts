import {
  type AgentId,
  type BrandId,
  DEFAULT_STYLE,
  type LinkId,
  type LinkStyle,
  type SiteId,
} from '@beckon/protocol'
import type { AgentActor } from '../src/agents/actor.ts'
import type { Directory, Link, Picture, Site } from '../src/directory/directory.ts'

/* Brands, sites and agents of the floor: a directory that stands still until told to change. */

export const BRAND = 'brand-0001' as BrandId
export const OTHER_BRAND = 'brand-0002' as BrandId
export const SHOP = 'site-shop-1' as SiteId
export const BLOG = 'site-blog-1' as SiteId
export const FOREIGN = 'site-other-1' as SiteId
export const ADA = 'agent-ada-1' as AgentId

export const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36'

export const siteNamed = (id: SiteId, brandId: BrandId, more: Partial<Site> = {}): Site => ({
  id,
  brandId,
  kind: 'website',
  name: `Site ${id}`,
  key: `key-${id}`,
  origins: ['localhost', '127.0.0.1', 'shop.example'],
  privacy: 'returning',
  ipMode: 'masked',
  language: 'en',
  mainLinkId: null,
  color: 0,
  off: false,
  queryKeys: null,
  showPrivacy: false,
  showTyping: false,
  visitorLanguage: null,
  ...more,
})

/** What a link has that offers everything and adds nothing. */
export const PLAIN_LINK = {
  departmentIds: null,
  offline: { do: 'message' },
  css: '',
  images: { online: null, offline: null, logo: null },
} as const

export const linkOf = (id: string, siteId: SiteId, style: Partial<LinkStyle> = {}): Link => ({
  id: id as LinkId,
  siteId,
  name: id,
  type: 'button',
  style: { ...DEFAULT_STYLE, title: id, ...style },
  ...PLAIN_LINK,
})

export function standingDirectory(sites: Site[], links: Link[] = []) {
  const listeners = new Set<() => void>()
  const paint = (): Picture => ({
    brands: new Map(
      [...new Set(sites.map((site) => site.brandId))].map((id) => [
        id,
        { id, name: id, slug: id, accent: null, logoText: null },
      ]),
    ),
    sites: new Map(sites.map((site) => [site.id, site])),
    sitesByKey: new Map(sites.map((site) => [site.key, site])),
    departments: new Map(),
    forms: new Map(),
    groups: new Map(),
    links: new Map(links.map((link) => [link.id, link])),
    agents: new Map(),
    secondStep: new Set(),
  })
  let now = paint()
  const directory: Directory = {
    get now() {
      return now
    },
    reload: async () => {},
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  return {
    directory,
    change(siteId: SiteId, more: Partial<Site>) {
      sites = sites.map((site) => (site.id === siteId ? { ...site, ...more } : site))
      now = paint()
      for (const listener of listeners) listener()
    },
  }
}

export const actorNamed = (agentId: AgentId, brands: BrandId[], roles = ['agent']): AgentActor => ({
  agentId,
  signInId: `sign-in-${agentId}`,
  name: agentId,
  chatName: agentId,
  roles: new Set(roles) as AgentActor['roles'],
  groupIds: new Set(),
  brandIds: new Set(brands),
})
