import type {
  AgentId,
  BrandId,
  DepartmentId,
  GroupId,
  LinkId,
  Role,
  SiteId,
  VisitorId,
  VisitRow,
} from '@beckon/protocol'
import type { AgentActor } from '../../src/agents/actor.ts'
import { type Conversations, createConversations } from '../../src/conversations/conversations.ts'
import { createDirectory } from '../../src/directory/load.ts'
import { newId } from '../../src/ids.ts'
import { createMemoryBus } from '../../src/realtime/memory-bus.ts'
import { actorFrom } from '../../src/sign-in/actor.ts'
import type { AgentLines } from '../../src/standing/agent-lines.ts'
import type { Store } from '../../src/store/store.ts'
import { fakeClock } from '../../src/time/fake-clock.ts'
import type { LiveVisit } from '../../src/visits/presence.ts'
import { createFakePresence, type FakeTab } from './fake-presence.ts'

/** Where the pages of its sites are. */
export const SHOP_ORIGIN = 'https://shop.example'

export const CONVERSATION_SETTINGS = {
  invitationSeconds: 120,
  expireMinutes: 10,
  courtesyHours: 24,
  graceSeconds: 10,
}

/** Consoles are none of this scene's business. */
export const EVERYBODY_HERE: AgentLines = {
  came() {},
  left() {},
  isHere: () => true,
  goneSince: () => undefined,
  refresh: async () => {},
  start() {},
  stop() {},
}

export type Scene = Awaited<ReturnType<typeof openScene>>

/** Two brands; in the first a shop and a blog, Support and Sales with a group each, and five agents. */
export async function openScene(
  store: Store,
  {
    consoles = false,
  }: { /** Agents receive while `came` has been said of them. */ consoles?: boolean } = {},
) {
  const clock = fakeClock()
  const bus = createMemoryBus()
  const ids = await seed(store, clock.now())
  const directory = await createDirectory({ store, bus })
  const presence = createFakePresence({ clock })
  const faults: unknown[] = []
  const start = (of = presence) =>
    createConversations({
      store,
      directory,
      bus,
      clock,
      presence: of,
      settings: CONVERSATION_SETTINGS,
      ...(!consoles && { lines: EVERYBODY_HERE }),
      log: { error: (details) => void faults.push(details) },
    })
  let conversations: Conversations = start()
  await conversations.start()

  const actor = (agentId: AgentId): AgentActor => {
    const found = actorFrom(directory.now, { agentId, signInId: 'sign-in' })
    if (!found) throw new Error('No such agent')
    return found
  }

  const scene = {
    store,
    clock,
    bus,
    directory,
    presence,
    ids,
    faults,
    get conversations() {
      return conversations
    },
    actor,
    /** Where there are several nodes: to which of them the next step goes. */
    use(_node: number) {},
    /** What speaks with a tab. */
    conversationsOf: (_tab: Pick<FakeTab, 'connectionId'>): Conversations => conversations,
    /** Another process on the same rows. */
    start,
    /** Everything announced has been told, and so has whatever that led to. */
    async settle() {
      for (let round = 0; round < 3; round++) await conversations.settled()
    },
    async advance(ms: number) {
      clock.advance(ms)
      await conversations.settled()
      await conversations.sweep()
      await scene.settle()
    },
    /** The process ends and another one begins on the same rows. */
    async restart() {
      await conversations.stop()
      conversations = start()
      await conversations.start()
      await scene.settle()
    },
    async set(
      table: 'agents' | 'departments' | 'groups' | 'sites',
      id: string,
      change: Record<string, number | string | null>,
    ) {
      await store.commit((tx) =>
        tx
          .updateTable(table as 'agents')
          .set(change)
          .where('id', '=', id as AgentId)
          .execute(),
      )
      await directory.reload()
      await scene.settle()
    },
    async visitor(
      more: { siteId?: SiteId; visitorId?: VisitorId; row?: Partial<VisitRow> } & {
        visit?: Partial<LiveVisit>
      } = {},
    ) {
      const visitorId = more.visitorId ?? newId<VisitorId>()
      const visit = presence.arrive({
        visitorId,
        brandId: ids.brand,
        siteId: more.siteId ?? ids.shop,
        ...(more.row && { row: more.row }),
        ...(more.visit && { more: more.visit }),
      })
      const tab = await presence.openTab(visit)
      return { visitorId, visit, tab }
    },
    async values(agentId: AgentId, visitId: LiveVisit['id']) {
      const topic = await conversations.topics.values?.open(
        actor(agentId),
        { topic: 'values', visitId },
        { emit: () => {}, lost: () => {} },
      )
      if (!topic) throw new Error('No values')
      topic.close()
      return topic.state
    },
    async invite(
      agentId: AgentId,
      visit: Pick<LiveVisit, 'id'>,
      more: {
        template?: string
        groupId?: GroupId
        id?: string
        version?: string
        replace?: string
        again?: boolean
      } = {},
    ) {
      const version = more.version ?? (await scene.values(agentId, visit.id)).version
      const send = conversations.agentDoors['invitation.send']
      if (!send) throw new Error('No door')
      const { invitation } = await send(actor(agentId), {
        type: 'invitation.send',
        id: more.id ?? newId(),
        visitId: visit.id,
        groupId: more.groupId ?? ids.supportGroup,
        template: more.template ?? 'Hello #displayname|there#, can I help?',
        version,
        ...(more.replace && { replace: more.replace as never }),
        ...(more.again && { again: true }),
      })
      return invitation
    },
    async close() {
      await conversations.stop()
      await store.close()
    },
  }
  return scene
}

