import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type {
  AgentCommand,
  AgentFrame,
  AgentServerFrame,
  CommandResult,
  RefusalCode,
  Topic,
  TopicTypes,
  VisitorFrame,
  VisitorHello,
  VisitorServerFrame,
} from '@beckon/protocol'
import { type App, createApp } from '../src/app.ts'
import { fakeGeo } from '../src/geo/geo.ts'
import type { Log } from '../src/log.ts'
import { type Environment, readSettings } from '../src/settings/settings.ts'
import { type FakeClock, fakeClock } from '../src/time/fake-clock.ts'
import { newDatabaseUrl, type TestDatabase } from './database.ts'
import { aPage, CHROME } from './floor.ts'
import { type Wire, wireTo } from './wire.ts'

/*
 * The whole product in this process, as app.ts composes it, on a clock that stands still: real HTTP,
 * real sockets, the real store in a temp folder. Everything a test does, it does from outside.
 */

export const OWNER = { email: 'ada@example.com', password: 'violet-tractor-19-lamp' }
const SHOP = 'http://127.0.0.1:5999'

export type Refused = { refused: RefusalCode; details?: unknown }
export type AgentLine = Awaited<ReturnType<Whole['agent']>>
export type VisitorLine = Awaited<ReturnType<Whole['visitor']>>
export type Whole = Awaited<ReturnType<typeof openWhole>>

type VisitorCommand = Extract<VisitorFrame, { id: string }>
type WithoutId<T> = T extends unknown ? Omit<T, 'id'> & { id?: string } : never

