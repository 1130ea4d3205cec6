import { setTimeout as pause } from 'node:timers/promises'
import type { AgentId, GroupId } from '@beckon/protocol'
import { type Histogram, histogram } from '../histogram.ts'
import { pageViewToRow } from '../measures/latency.ts'
import { random } from '../random.ts'
import { type Rest, type SimulatedAgent, signIn, simulatedAgent } from '../simulated-agent.ts'
import type { Asked } from './asked.ts'
import { workAtDesk } from './desk.ts'
import { startParts } from './parts.ts'

export type Place = {
  /** `http://host:port`, one for each node. */
  bases: readonly string[]
  site: string
  origin: string
  /** Who looks, answers and invites; nobody without it. */
  agents: readonly { email: string; password: string }[]
  /** From many loopback addresses. */
  spread: boolean
}

export type Flooded = {
  peak: number
  views: number
  seconds: number
  /** Cores that sending took. */
  loadCores: number
  processes: number
  took: Record<string, ReturnType<Histogram['summary']>>
  /** Slowest pace of any agent's frames, in milliseconds. */
  interval: number
  troubles: Record<string, number>
}

/** How long the crowd may take to come beyond what was asked for. */
const PATIENCE = 2
const FAREWELL_MS = 10_000

/** Lets everybody come, stay and go; `look` is told how it stands every few seconds. */
export async function flood(
  asked: Asked,
  place: Place,
  {
    look,
    signal,
  }: { look(now: { second: number; here: number; views: number }): void; signal: AbortSignal },
): Promise<Flooded> {
  const ws = place.bases.map((base) =>
    // Of the two loopback families only IPv4 has many addresses to come from.
    base
      .replace(/^http/, 'ws')
      .replace('//localhost', place.spread ? '//127.0.0.1' : '//localhost'),
  )
  const troubles = new Map<string, number>()
  const onTrouble = (error: unknown) => {
    const [name = ''] = String((error as Error).message).split(': ')
    troubles.set(name, (troubles.get(name) ?? 0) + 1)
  }
  const took = { answer: histogram(), invitation: histogram() }
  let interval = 0
  const over = new AbortController()
  const { desks, eyes } = await sitDown(place, asked.agents)
  const working = desks.map((agent, index) =>
    workAtDesk({
      agent,
      index,
      random: random(asked.seed * 1_000 + index),
      invitationsPerMinute: asked.invitations / desks.length,
      took,
      onFrame: (pace) => {
        interval = Math.max(interval, pace)
      },
      onTrouble,
      signal: over.signal,
    }),
  )
  const parts = startParts({
    servers: ws,
    visitors: asked.visitors,
    rampSeconds: asked.ramp,
    seed: asked.seed,
    spread: place.spread,
    rest: {
      sites: [{ key: place.site, origin: place.origin }],
      pageSeconds: asked['page-seconds'],
      people: asked.people,
    },
  })

  const started = performance.now()
  const seconds = () => (performance.now() - started) / 1_000
  let peak = 0
  let said = 0
  /** Until it is so, or too late, or somebody had enough; says how it stands meanwhile. */
  async function until(done: () => boolean, latest: number): Promise<void> {
    while (!done() && seconds() < latest && !signal.aborted) {
      await pause(500)
      peak = Math.max(peak, parts.here)
      if (seconds() < said + 5) continue
      said = seconds()
      look({ second: Math.round(said), here: parts.here, views: parts.views })
    }
  }
  // Some are always between two visits.
  await until(() => parts.here >= asked.visitors * 0.98, asked.ramp * PATIENCE + 10)
  const from = { at: seconds(), views: parts.views, cpuMs: parts.cpuMs }
  interval = 0
  const [eye] = eyes
  const rows = eye
    ? pageViewToRow(
        eye,
        { base: place.bases[0] ?? '', siteKey: place.site, origin: place.origin },
        { samples: Number.POSITIVE_INFINITY, signal: over.signal },
      )
    : undefined
  await until(() => false, from.at + asked.seconds)
  const to = { at: seconds(), views: parts.views, cpuMs: parts.cpuMs }
  over.abort()
  const toRow = await rows
  // An answer that does not come keeps nobody here.
  await Promise.race([Promise.all(working), pause(FAREWELL_MS)])
  for (const agent of eyes) agent.close()
  await parts.stop()

  for (const [name, times] of parts.troubles) troubles.set(name, (troubles.get(name) ?? 0) + times)
  const stayed = Math.max(1, to.at - from.at)
  return {
    peak,
    views: to.views - from.views,
    seconds: stayed,
    loadCores: (to.cpuMs - from.cpuMs) / 1_000 / stayed,
    processes: parts.count,
    took: {
      'arrives → welcome': parts.took.welcome.summary(),
      ...(toRow && { 'page view → row': toRow }),
      'visitor writes → stored': parts.took.message.summary(),
      'agent writes → stored': took.answer.summary(),
      'invitation → delivered': took.invitation.summary(),
    },
    interval,
    troubles: Object.fromEntries(troubles),
  }
}

/** Desks are shared out over accounts and servers; one more only watches how soon rows come. */
async function sitDown(place: Place, count: number) {
  const desks: SimulatedAgent[] = []
  const eyes: SimulatedAgent[] = []
  const { agents, bases } = place
  const cookies: string[] = []
  for (const { email, password } of agents.slice(0, Math.max(1, count)))
    cookies.push((await signIn(bases[0] ?? '', email, password)).cookie)
  const sit = (index: number) =>
    simulatedAgent(bases[index % bases.length] ?? '', cookies[index % cookies.length] ?? '')
  if (cookies.length === 0 || count === 0) return { desks, eyes }
  for (let index = 0; index < count; index++) desks.push(await sit(index))
  eyes.push(await sit(0))
  return { desks, eyes }
}

const PASSWORD = 'a simulated agent at a desk'
const CHATS_EACH = 50

/** A team on a server of this run, all in the first group. */
export async function hireTeam(
  rest: Rest,
  count: number,
): Promise<{ email: string; password: string }[]> {
  const team: { email: string; password: string }[] = []
  const memberIds: AgentId[] = []
  for (let n = 0; n < count; n++) {
    const email = `desk${n}@flood.example`
    const { id } = await rest.post<{ id: AgentId }>('/agents', {
      name: `Desk ${n}`,
      chatName: `Desk ${n}`,
      email,
      password: PASSWORD,
      roles: ['agent'],
      chatLimit: CHATS_EACH,
    })
    memberIds.push(id)
    team.push({ email, password: PASSWORD })
  }
  const { items } = await rest.get<{ items: { id: GroupId }[] }>('/groups')
  if (items[0] && count > 0) await rest.patch(`/groups/${items[0].id}`, { memberIds })
  return team
}
