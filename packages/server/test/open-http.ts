import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type {
  AgentId,
  BrandId,
  DepartmentId,
  GroupId,
  LinkStyle,
  Role,
  SiteId,
  SiteSignals,
} from '@beckon/protocol'
import { DEFAULT_SORT, DEFAULT_STYLE, EVERYONE } from '@beckon/protocol'
import type { InjectOptions } from 'fastify'
import { createArticles } from '../src/articles/articles.ts'
import { createLibrary } from '../src/articles/library.ts'
import { createBanList } from '../src/bans/ban-list.ts'
import { createBans } from '../src/bans/bans.ts'
import { createCommit } from '../src/conversations/commit.ts'
import { createDirectory } from '../src/directory/load.ts'
import { createFiles } from '../src/files/files.ts'
import { createHttp, type HttpDeps } from '../src/http/http.ts'
import { newId } from '../src/ids.ts'
import { createLeaving } from '../src/offline/leaving.ts'
import type { Announcement } from '../src/realtime/bus.ts'
import { createMemoryBus } from '../src/realtime/memory-bus.ts'
import { createSetup } from '../src/setup/setup.ts'
import { createPasswords } from '../src/sign-in/passwords.ts'
import { createSeals } from '../src/sign-in/seals.ts'
import { createSignIns } from '../src/sign-in/sign-ins.ts'
import { openStore } from '../src/store/open-store.ts'
import { fakeClock } from '../src/time/fake-clock.ts'
import { createTranscripts } from '../src/transcripts/transcripts.ts'
import { compileFilter } from '../src/visits/filter.ts'
import { createOrderedIndex } from '../src/visits/ordered-index.ts'
import { compileSort } from '../src/visits/sort.ts'
import { newDatabaseUrl } from './database.ts'

export const PASSWORD = 'otter canal violin seven'
export const HOST = 'localhost:4000'
export const ORIGIN = `http://${HOST}`

/** The people of the scene: roles, and whether they are in Support. */
const PEOPLE = {
  ada: { roles: ['agent', 'administrator'], brand: 'here' },
  adam: { roles: ['administrator'], brand: undefined },
  mia: { roles: ['manager'], brand: 'here' },
  otto: { roles: ['agent'], brand: 'here' },
  gus: { roles: ['agent'], brand: 'away' },
} as const satisfies Record<string, { roles: Role[]; brand: 'here' | 'away' | undefined }>
export type Person = keyof typeof PEOPLE

const NO_SIGNALS: SiteSignals = {
  scriptFetchedAt: null,
  refusedOrigins: [],
  helloAt: null,
  lastHit: null,
  identity: { verifiedAt: null, refused: null },
}

let hashed: Promise<string> | undefined

