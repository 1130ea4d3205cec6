import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { GroupId, SiteView } from '@beckon/protocol'
import Database from 'better-sqlite3'
import {
  type PostgresServer,
  startPostgres,
} from '../../../packages/server/test/postgres-server.ts'
import { type RedisServer, startRedis } from '../../../packages/server/test/redis-server.ts'
import { OWNER } from '../product.ts'
import { type Rest, type SimulatedAgent, signIn, simulatedAgent } from '../simulated-agent.ts'
import type { Read } from './ledger.ts'
import { type Node, openNode } from './node.ts'
import { openTcpProxy, type TcpProxy } from './proxy.ts'
import type { Profile } from './scenario.ts'

/** The product as a scenario wants it, on servers of its own that are gone with it. */
export type Place = {
  readonly nodes: readonly Node[]
  readonly site: { key: string; origin: string }
  readonly groupId: GroupId
  readonly rest: Rest
  /** Of two nodes; what nodes say to it passes through `lines`. */
  readonly postgres: PostgresServer | undefined
  readonly redis: RedisServer | undefined
  readonly lines: { readonly postgres: TcpProxy | undefined; readonly redis: TcpProxy | undefined }
  /** The data folder of the embedded database. */
  readonly dataDir: string
  node(at: number): Node
  /** Where a balancer sends somebody now: one that takes connections, in turn. */
  balanced(): string
  /** What is stored, read past the product. */
  read: Read
  /** A console of the administrator, available for chats. */
  agent(at?: number): Promise<SimulatedAgent>
  [Symbol.asyncDispose](): Promise<void>
}

const ORIGIN = 'http://127.0.0.1:4101'
const open = new Set<() => Promise<void>>()

/** Ends what a scenario left behind that did not end itself. */
export async function closePlaces(): Promise<void> {
  for (const close of open) await close()
}

export async function openPlace(asked: {
  profile: Profile
  settings?: Readonly<Record<string, string>>
  /** By node, on top of `settings`. */
  each?: readonly Readonly<Record<string, string>>[]
  postgres?: Record<string, string>
  /** In place of a new folder. */
  dataDir?: string
  under?: readonly string[]
  inspected?: boolean
}): Promise<Place> {
  const several = asked.profile === 'two nodes'
  const closing: (() => Promise<unknown>)[] = []
  const closeAll = async () => {
    open.delete(closeAll)
    for (const close of closing.splice(0).reverse()) await close().catch(() => {})
  }
  open.add(closeAll)
  try {
    const folder = await mkdtemp(join(tmpdir(), 'beckon-soak-'))
    closing.push(() => rm(folder, { recursive: true, force: true }))
    const dataDir = asked.dataDir ?? join(folder, 'data')
    const postgres = several ? await startPostgres(asked.postgres) : undefined
    if (postgres) closing.push(() => postgres.stop())
    const redis = several ? await startRedis() : undefined
    if (redis) closing.push(() => redis.stop())
    const lines = {
      postgres: postgres && (await openTcpProxy(postgres.port)),
      redis: redis && (await openTcpProxy(redis.port)),
    }
    for (const line of Object.values(lines)) if (line) closing.push(() => line.close())
    const direct = await postgres?.database()
    const settings = {
      BECKON_DATA_DIR: dataDir,
      BECKON_ADMIN_EMAIL: OWNER.email,
      BECKON_ADMIN_PASSWORD: OWNER.password,
      BECKON_SITE_URL: ORIGIN,
      BECKON_TRUST_PROXY: '127.0.0.0/8',
      ...(direct && {
        DATABASE_URL: direct.replace(String(postgres?.port), String(lines.postgres?.port)),
        REDIS_URL: `redis://127.0.0.1:${lines.redis?.port}`,
        BECKON_SECRET_KEY: 'c29hay1zb2FrLXNvYWstc29hay1zb2FrLXNvYWstMDE=',
      }),
      ...asked.settings,
    }
    const nodes: Node[] = []
    for (let at = 0; at < (several ? 2 : 1); at++) {
      const more = asked.each?.[at]
      const { under = [], inspected = false } = asked
      const node = await openNode({ folder, settings: { ...settings, ...more }, under, inspected })
      nodes.push(node)
      closing.push(() => node.kill())
    }
    const node = (at: number): Node => {
      const found = nodes[at]
      if (!found) throw new Error(`There is no node ${at}.`)
      return found
    }
    const rest = await signIn(node(0).base, OWNER.email, OWNER.password)
    const { items: sites } = await rest.get<{ items: SiteView[] }>('/sites')
    const { items: groups } = await rest.get<{ items: { id: GroupId }[] }>('/groups')
    const site = sites.find(({ kind }) => kind === 'website')
    const [group] = groups
    if (!site || !group) throw new Error('the first run made no site or no group')
    const { agent: owner } = await rest.get<{ agent: { id: string } }>('/me')
    await rest.patch(`/agents/${owner.id}`, { chatLimit: 20 })
    let turn = 0
    return {
      nodes,
      site: { key: site.key, origin: ORIGIN },
      groupId: group.id,
      rest,
      postgres,
      redis,
      lines,
      dataDir,
      node,
      balanced() {
        const up = nodes.filter((one) => one.up)
        turn += 1
        return (up[turn % up.length] ?? node(turn % nodes.length)).base
      },
      async read<T>(sql: string) {
        if (postgres && direct) {
          return (await postgres.ask(sql, direct.slice(postgres.at('').length))) as T[]
        }
        const db = new Database(join(dataDir, 'beckon.db'), { readonly: true })
        try {
          return db.prepare(sql).all() as T[]
        } finally {
          db.close()
        }
      },
      async agent(at = 0) {
        const agent = await simulatedAgent(node(at).base, rest.cookie)
        await agent.ask({ type: 'availability.set', available: true })
        return agent
      },
      [Symbol.asyncDispose]: closeAll,
    }
  } catch (error) {
    await closeAll()
    throw error
  }
}