export async function openWhole(
  options: {
    log?: Log
    geo?: Parameters<typeof fakeGeo>[0]
    on?: TestDatabase
    env?: Environment
    /** One of several nodes: what they share. */
    among?: { databaseUrl: string; redisUrl: string; clock: FakeClock; node: number }
  } = {},
) {
  const { among } = options
  const dataDir = await mkdtemp(join(tmpdir(), 'beckon-whole-'))
  const clock = among?.clock ?? fakeClock()
  const faults: unknown[] = []
  const log: Log = options.log ?? {
    error: (fact, message) => void faults.push([message, fact]),
    warn() {},
    info() {},
    debug() {},
  }
  const env = {
    PORT: '0',
    BECKON_DATA_DIR: dataDir,
    DATABASE_URL: among?.databaseUrl ?? (await newDatabaseUrl(options.on)),
    REDIS_URL: among?.redisUrl,
    BECKON_SECRET_KEY: among && Buffer.alloc(32, 'several').toString('base64'),
    BECKON_ADMIN_EMAIL: OWNER.email,
    BECKON_ADMIN_PASSWORD: OWNER.password,
    BECKON_SITE_URL: SHOP,
    BECKON_TRUST_PROXY: '1',
    ...options.env,
  }
  const start = (more: Environment = {}) =>
    createApp({
      settings: readSettings({ ...env, ...more }),
      clock,
      log,
      geo: fakeGeo(options.geo),
    })
  let app: App = await start()
  const open = new Set<Wire<never, never>>()
  const named = among ? `node-${among.node}-` : ''
  let commands = 0
  let addresses = (among?.node ?? 0) * 100

  const dial = <In, Out>(path: string, headers: Record<string, string>) => {
    const wire = wireTo<In, Out>(`${app.url.replace('http', 'ws')}${path}`, headers)
    open.add(wire as never)
    wire.socket.once('close', () => open.delete(wire as never))
    return wire
  }

  const whole = {
    clock,
    dataDir,
    faults,
    get app() {
      return app
    },
    site(kind: 'website' | 'portal') {
      const found = [...app.directory.now.sites.values()].find((site) => site.kind === kind)
      if (!found) throw new Error(`No ${kind}`)
      return found
    },

    async signIn({ email, password } = OWNER) {
      const answer = await post('/sign-in', { email, password })
      if (!answer.ok) throw new Error(`Signing in: ${answer.status}`)
      return answer.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';', 1)[0])
        .join('; ')
    },

    /** A change as an administrator's console makes it. */
    async rest<T>(
      method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
      path: string,
      body: object,
      cookie: string,
    ) {
      const answer = await post(path, body, { method, cookie })
      if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`)
      return (answer.status === 204 ? undefined : await answer.json()) as T
    },

    /** A signed-in console. */
    async agent(cookie: string) {
      const wire = dial<AgentFrame | { type: 'hello'; v: number }, AgentServerFrame>('/ws/agent', {
        origin: app.url,
        cookie,
      })
      wire.say({ type: 'hello', v: 1 })
      const { agentId } = await wire.next('welcome')
      let lastSub = 0
      return Object.assign(wire, {
        agentId,
        newSub: () => ++lastSub,
        /** What `done` carries, or the refusal. */
        async ask<T extends AgentCommand['type']>(
          command: WithoutId<Extract<AgentCommand, { type: T }>>,
        ): Promise<CommandResult[T] | Refused> {
          const id = command.id ?? `${named}agent-command-${++commands}`
          const from = wire.heard.length
          wire.say({ ...command, id } as never)
          const frame = await wire.until(`the answer to ${command.type}`, () =>
            wire.heard
              .slice(from)
              .find((one) => (one.type === 'done' || one.type === 'refused') && one.id === id),
          )
          if (frame.type === 'done') return frame.result as CommandResult[T]
          if (frame.type === 'refused') return { refused: frame.code, details: frame.details }
          throw new Error('unreachable')
        },
        /** The state of a topic now. */
        async look<N extends Topic['topic']>(
          topic: Extract<Topic, { topic: N }>,
        ): Promise<TopicTypes[N]['state'] | Refused> {
          const sub = ++lastSub
          const from = wire.heard.length
          wire.say({ type: 'subscribe', sub, topic })
          const frame = await wire.until(`a snapshot of ${topic.topic}`, () =>
            wire.heard
              .slice(from)
              .find((one) => (one.type === 'snapshot' || one.type === 'closed') && one.sub === sub),
          )
          wire.say({ type: 'unsubscribe', sub })
          if (frame.type === 'snapshot') return frame.state as TopicTypes[N]['state']
          if (frame.type === 'closed') return { refused: frame.code }
          throw new Error('unreachable')
        },
      })
    },

    /** A page opened by a person's browser: connects, says hello, is welcomed. */
    async visitor(from: Partial<VisitorHello> & { ip?: string } = {}) {
      const { ip, ...said } = from
      // Tokens are looked up in batches some milliseconds apart.
      clock.advance(25)
      const wire = dial<VisitorFrame | VisitorHello, VisitorServerFrame>('/ws/visitor', {
        origin: SHOP,
        'user-agent': CHROME,
        'x-forwarded-for': ip ?? `203.0.113.${(addresses++ % 250) + 1}`,
      })
      wire.say({
        type: 'hello',
        v: 1,
        site: whole.site('website').key,
        privacy: 'returning',
        page: aPage({ url: `${SHOP}/` }),
        visible: true,
        focused: true,
        ...said,
      })
      const welcome = await wire.until('a welcome', () => {
        const refused = wire.heard.find((one) => one.type === 'refused')
        if (refused) throw new Error(JSON.stringify(refused))
        return wire.heard.find((one) => one.type === 'welcome')
      })
      if (welcome.type !== 'welcome') throw new Error('unreachable')
      return Object.assign(wire, {
        welcome,
        async ask(
          command: WithoutId<VisitorCommand>,
        ): Promise<Extract<VisitorServerFrame, { type: 'done' }> | Refused> {
          const id = command.id ?? `${named}visitor-command-${++commands}`
          const from = wire.heard.length
          wire.say({ ...command, id } as never)
          const frame = await wire.until(`the answer to ${command.type}`, () =>
            wire.heard
              .slice(from)
              .find((one) => (one.type === 'done' || one.type === 'refused') && one.id === id),
          )
          return frame.type === 'done' ? frame : { refused: (frame as { code: RefusalCode }).code }
        },
      })
    },

    /** Everything said has been heard, committed, announced and told. */
    async settled() {
      for (let round = 0; round < 2; round++) {
        for (const wire of open) await wire.pinged()
        await app.store.commit(async () => {})
        await app.conversations.settled()
        await app.offline.settled()
      }
      await app.visits.flush()
      for (const wire of open) await wire.pinged()
    },

    /** Lets time pass, with answers to pings in between, so that nobody seems silent. */
    async pass(ms: number) {
      for (let left = ms; left > 0; left -= 9_000) {
        clock.advance(Math.min(left, 9_000))
        await whole.settled()
      }
      // Many beats went by in one breath; the sweep that counts is one after the last of them.
      await app.conversations.sweep()
      await whole.settled()
    },

    /** The process ends orderly and another one begins on the same folder. */
    async restart(more?: Environment) {
      await app.close()
      app = await start(more)
    },

    async [Symbol.asyncDispose]() {
      for (const wire of open) wire.socket.terminate()
      await app.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
  return whole

  function post(path: string, body: object, more: { method?: string; cookie?: string } = {}) {
    return fetch(`${app.url}/api/v1${path}`, {
      method: more.method ?? 'POST',
      headers: {
        'content-type': 'application/json',
        'x-beckon': '1',
        ...(more.cookie && { cookie: more.cookie }),
      },
      body: JSON.stringify(body),
    })
  }
}

/** The answer, where a refusal would be a fault of the test. */
export function granted<T extends object>(answer: T | Refused): T {
  if ('refused' in answer) throw new Error(`refused: ${JSON.stringify(answer)}`)
  return answer
}
