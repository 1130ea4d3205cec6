import { createClient } from 'redis'
import { systemClock } from '../time/clock.ts'
import { answeredWithin, within } from '../time/pause.ts'

export type Redis = ReturnType<typeof clientFor>

type LinkLog = {
  warn(fact: object, message: string): void
  info(fact: object, message: string): void
}

/**
 * Longer without any answer, and the link is given up and made anew. As long as Redis answers what
 * was asked before, it is busy, or this process is; then what was lost would have to be read again.
 */
const ANSWER_MS = 2_000
const LATEST_ANSWER_MS = 10_000
const CONNECT_MS = 3_000
const AGAIN_MS = { least: 100, most: 1_000 }
/** Said and not yet taken by Redis; more is not said at all, which the others notice. */
const MOST_UNSENT = 8 * 1_024 * 1_024

/** There is no Redis to ask just now. */
export class NoLink extends Error {}

/**
 * Two connections to Redis, one to say and ask, one to hear, that live and die together. Nothing
 * waits for a link that is down: what could not be said is found out by the others from its number.
 * By real time: networks keep their own, whatever clock the product was given.
 */
export function createLink({
  url,
  channel,
  log,
  random = Math.random,
}: {
  url: string
  channel: string
  log: LinkLog
  random?: () => number
}) {
  const hearers = new Set<(text: string) => void>()
  const turns = new Set<(up: boolean) => void>()
  let life: { redis: Redis; answers: number; end(why: unknown): void } | undefined
  let up = false
  let closed = false
  let unsent = 0
  let dropped = 0
  let lost = 0
  let told = false
  let why: unknown
  let cancelAgain = () => {}

  function turn(now: boolean): void {
    if (up === now) return
    up = now
    for (const listener of [...turns]) listener(now)
  }

  function open(): void {
    const redis = clientFor(url)
    const ears = clientFor(url)
    let over = false
    const own = {
      redis,
      /** How many there were: what is asked is answered in its order. */
      answers: 0,
      end(reason: unknown): void {
        if (over) return
        over = true
        why = reason
        for (const client of [redis, ears]) destroy(client)
        if (life === own) life = undefined
        if (up) lost += 1
        turn(false)
        if (closed) return
        if (!told) log.warn({ err: reason }, 'Redis cannot be reached')
        told = true
        cancelAgain = systemClock.after(
          AGAIN_MS.least + random() * (AGAIN_MS.most - AGAIN_MS.least),
          open,
        )
      },
    }
    life = own
    for (const client of [redis, ears]) {
      client.on('error', own.end)
      client.on('end', () => own.end(new NoLink('the connection ended')))
    }
    const opening = Promise.all([redis.connect(), ears.connect()]).then(() =>
      ears.subscribe(channel, (text) => {
        for (const listener of hearers) listener(text)
      }),
    )
    within(CONNECT_MS, opening, () => {
      throw new NoLink('no answer')
    }).then(() => {
      if (over) return
      if (told) log.info({}, 'Redis is back')
      told = false
      unsent = 0
      turn(true)
    }, own.end)
  }

  return {
    get up() {
      return up
    },
    /** Messages that were not said because Redis did not take them in time, and links lost. */
    get figures() {
      return { dropped, lost }
    },
    open,
    /** Why the last connection ended. */
    get fault(): unknown {
      return why
    },
    /** To every node, this one too. False when it could not be handed over. */
    say(text: string): boolean {
      const own = life
      if (!up || !own || unsent > MOST_UNSENT) {
        dropped += 1
        return false
      }
      unsent += text.length
      own.redis.publish(channel, text).then(
        () => {
          unsent -= text.length
          own.answers += 1
        },
        (error: unknown) => own.end(error),
      )
      return true
    },
    /** What Redis answers; rejects where there is no link, or no answer in time. */
    async ask<T>(work: (redis: Redis) => Promise<T>): Promise<T> {
      const own = life
      if (!own?.redis.isReady) throw new NoLink('no link to Redis')
      const patience = { ms: ANSWER_MS, mostMs: LATEST_ANSWER_MS, signs: () => own.answers }
      const answer = await answeredWithin(patience, work(own.redis), () => {
        const late = new NoLink('no answer')
        own.end(late)
        throw late
      })
      own.answers += 1
      return answer
    },
    /** What is heard comes from nowhere known: it has to be given up. */
    restart(why: string): void {
      life?.end(new NoLink(why))
    },
    onHeard(listener: (text: string) => void): () => void {
      hearers.add(listener)
      return () => void hearers.delete(listener)
    },
    onTurn(listener: (up: boolean) => void): () => void {
      turns.add(listener)
      return () => void turns.delete(listener)
    },
    close(): void {
      closed = true
      cancelAgain()
      life?.end(new NoLink('closed'))
    },
  }
}

function clientFor(url: string) {
  return createClient({
    url,
    name: 'beckon',
    disableOfflineQueue: true,
    // Who waits too long for an answer is told by `ask`: a timer for each word said costs more than
    // saying it, and ends a link that is only busy.
    commandOptions: { timeout: 0 },
    socket: { reconnectStrategy: false, connectTimeout: CONNECT_MS },
  })
}

function destroy(client: Redis): void {
  try {
    client.destroy()
  } catch {
    // It had never been open.
  }
}
