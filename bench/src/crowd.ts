import { setMaxListeners } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { following, landing, type PageNow } from './pages.ts'
import { inventPersona } from './personas.ts'
import { type Random, random as seeded } from './random.ts'
import { type Persona, type SimulatedVisitor, simulatedVisitor } from './simulated-visitor.ts'

/** Somebody who was here: who they are, and what their browser keeps. */
export type KnownPerson = { persona: Persona; token: string }

export type CrowdOptions = {
  /** `ws://host:port` */
  server: string
  /** Sites to walk through; a site listed twice gets twice the visitors. */
  sites: readonly { key: string; origin: string }[]
  /** How many are there at a time. */
  size: number
  /** Mean seconds a visitor looks at one page. */
  pageSeconds: number
  seed?: number
  /** New visitors a second while the crowd gathers. */
  gatherPerSecond?: number
  /** People who were here before; those who leave join them, and some of them come back. */
  known?: KnownPerson[]
  /** Share of people who answer an invitation; the others decline or ignore it. */
  answers?: number
  signal: AbortSignal
  onTrouble?: (error: unknown) => void
}

const REPLIES = [
  'Yes, please! Is the 54 too big for me at 172 cm?',
  'Hi, thanks. Do you deliver to Norway?',
  'Actually yes: my order has not arrived and I am getting angry. It has been two weeks!!',
  'מתי תגיע ההזמנה שלי?',
  'Great timing 🙂 which one is lighter?',
]

/**
 * Keeps `size` believable visitors walking through the sites until the signal: they land, read,
 * go on, open an invitation, sometimes answer, leave, and somebody else comes.
 */
export async function crowd(options: CrowdOptions): Promise<void> {
  const { size, signal } = options
  // Everyone in the crowd waits on the one signal.
  setMaxListeners(0, signal)
  const chance = seeded(options.seed ?? 1)
  const walks: Promise<void>[] = []
  for (let count = 0; count < size && !signal.aborted; count += 1) {
    walks.push(walkForever(options, seeded(chance.between(1, 2_000_000_000))))
    await pause(1_000 / (options.gatherPerSecond ?? 40), undefined, { signal }).catch(() => {})
  }
  await Promise.all(walks)
}

async function walkForever(options: CrowdOptions, random: Random): Promise<void> {
  while (!options.signal.aborted) {
    try {
      await walk(options, random)
    } catch (error) {
      options.onTrouble?.(error)
      await wait(options, 2_000 + random.next() * 8_000)
    }
  }
}

/** One visit: 2–14 pages, then gone. */
async function walk(options: CrowdOptions, random: Random): Promise<void> {
  const site = random.pick(options.sites)
  const where = { site: site.key, origin: site.origin }
  const back = random.chance(0.35) ? options.known?.shift() : undefined
  const persona = back ? { ...back.persona, ...where } : inventPersona(random, where)
  const visitor = simulatedVisitor({
    server: options.server,
    persona,
    ...(back ? { token: back.token } : {}),
    random,
    onFrame: (frame, self) => {
      if (frame.type === 'invitation') void meet(options, random, self, frame.invitation.id)
    },
  })
  let page: PageNow = landing(random, site.origin)
  await visitor.arrive(page)
  for (let left = random.between(1, 13); left > 0 && !options.signal.aborted; left -= 1) {
    // Reading times are long-tailed: most pages are skimmed, some are studied.
    await wait(options, options.pageSeconds * 1_000 * -Math.log(1 - random.next() * 0.98))
    if (!visitor.connected) break
    page = following(random, page, site.origin)
    visitor.navigate(page)
  }
  visitor.leave()
  if (visitor.token) options.known?.push({ persona, token: visitor.token })
}

async function meet(
  options: CrowdOptions,
  random: Random,
  visitor: SimulatedVisitor,
  invitationId: Parameters<SimulatedVisitor['reply']>[0],
): Promise<void> {
  try {
    visitor.send({ type: 'invitation.delivered', invitationId })
    await wait(options, 400)
    visitor.send({ type: 'invitation.viewed', invitationId })
    await wait(options, 4_000 + random.next() * 20_000)
    if (random.chance(options.answers ?? 0.5)) {
      visitor.send({ type: 'invitation.typing', invitationId })
      await wait(options, 3_000)
      await visitor.reply(invitationId, random.pick(REPLIES))
    } else if (random.chance(0.5)) {
      visitor.send({ type: 'invitation.decline', id: random.id(), invitationId })
    }
  } catch (error) {
    options.onTrouble?.(error)
  }
}

const wait = (options: CrowdOptions, ms: number) =>
  pause(ms, undefined, { signal: options.signal }).catch(() => {})