/** Chats stay with whoever has them, unless a test says otherwise. */
const NO_HAND_OFF = { first_reply_seconds: null, follow_up_seconds: null, gone_seconds: null }

export async function seed(store: Store, at: number) {
  const ids = {
    brand: newId<BrandId>(),
    otherBrand: newId<BrandId>(),
    shop: newId<SiteId>(),
    blog: newId<SiteId>(),
    otherSite: newId<SiteId>(),
    support: newId<DepartmentId>(),
    sales: newId<DepartmentId>(),
    otherDepartment: newId<DepartmentId>(),
    supportGroup: newId<GroupId>(),
    supportSecond: newId<GroupId>(),
    salesGroup: newId<GroupId>(),
    otherGroup: newId<GroupId>(),
    /** Agents of Support, a manager of Support, one of Sales, one of the other brand. */
    ada: newId<AgentId>(),
    ben: newId<AgentId>(),
    mia: newId<AgentId>(),
    sal: newId<AgentId>(),
    oto: newId<AgentId>(),
    /** Administrator without the agent role. */
    root: newId<AgentId>(),
    link: newId<LinkId>(),
  }
  await store.commit(async (tx) => {
    const brands = [
      [ids.brand, 'Bikes'],
      [ids.otherBrand, 'Boats'],
    ] as const
    for (const [id, name] of brands) {
      await tx
        .insertInto('brands')
        .values({ id, name, slug: `${name}-${id}`, created_at: at })
        .execute()
    }
    const sites = [
      [ids.shop, ids.brand, 'Shop', 'en'],
      [ids.blog, ids.brand, 'Blog', 'de'],
      [ids.otherSite, ids.otherBrand, 'Harbour', 'en'],
    ] as const
    for (const [id, brandId, name, language] of sites) {
      await tx
        .insertInto('sites')
        .values({
          id,
          brand_id: brandId,
          kind: 'website',
          name,
          key: `key-${id}`,
          origins: JSON.stringify([SHOP_ORIGIN]),
          privacy: 'returning',
          ip_mode: 'masked',
          language,
          main_link_id: null,
          color: 0,
          off: 0,
          created_at: at,
        })
        .execute()
    }
    const departments = [
      [ids.support, ids.brand, 'Support', ids.supportGroup],
      [ids.sales, ids.brand, 'Sales', ids.salesGroup],
      [ids.otherDepartment, ids.otherBrand, 'Crew', ids.otherGroup],
    ] as const
    for (const [id, brandId, name, groupId] of departments) {
      await tx
        .insertInto('departments')
        .values({ id, brand_id: brandId, name, live_chat: 1, created_at: at })
        .execute()
      await tx
        .insertInto('groups')
        .values({
          id: groupId,
          department_id: id,
          name,
          front_line: 1,
          created_at: at,
          ...NO_HAND_OFF,
        })
        .execute()
    }
    await tx
      .insertInto('groups')
      .values({
        id: ids.supportSecond,
        department_id: ids.support,
        name: 'Second line',
        front_line: 0,
        created_at: at,
        ...NO_HAND_OFF,
      })
      .execute()
    const agents: [AgentId, string, Role[], GroupId[]][] = [
      [ids.ada, 'Ada', ['agent'], [ids.supportGroup]],
      [ids.ben, 'Ben', ['agent'], [ids.supportGroup, ids.supportSecond]],
      [ids.mia, 'Mia', ['agent', 'manager'], [ids.supportGroup]],
      [ids.sal, 'Sal', ['agent'], [ids.salesGroup]],
      [ids.oto, 'Oto', ['agent', 'manager'], [ids.otherGroup]],
      [ids.root, 'Root', ['administrator'], [ids.supportGroup]],
    ]
    for (const [id, name, roles, groups] of agents) {
      await tx
        .insertInto('agents')
        .values({
          id,
          name,
          chat_name: name,
          email: `${id}@example.com`,
          password_hash: '',
          roles: JSON.stringify(roles),
          available: 1,
          // What limits do has tests of its own.
          chat_limit: 99,
          disabled: 0,
          created_at: at,
        })
        .execute()
      for (const groupId of groups) {
        await tx
          .insertInto('group_members')
          .values({ group_id: groupId, agent_id: id, active: 1 })
          .execute()
      }
    }
  })
  return ids
}