/** The real routes on the real store in a folder of their own; two brands, five people, no visitors. */
export async function openHttp(
  options: {
    settings?: Partial<HttpDeps['settings']>
    empty?: boolean
    deps?: Partial<HttpDeps>
  } = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'beckon-http-'))
  const clock = fakeClock()
  const store = await openStore({ dataDir: folder, databaseUrl: await newDatabaseUrl(), clock })
  const bus = createMemoryBus()
  const announced: Announcement[] = []
  bus.subscribe((announcement) => announced.push(announcement))
  const ids = {
    brands: { here: newId<BrandId>(), away: newId<BrandId>() },
    departments: { here: newId<DepartmentId>(), away: newId<DepartmentId>() },
    groups: { here: newId<GroupId>(), away: newId<GroupId>() },
    sites: { here: newId<SiteId>(), away: newId<SiteId>(), portal: newId<SiteId>() },
    agents: Object.fromEntries(Object.keys(PEOPLE).map((name) => [name, newId()])) as Record<
      Person,
      AgentId
    >,
  }
  hashed ??= createPasswords().hash(PASSWORD)
  const passwordHash = await hashed
  if (!options.empty)
    await store.commit(async (tx) => {
      for (const at of ['here', 'away'] as const) {
        await tx
          .insertInto('brands')
          .values({
            id: ids.brands[at],
            name: at === 'here' ? 'Northwind' : 'Southwind',
            slug: at,
            created_at: 1,
          })
          .execute()
        await tx
          .insertInto('departments')
          .values({
            id: ids.departments[at],
            brand_id: ids.brands[at],
            name: 'Support',
            live_chat: 1,
            created_at: 1,
          })
          .execute()
        await tx
          .insertInto('groups')
          .values({
            id: ids.groups[at],
            department_id: ids.departments[at],
            name: 'Support',
            front_line: 1,
            created_at: 1,
          })
          .execute()
        await tx
          .insertInto('sites')
          .values(site(ids.sites[at], ids.brands[at], 'website', `Shop ${at}`))
          .execute()
      }
      await tx
        .insertInto('sites')
        .values(site(ids.sites.portal, ids.brands.here, 'portal', 'Help'))
        .execute()
      for (const [name, { roles, brand }] of Object.entries(PEOPLE)) {
        const id = ids.agents[name as Person]
        await tx
          .insertInto('agents')
          .values({
            id,
            name,
            chat_name: name,
            email: `${name}@example.com`,
            password_hash: passwordHash,
            roles: JSON.stringify(roles),
            available: 1,
            chat_limit: 3,
            disabled: 0,
            created_at: 1,
          })
          .execute()
        if (brand)
          await tx
            .insertInto('group_members')
            .values({ group_id: ids.groups[brand], agent_id: id, active: 1 })
            .execute()
      }
    })
  const directory = await createDirectory({ store, bus })
  const seals = createSeals(() => ['a key for tests that is long enough'])
  const signIns = createSignIns({ store, bus, clock, directory, seals })
  const setup = createSetup({ store, directory, clock, settings: {} })
  const faults: object[] = []
  const log = { error: (fact: object) => void faults.push(fact) }
  const bans = createBans({
    store,
    directory,
    bus,
    clock,
    log,
    list: createBanList({ store, clock }),
    reach: {
      visitor: async () => undefined,
      silence: () => new Map(),
      putOut() {},
      endTalk: async () => {},
    },
  })
  const nobody = createOrderedIndex({
    filter: compileFilter(EVERYONE),
    sorter: compileSort(DEFAULT_SORT),
    sight: { key: 'all', sees: () => true },
  })
  const library = createLibrary({ store, clock })
  const app = await createHttp({
    store,
    directory,
    bus,
    clock,
    signIns,
    seals,
    settings: { port: 4000, ...options.settings },
    log,
    bans,
    setup,
    erasure: {
      held: async () => Promise.reject(new Error('not here')),
      erase: async () => Promise.reject(new Error('not here')),
    },
    signals: {
      of: () => NO_SIGNALS,
      lastHitAt: () => null,
      keyUsedAt: () => null,
      linkSeenAt: () => null,
    },
    presence: { ofVisitor: () => [] },
    lists: { look: (_actor, _ask, use) => use(nobody) },
    transcripts: createTranscripts({
      store,
      directory,
      clock,
      commit: createCommit({ store, bus }),
    }),
    library,
    chatFiles: createFiles({
      store,
      directory,
      clock,
      commit: createCommit({ store, bus }),
    }),
    articles: createArticles({ store, directory, clock, library, baseUrl: () => ORIGIN }),
    offline: createLeaving({
      commit: createCommit({ store, bus }),
      directory,
      clock,
      presence: { find: () => undefined, upsert: async () => {} },
      baseUrl: () => ORIGIN,
    }),
    ...options.deps,
  })
  await app.ready()

  const cookies = new Map<Person, string>()
  /** A request as the console makes it; without a person, a stranger's. */
  async function ask(person: Person | undefined, options: InjectOptions) {
    const { headers, ...rest } = options
    return app.inject({
      ...rest,
      headers: {
        host: HOST,
        origin: ORIGIN,
        'x-beckon': '1',
        ...(person && { cookie: await cookieOf(person) }),
        ...headers,
      },
    })
  }
  async function cookieOf(person: Person): Promise<string> {
    const known = cookies.get(person)
    if (known) return known
    const { token } = await signIns.begin(ids.agents[person], {
      ip: '127.0.0.1',
      userAgent: 'test',
    })
    const cookie = `beckon-http=${token}`
    cookies.set(person, cookie)
    return cookie
  }

  return {
    app,
    store,
    bus,
    clock,
    directory,
    signIns,
    setup,
    ids,
    announced,
    faults,
    ask,
    cookieOf,
    /** Every row of every table a route may change, to show that a refusal changed none. */
    async rows(): Promise<string> {
      const tables = [
        'agents',
        'departments',
        'groups',
        'group_members',
        'sites',
        'links',
        'brands',
        'events',
      ] as const
      const found = await store.read((db) =>
        Promise.all(tables.map((table) => db.selectFrom(table).selectAll().execute())),
      )
      return JSON.stringify(found)
    },
    async [Symbol.asyncDispose]() {
      await app.close()
      await store.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
export type HttpScene = Awaited<ReturnType<typeof openHttp>>

const site = (id: SiteId, brand_id: BrandId, kind: 'website' | 'portal', name: string) => ({
  id,
  brand_id,
  kind,
  name,
  key: `key${id.slice(-12)}`,
  origins: '["https://shop.example"]',
  privacy: 'returning' as const,
  ip_mode: 'masked' as const,
  language: 'en',
  main_link_id: null,
  color: 0,
  off: 0 as const,
  created_at: 1,
})

export const STYLE: LinkStyle = { ...DEFAULT_STYLE, accent: '#00aa55' }
