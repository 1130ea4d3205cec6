import type { Rest } from '@beckon/bench'
import type {
  AgentView,
  BrandView,
  DepartmentView,
  GroupView,
  LinkView,
  SiteView,
} from '@beckon/protocol'

/** One password for the whole pretend team. Long enough for the product's own rule. */
export const DEMO_PASSWORD = 'ridgeline-demo-2026'
export const DEMO_ADMIN = 'ana@ridgeline.example'

export type DemoTeam = { shop: SiteView; help: SiteView; trade: SiteView; colleagues: string[] }

type List<T> = { items: T[] }

/** A bicycle maker's team as an administrator would set it up: over REST, nothing behind the product's back. */
export async function seedTeam(
  rest: Rest,
  origins: { shop: string; help: string; trade: string },
): Promise<DemoTeam> {
  const { items: sites } = await rest.get<List<SiteView>>('/sites')
  const { items: departments } = await rest.get<List<DepartmentView>>('/departments')
  const { items: agents } = await rest.get<List<AgentView>>('/agents')
  const { items: brands } = await rest.get<List<BrandView>>('/brands')
  const [brand] = brands
  const ana = agents[0]
  const first = sites.find((site) => site.kind === 'website')
  const support = departments[0]
  if (!ana || !brand || !first || !support) {
    throw new Error('the first run left no agent, brand, site or department')
  }

  await rest.patch<BrandView>(`/brands/${brand.id}`, { name: 'Ridgeline Cycles' })

  const shop = await rest.patch<SiteView>(`/sites/${first.id}`, {
    name: 'Shop',
    origins: [origins.shop],
  })
  const help = await rest.post<SiteView>('/sites', {
    name: 'Help centre',
    origins: [origins.help],
    color: 2,
  })
  const trade = await rest.post<SiteView>('/sites', {
    name: 'Trade',
    origins: [origins.trade],
    color: 3,
  })

  const colleagues: AgentView[] = []
  for (const [name, chatName, roles] of [
    ['Priya Raman', 'Priya', ['agent', 'manager']],
    ['Tomasz Zieliński', 'Tomasz', ['agent']],
    ['Jonas Berg', 'Jonas', ['agent']],
  ] as const) {
    const email = `${chatName.toLowerCase()}@ridgeline.example`
    colleagues.push(
      await rest.post<AgentView>('/agents', {
        name,
        chatName,
        email,
        password: DEMO_PASSWORD,
        roles,
      }),
    )
  }
  const everybody = [ana.id, ...colleagues.map((agent) => agent.id)]

  const sales = await rest.post<DepartmentView>('/departments', { name: 'Sales', liveChat: true })
  await rest.patch<GroupView>(`/groups/${sales.frontGroupId}`, { memberIds: everybody })
  await rest.post<GroupView>('/groups', {
    departmentId: sales.id,
    name: 'Bike advice',
    memberIds: everybody,
  })
  await rest.post<GroupView>('/groups', {
    departmentId: support.id,
    name: 'Orders',
    memberIds: everybody.slice(0, 2),
  })
  await rest.post<DepartmentView>('/departments', { name: 'Press', liveChat: false })

  const shopLink = await rest.post<LinkView>(
    '/links',
    link(shop, 'Shop button', '#1d5c47', 'right'),
  )
  await rest.patch<SiteView>(`/sites/${shop.id}`, { mainLinkId: shopLink.id })
  const helpLink = await rest.post<LinkView>('/links', link(help, 'Help button', '#b4552d', 'left'))
  await rest.patch<SiteView>(`/sites/${help.id}`, { mainLinkId: helpLink.id })
  return { shop, help, trade, colleagues: colleagues.map((agent) => agent.email) }
}

const link = (site: SiteView, name: string, accent: string, position: 'right' | 'left') => ({
  siteId: site.id,
  name,
  type: 'button',
  style: {
    accent,
    corners: position === 'right' ? 'soft' : 'round',
    position,
    distance: 20,
    scheme: position === 'right' ? 'auto' : 'light',
    onlineText: 'Chat with us',
    offlineText: 'We are out riding',
    title: 'Ridgeline Cycles',
    greeting: 'Questions about sizes, orders or the workshop? Ask away.',
  },
})
