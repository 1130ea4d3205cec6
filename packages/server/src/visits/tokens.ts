import { createHash } from 'node:crypto'
import type { Store } from '../store/store.ts'
import { type KnownVisitor, visitorsByToken } from '../store/visit-rows.ts'
import type { Clock } from '../time/clock.ts'

const TOGETHER = 500
const SPACING_MS = 20

/** Tokens are stored hashed only. */
export const hashOfToken = (token: string): string =>
  createHash('sha256').update(token).digest('hex')

/** As the script makes one: eight random numbers of 32 bits. */
const MADE_BY_A_PAGE = /^\d{1,10}(-\d{1,10}){7}$/

/**
 * Whether a token that a page made may name a visitor. Chance cannot be seen, but a generator that
 * is broken, or a page that is careless, shows: numbers too large, alike, or too small to be random.
 */
export function isGoodToken(token: string): boolean {
  if (!MADE_BY_A_PAGE.test(token)) return false
  const parts = token.split('-').map(Number)
  return (
    new Set(parts).size === parts.length &&
    parts.every((part) => part < 2 ** 32) &&
    parts.filter((part) => part >= 2 ** 24).length >= 6
  )
}

type Waiting = { resolve(visitor: KnownVisitor | undefined): void; reject(error: unknown): void }

/**
 * Finds visitors by token. The first question after quiet goes at once; in a storm of reconnecting
 * browsers they travel together, up to 500 every 20 ms, so the database sees few of them.
 */
export function createTokenLookup({ store, clock }: { store: Store; clock: Clock }) {
  let gathered = new Map<string, Waiting[]>()
  let lastAt = Number.NEGATIVE_INFINITY
  let scheduled = false

  async function ask(): Promise<void> {
    scheduled = false
    lastAt = clock.now()
    const asked = gathered
    gathered = new Map()
    try {
      const found = await store.read((db) => visitorsByToken(db, [...asked.keys()]))
      const byHash = new Map(found.map((visitor) => [visitor.token_hash, visitor]))
      for (const [hash, waiting] of asked) for (const one of waiting) one.resolve(byHash.get(hash))
    } catch (error) {
      for (const waiting of asked.values()) for (const one of waiting) one.reject(error)
    }
  }

  return (hash: string): Promise<KnownVisitor | undefined> =>
    new Promise((resolve, reject) => {
      const waiting = gathered.get(hash)
      if (waiting) waiting.push({ resolve, reject })
      else gathered.set(hash, [{ resolve, reject }])
      if (gathered.size >= TOGETHER) return void ask()
      if (scheduled) return
      const wait = lastAt + SPACING_MS - clock.now()
      if (wait <= 0) return void ask()
      scheduled = true
      clock.after(wait, () => void ask())
    })
}
