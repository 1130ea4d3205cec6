import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { AgentId, ChatId } from '@beckon/protocol'
import Database from 'better-sqlite3'
import { type Histogram, histogram } from '../histogram.ts'
import { random } from '../random.ts'
import { type Rest, type SimulatedAgent, signIn, simulatedAgent } from '../simulated-agent.ts'
import { type SimulatedVisitor, simulatedVisitor } from '../simulated-visitor.ts'

/** What one visitor writes a second, below the 20 that are allowed. */
const EACH = 12
const TICK_MS = 4

/** Chats one agent may have at once, by the schema. */
const CHATS_EACH = 99
const PASSWORD = 'who answers many at once'

export type Writers = {
  visitors: { visitor: SimulatedVisitor; chatId: ChatId }[]
  agents: Answering[]
  leave(): void
}

/** Where they write. */
type Where = {
  readonly nodes: readonly { readonly base: string }[]
  readonly rest: Rest
  readonly site: { readonly key: string }
}

/** An agent at a console. */
type Answering = { agent: SimulatedAgent; cookie: string; own: Set<ChatId> }

/** Visitors enough for so many messages a second. */
export const writersOf = (perSecond: number): number => Math.ceil(perSecond / EACH)

/**
 * So many visitors in a chat each, and the agents who have been given these chats, with all of
 * them in their lists.
 */
export async function writersFor(servers: Where, origin: string, count: number): Promise<Writers> {
  const { nodes, site } = servers
  const visitors: Writers['visitors'] = []
  const agents = await team(servers, Math.ceil(count / CHATS_EACH))
  const sit = async (index: number) => {
    const visitor = simulatedVisitor({
      server: (nodes[index % nodes.length]?.base ?? '').replace('http', 'ws'),
      persona: { site: site.key, origin, address: `10.0.${index >> 8}.${index & 255}` },
      random: random(index + 1),
    })
    await visitor.arrive({ url: `${origin}/`, title: 'Start' })
    const { chatId } = await visitor.startChat('Hello')
    if (!chatId) throw new Error('a chat did not start')
    visitors.push({ visitor, chatId })
  }
  for (let start = 0; start < count; start += 50)
    await Promise.all(
      Array.from({ length: Math.min(50, count - start) }, (_, index) => sit(start + index)),
    )
  const given = () => agents.reduce((sum, { own }) => sum + own.size, 0)
  for (let patience = 0; given() < count && patience < 200; patience++) await pause(100)
  return {
    visitors,
    agents,
    leave() {
      for (const { visitor } of visitors) visitor.leave()
      for (const { agent } of agents) agent.close()
    },
  }
}

/** In one group, given chats in turn, their consoles' lists of chats open. */
async function team({ nodes, rest }: Where, size: number): Promise<Answering[]> {
  const [{ id: groupId } = { id: '' }] = (await rest.get<{ items: { id: string }[] }>('/groups'))
    .items
  const emails = Array.from({ length: size }, (_, n) => `answers${n}@bench.example`)
  const memberIds: AgentId[] = []
  for (const email of emails) {
    const account = { name: email, chatName: 'Ada', email, password: PASSWORD }
    const asked = { ...account, roles: ['agent'], chatLimit: CHATS_EACH }
    memberIds.push((await rest.post<{ id: AgentId }>('/agents', asked)).id)
  }
  await rest.patch(`/groups/${groupId}`, { memberIds, distribution: 'round_robin' })
  return Promise.all(
    emails.map(async (email, n) => {
      const base = nodes[n % nodes.length]?.base ?? ''
      const { cookie } = await signIn(base, email, PASSWORD)
      const agent = await simulatedAgent(base, cookie)
      const own = new Set<ChatId>()
      agent.watch<'chats'>({ topic: 'chats' }, ({ event }) => {
        for (const { id, agentId } of event?.set ?? []) if (agentId === memberIds[n]) own.add(id)
      })
      await agent.ask({ type: 'availability.set', available: true })
      return { agent, cookie, own }
    }),
  )
}

/** Sends at a steady rate, whatever is answered; counts what is acknowledged, and how soon. */
export async function writeAt(
  { visitors }: Writers,
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<{ acknowledged: number; failed: number } & ReturnType<Histogram['summary']>> {
  const took = histogram()
  let sent = 0
  let failed = 0
  let last = 0
  const from = performance.now()
  for (;;) {
    const now = performance.now() - from
    if (now > seconds * 1_000) break
    for (const due = (now / 1_000) * perSecond; sent < due; sent++) {
      const writer = visitors[sent % visitors.length]
      if (!writer) break
      const at = performance.now()
      writer.visitor.write(writer.chatId, `Message ${sent}`).then(
        () => {
          last = performance.now()
          took.add(last - at)
        },
        () => {
          failed += 1
        },
      )
    }
    await pause(TICK_MS)
  }
  for (let patience = 0; took.count + failed < sent && patience < 100; patience++) await pause(50)
  const summary = took.summary()
  return { acknowledged: summary.count / ((last - from) / 1_000), failed, ...summary }
}

/** Durable commits a second of the bare database: one row, one transaction, one fsync at a time. */
export function rawCommitsPerSecond(seconds: number): number {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-raw-'))
  const database = new Database(join(folder, 'raw.db'))
  try {
    database.pragma('journal_mode = WAL')
    // After WAL: the driver lowers it.
    database.pragma('synchronous = FULL')
    database.exec(
      'create table messages (chat text, seq integer, text text, primary key (chat, seq))',
    )
    const insert = database.prepare('insert into messages values (?, ?, ?)')
    const from = performance.now()
    let count = 0
    while (performance.now() - from < seconds * 1_000)
      insert.run('chat', ++count, `Message ${count}`)
    return count / ((performance.now() - from) / 1_000)
  } finally {
    database.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
