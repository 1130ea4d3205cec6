import { type Rest, signIn } from '@beckon/bench'
import type { GroupView, LinkView, SiteView } from '@beckon/protocol'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { expect } from 'vitest'
import { launchChromium, USER_AGENT } from '../scripts/lib/chromium.mjs'
import { Agent, listenForComplaints, openShadowRoots, Visitor } from './people.ts'
import { ADMIN, type RunningServer, startServer } from './server.ts'
import { openWebsite, type Website, type WebsitePage } from './website.ts'

/** On a busy machine a browser may take its time; what never comes fails all the same. */
const PATIENCE_MS = 60_000

export type Scene = AsyncDisposable & {
  readonly server: RunningServer
  readonly rest: Rest
  readonly browser: Browser
  readonly website: Website
  readonly site: SiteView
  /** What browsers complained about; dispose fails on anything left in here. */
  readonly complaints: string[]
  /** Takes out complaints a journey expects, such as a browser's own about a server that is away. */
  forgive(pattern: RegExp): void
  agent(who?: { email: string; password: string }): Promise<Agent>
  visitor(options?: BrowserContextOptions): Promise<Visitor>
  /** Puts a page with a site's snippet on the website. */
  page(path: string, page?: WebsitePage & { site?: SiteView; tracked?: boolean }): void
  addSite(name: string): Promise<SiteView>
  addLink(site: SiteView, accent: string): Promise<LinkView>
  addAgent(
    name: string,
    options?: { roles?: string[]; groups?: boolean },
  ): Promise<{ email: string; password: string; id: string }>
  groups(): Promise<GroupView[]>
}

export const snippetOf = (base: string, site: SiteView) =>
  `<script async src="${base}/beckon.js" data-site="${site.key}"></script>`

/** A server, a website on another origin, and a browser: everything a journey needs. */
export async function openScene(env: Record<string, string> = {}): Promise<Scene> {
  const website = await openWebsite()
  const [server, browser] = await Promise.all([
    startServer({ BECKON_SITE_URL: website.origin, ...env }),
    launchChromium(),
  ])
  const rest = await signIn(server.base, ADMIN.email, ADMIN.password)
  const complaints: string[] = []
  const { items: sites } = await rest.get<{ items: SiteView[] }>('/sites')
  const site = sites.find((entry) => entry.kind === 'website')
  if (!site) throw new Error('the first run made no site')

  const scene: Scene = {
    server,
    rest,
    browser,
    website,
    site,
    complaints,
    forgive(pattern) {
      const left = complaints.filter((line) => !pattern.test(line))
      complaints.splice(0, complaints.length, ...left)
    },
    async agent(who = ADMIN) {
      // Nobody looks: what only moves would take time from what is tested.
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        reducedMotion: 'reduce',
      })
      await openShadowRoots(context)
      context.setDefaultTimeout(PATIENCE_MS)
      const page = await context.newPage()
      listenForComplaints(page, 'agent', complaints)
      const agent = new Agent(page, server.base)
      await agent.signsIn(who)
      return agent
    },
    async visitor(options = {}) {
      const context = await browser.newContext({
        viewport: { width: 1200, height: 800 },
        userAgent: USER_AGENT,
        ...options,
      })
      await openShadowRoots(context)
      context.setDefaultTimeout(PATIENCE_MS)
      const page = await context.newPage()
      listenForComplaints(page, 'visitor', complaints)
      return new Visitor(page)
    },
    page(path, { site: of = site, tracked = true, ...page } = {}) {
      website.put(path, {
        ...page,
        head: `${tracked ? snippetOf(server.base, of) : ''}${page.head ?? ''}`,
      })
    },
    addSite: (name) => rest.post<SiteView>('/sites', { name, origins: [website.origin] }),
    async addLink(of, accent) {
      const link = await rest.post<LinkView>('/links', {
        siteId: of.id,
        name: `${of.name} button`,
        type: 'button',
        style: {
          accent,
          corners: 'soft',
          position: 'right',
          distance: 20,
          scheme: 'light',
          onlineText: 'Chat with us',
          offlineText: 'We are away',
          title: '',
          greeting: 'How can we help?',
        },
      })
      await rest.patch(`/sites/${of.id}`, { mainLinkId: link.id })
      return link
    },
    async addAgent(name, { roles = ['agent'], groups = true } = {}) {
      const email = `${name.toLowerCase()}@beckon.example`
      const password = 'another long password'
      const { id } = await rest.post<{ id: string }>('/agents', {
        name,
        chatName: name,
        email,
        password,
        roles,
      })
      if (groups) {
        for (const group of await scene.groups()) {
          await rest.patch(`/groups/${group.id}`, {
            memberIds: [...group.members.map((member) => member.agentId), id],
          })
        }
      }
      return { email, password, id }
    },
    async groups() {
      return (await rest.get<{ items: GroupView[] }>('/groups')).items
    },
    async [Symbol.asyncDispose]() {
      await browser.close()
      await server.stop()
      await website.close()
      expect(complaints, 'what the browsers complained about').toEqual([])
      expect(warningsIn(server.log()), 'what the server warned about').toEqual([])
    },
  }
  return scene
}

/** Lines of the structured log at level warn or above, and lines that are not ours at all. */
function warningsIn(log: string): string[] {
  return log
    .split('\n')
    .filter((line) => line.trim() !== '')
    .filter((line) => {
      try {
        return (JSON.parse(line) as { level: number }).level >= 40
      } catch {
        return true
      }
    })
}
