import type { BrandId, SiteId, VisitId, VisitorId, VisitorServerFrame } from '@beckon/protocol'
import type { Site } from '../../../src/directory/directory.ts'
import { newId } from '../../../src/ids.ts'
import type { FakeClock } from '../../../src/time/fake-clock.ts'
import { Unwelcome } from '../../../src/visits/admission.ts'
import type { Tab } from '../../../src/visits/tab.ts'
import { aPage, helloWith } from '../../said-hello.ts'
import type { FakeTab, FakeVisit } from '../fake-presence.ts'
import { SHOP_ORIGIN } from '../scene.ts'
import type { ModelNode } from './node.ts'

type Welcome = Extract<VisitorServerFrame, { type: 'welcome' }>
type Page = FakeTab & { readonly tab: Tab; readonly node: ModelNode }

/** A real look-up waits for the next one this long. */
const SPACING_MS = 20

/**
 * Pages of visitors' browsers on real nodes, with what a history does to presence: the same words
 * as the presence made by hand, so that the same histories run on it.
 */
export function createPages({
  clock,
  now,
  nodes,
  remove,
}: {
  clock: FakeClock
  /** The node that the next step goes to. */
  now(): ModelNode
  nodes(): readonly ModelNode[]
  remove(visitId: VisitId): void
}) {
  const tokens = new Map<VisitorId, string>()
  const pages = new Map<string, Page>()
  const named = new Set<FakeVisit>()

  /** Of whom there is nothing yet: the first page that says hello gives it names. */
  const arrive = (visitor: { visitorId: VisitorId; brandId: BrandId; siteId: SiteId }) =>
    ({ ...visitor, id: '' as VisitId, tabs: [] as FakeTab[] }) as unknown as FakeVisit

  async function openTab(visit: FakeVisit): Promise<FakeTab | undefined> {
    const node = now()
    const site = node.directory.now.sites.get(visit.siteId) as Site
    const token = tokens.get(visit.visitorId)
    await Promise.all(nodes().map((one) => one.visits.flush()))
    if (token) clock.advance(SPACING_MS)
    const heard: VisitorServerFrame[] = []
    let welcome: Welcome | undefined
    const connectionId = `${node.nodes.name}-${newId<string>()}`
    const ip = '203.0.113.7'
    const line = {
      id: connectionId,
      ip,
      send(frame: VisitorServerFrame) {
        if (frame.type === 'welcome') welcome = frame
        else heard.push(structuredClone(frame))
      },
      close: () => left(connectionId),
    }
    const hello = helloWith({
      site: site.key,
      page: aPage({ url: `${SHOP_ORIGIN}/` }),
      ...(token !== undefined && { token }),
    })
    const caller = {
      ip,
      origin: SHOP_ORIGIN,
      sameOrigin: false,
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
      acceptLanguage: 'en',
      privacyControl: false,
    }
    try {
      const tab = await node.visits.arrive(line, hello, caller)
      if (token && tab.visitorId !== visit.visitorId) throw new Error('Not recognised')
      if (welcome?.token) tokens.set(tab.visitorId, welcome.token)
      visit.id = tab.visitId
      const { visitorId, visitId, siteId, brandId, visible, focused, focusedAt, links } = tab
      const page: Page = {
        ...{ connectionId, visitorId, visitId, siteId, brandId, ip },
        ...{ visible, focused, focusedAt, links: [...links], heard, tab, node },
        welcome: { invitation: welcome?.invitation, chat: welcome?.chat } as never,
        say: (frame) => tab.say(frame),
      }
      pages.set(connectionId, page)
      visit.tabs.push(page)
      named.add(visit)
      return page
    } catch (error) {
      // The site is switched off.
      if (error instanceof Unwelcome) return undefined
      throw error
    }
  }

  function left(connectionId: string): void {
    pages.delete(connectionId)
    for (const visit of named) {
      visit.tabs = visit.tabs.filter((tab) => tab.connectionId !== connectionId)
    }
  }

  const pageOf = ({ connectionId }: { connectionId: string }) => pages.get(connectionId)
  const find = (visitId: VisitId) => {
    const visit = now().visits.presence.find(visitId)
    return visit && visit.row.status !== 'removed' ? visit : undefined
  }

  return {
    pageOf,
    presence: {
      find,
      arrive,
      openTab,
      closeTab(_visit: FakeVisit, { connectionId }: FakeTab): void {
        const page = pages.get(connectionId)
        left(connectionId)
        page?.node.visits.closed(page.tab, 'closed')
      },
      navigate(visit: FakeVisit): void {
        const page = visit.tabs[0] && pageOf(visit.tabs[0])
        page?.node.visits.page(page.tab, aPage({ url: `${SHOP_ORIGIN}/${newId()}` }))
      },
      /** By an agent's hand, on whichever node. */
      remove(visit: FakeVisit): void {
        named.delete(visit)
        if (find(visit.id)) remove(visit.id)
      },
    },
    /** The connections of a node that is going are gone. */
    lose(node: ModelNode): void {
      for (const page of [...pages.values()]) {
        if (page.node !== node) continue
        left(page.connectionId)
        node.visits.closed(page.tab, 'closed')
      }
    },
  }
}
