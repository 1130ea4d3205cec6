import { setTimeout as pause } from 'node:timers/promises'
import { following, landing } from './pages.ts'
import { inventPersona } from './personas.ts'
import { type Random, random as seeded } from './random.ts'
import { type SimulatedVisitor, simulatedVisitor } from './simulated-visitor.ts'

/** What really happens on the site, for comparison with what the product says. */
export type Walkers = {
  /** Everybody stops where they are and stays connected; or goes on. */
  hold(still: boolean): void
  /** Those on the site now, robots left out, because agents see them apart. */
  present(): SimulatedVisitor[]
  readonly pageViews: number
  readonly troubles: number
  stop(): Promise<void>
}

const STEP_MS = 100

/** People who come, walk through the shop, leave, and make room for others. */
export function walkers(asked: {
  server: string
  site: { key: string; origin: string }
  size: number
  pageSeconds: number
}): Walkers {
  const there = new Set<SimulatedVisitor>()
  let still = false
  let over = false
  let gone = 0
  let troubles = 0

  async function wait(seconds: number): Promise<void> {
    for (let left = seconds * 1_000; !over && (left > 0 || still); left -= still ? 0 : STEP_MS)
      await pause(STEP_MS)
  }

  async function visit(chance: Random): Promise<void> {
    const { key, origin } = asked.site
    const persona = inventPersona(chance, { site: key, origin })
    const visitor = simulatedVisitor({ server: asked.server, persona, random: chance })
    let page = landing(chance, origin)
    try {
      await visitor.arrive(page)
      there.add(visitor)
      for (let pages = chance.between(1, 8); pages > 0 && !over; pages -= 1) {
        await wait(asked.pageSeconds * (0.2 + 1.6 * chance.next()))
        if (over || !visitor.connected) break
        page = following(chance, page, origin)
        visitor.navigate(page)
      }
    } catch {
      troubles += 1
      await wait(2)
    }
    await wait(0)
    there.delete(visitor)
    gone += visitor.ledger.pageViews
    visitor.leave()
  }

  const walking = Array.from({ length: asked.size }, async (_, index) => {
    const chance = seeded(index + 1)
    // They do not all come in the same moment.
    await wait(index / 200)
    while (!over) await visit(chance)
  })

  return {
    hold(now) {
      still = now
    },
    present: () => [...there].filter(({ persona }) => !isRobot(persona.userAgent)),
    get pageViews() {
      let sum = gone
      for (const { ledger } of there) sum += ledger.pageViews
      return sum
    },
    get troubles() {
      return troubles
    },
    async stop() {
      over = true
      await Promise.all(walking)
    },
  }
}

const isRobot = (userAgent = ''): boolean => /bot|crawl|spider|curl|headless/i.test(userAgent)
