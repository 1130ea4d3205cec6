import type { InvitationId } from '@beckon/protocol'
import { following, landing, type PageNow } from './pages.ts'
import { kindOf, type People, READERS } from './people.ts'
import { inventPersona } from './personas.ts'
import { type Random, random as seeded } from './random.ts'
import { type Persona, type SimulatedVisitor, simulatedVisitor } from './simulated-visitor.ts'
import { waitOn } from './waiting.ts'

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
  /** Who comes, by weight; all of them read on where nothing is said. */
  people?: People
  /** The loopback address from which the n-th place in the crowd connects. */
  addressOf?: (place: number) => string
  /** People who were here before; those who leave join them, and some of them come back. */
  known?: KnownPerson[]
  /** Share of people who answer an invitation; the others decline or ignore it. */
  answers?: number
  signal: AbortSignal
  onCome?: (visitor: SimulatedVisitor) => void
  onLeave?: (visitor: SimulatedVisitor) => void
  /** How long the server took to welcome somebody, or to store what they wrote. */
  onTook?: (what: 'welcome' | 'message', ms: number) => void
  onTrouble?: (error: unknown) => void
}

const REPLIES = [
  'Yes, please! Is the 54 too big for me at 172 cm?',
  'Hi, thanks. Do you deliver to Norway?',
  'Actually yes: my order has not arrived and I am getting angry. It has been two weeks!!',
  'מתי תגיע ההזמנה שלי?',
  'Great timing 🙂 which one is lighter?',
]
const SENTENCES = [
  'Is this in stock in your shop in Bergen?',
  'The basket says the voucher is not valid, but it is from today’s newsletter.',
  'ok',
  'And how long would that take?',
  'Ich habe zwei bestellt und nur eines bekommen.',
  'Thank you!',
]

/**
 * Keeps `size` believable visitors walking through the sites until the signal: they land, read,
 * go on, open an invitation, sometimes answer, leave, and somebody else comes.
 */
export async function crowd(options: CrowdOptions): Promise<void> {
  const { size, signal } = options
  const chance = seeded(options.seed ?? 1)
  const walks: Promise<void>[] = []
  const perSecond = options.gatherPerSecond ?? 40
  const from = performance.now()
  for (let count = 0; count < size && !signal.aborted; count += 1) {
    walks.push(walkForever(options, { place: count, random: seeded(chance.between(1, 2e9)) }))
    // By the clock, not by the sum of waits: those end late when there is much to do.
    const ahead = ((count + 1) / perSecond) * 1_000 - (performance.now() - from)
    if (ahead > 1) await waitOn(signal, ahead)
  }
  await Promise.all(walks)
}

type Walker = { place: number; random: Random }

async function walkForever(options: CrowdOptions, walker: Walker): Promise<void> {
  while (!options.signal.aborted) {
    try {
      await walk(options, walker)
    } catch (error) {
      options.onTrouble?.(error)
      await wait(options, 2_000 + walker.random.next() * 8_000)
    }
  }
}

/** One visit: a page, or up to fourteen, perhaps with a chat; then gone. */
async function walk(options: CrowdOptions, { place, random }: Walker): Promise<void> {
  const site = random.pick(options.sites)
  const where = { site: site.key, origin: site.origin }
  const back = random.chance(0.35) ? options.known?.shift() : undefined
  const persona = back ? { ...back.persona, ...where } : inventPersona(random, where)
  const kind = options.people ? kindOf(options.people, random) : kindOf(READERS, random)
  const localAddress = options.addressOf?.(place)
  const visitor = simulatedVisitor({
    server: options.server,
    persona,
    ...(back ? { token: back.token } : {}),
    ...(localAddress ? { localAddress } : {}),
    random,
    onFrame: (frame, self) => {
      if (frame.type === 'invitation') void meet(options, random, self, frame.invitation.id)
    },
  })
  let page: PageNow = landing(random, site.origin)
  await took(options, 'welcome', () => visitor.arrive(page))
  options.onCome?.(visitor)
  const asking = kind === 'asker' ? ask(options, random, visitor) : undefined
  let left = kind === 'bouncer' ? 0 : random.between(1, 13)
  for (; !options.signal.aborted; left -= 1) {
    // Reading times are long-tailed: most pages are skimmed, some are studied.
    await wait(options, options.pageSeconds * 1_000 * -Math.log(1 - random.next() * 0.98))
    if (!visitor.connected || left === 0) break
    page = following(random, page, site.origin)
    visitor.navigate(page)
  }
  if (!options.signal.aborted && visitor.connected) await asking
  const lost = !visitor.connected && !options.signal.aborted
  visitor.leave()
  options.onLeave?.(visitor)
  if (lost) throw new Error('the connection was lost')
  if (visitor.token) options.known?.push({ persona, token: visitor.token })
}

async function meet(
  options: CrowdOptions,
  random: Random,
  visitor: SimulatedVisitor,
  invitationId: InvitationId,
): Promise<void> {
  try {
    visitor.send({ type: 'invitation.delivered', invitationId })
    await wait(options, 400)
    visitor.send({ type: 'invitation.viewed', invitationId })
    await wait(options, 4_000 + random.next() * 20_000)
    if (random.chance(options.answers ?? 0.5)) {
      visitor.send({ type: 'invitation.typing', invitationId })
      await wait(options, 3_000)
      await took(options, 'message', () => visitor.reply(invitationId, random.pick(REPLIES)))
    } else if (random.chance(0.5)) {
      visitor.send({ type: 'invitation.decline', id: random.id(), invitationId })
    }
  } catch (error) {
    options.onTrouble?.(error)
  }
}

/** Somebody with a question: starts a chat, says a few things, and mostly ends it. */
async function ask(options: CrowdOptions, random: Random, visitor: SimulatedVisitor) {
  try {
    await wait(options, 2_000 + random.next() * 10_000)
    if (!visitor.connected || options.signal.aborted) return
    const said = () => random.pick(SENTENCES)
    const { chatId } = await took(options, 'message', () => visitor.startChat(said()))
    for (let left = random.between(1, 6); chatId && left > 0; left -= 1) {
      await wait(options, 3_000 + random.next() * 12_000)
      if (visitor.chatId !== chatId || options.signal.aborted) return
      await took(options, 'message', () => visitor.write(chatId, said()))
    }
    if (chatId && visitor.chatId === chatId && random.chance(0.7))
      visitor.send({ type: 'chat.end', id: random.id(), chatId })
  } catch (error) {
    options.onTrouble?.(error)
  }
}

async function took<T>(
  { onTook }: CrowdOptions,
  what: 'welcome' | 'message',
  work: () => Promise<T>,
): Promise<T> {
  const from = performance.now()
  const result = await work()
  onTook?.(what, performance.now() - from)
  return result
}

const wait = ({ signal }: CrowdOptions, ms: number) => waitOn(signal, ms)
