import { newNodeName } from '../ids.ts'
import { type Clock, seconds, systemClock } from '../time/clock.ts'
import { pause } from '../time/pause.ts'
import { type Envelope, isNodeName, MESSAGE_LENGTH, type Said, seal, unseal } from './envelope.ts'
import { createLink, type Redis } from './link.ts'
import { createPeers } from './peers.ts'
import { startFault } from './start-fault.ts'

const BEAT_MS = seconds(2)
const LEASE_MS = seconds(6)
/** What a node has put down outlives it by this, for those who take over from it. */
const KEPT_MS = seconds(60)
/** A beat this late: the process stood still, and others may have taken its place. */
const FROZEN_MS = seconds(5)
const TICK_MS = 500
/** How often a start looks for what no waiting will put right. */
const LOOK_MS = 50

/** What a type of thing said does when it is heard; true when it was well formed. */
type Hearer = (node: string, said: Said) => boolean

export type Nodes = ReturnType<typeof createNodes>
export type Gone = 'left' | 'died'

/**
 * This node among others: says things to all of them in order, hears theirs, knows who is there.
 * Nothing here is the truth; what is missed is read again from where it is written down.
 */
export function createNodes({
  redisUrl,
  installation,
  log,
  timers = systemClock,
}: {
  redisUrl: string
  /** Several installations may share one Redis. */
  installation: string
  log: {
    warn(fact: object, message: string): void
    info(fact: object, message: string): void
    error(fact: object, message: string): void
  }
  timers?: Pick<Clock, 'after' | 'every'>
}) {
  const name = newNodeName()
  const prefix = `beckon:${installation}:`
  const link = createLink({ url: redisUrl, channel: `${prefix}said`, log })
  const peers = createPeers()
  const hearers = new Map<string, Hearer>()
  const listeners = {
    before: new Set<() => void>(),
    read: new Set<(names: readonly string[]) => Promise<void>>(),
    gone: new Set<(node: string, how: Gone) => void>(),
  }
  const refused = new Map<string, number>()
  const counts = { said: 0, heard: 0, gaps: 0, frozen: 0 }
  let kept: () => string[] = () => []
  let n = 0
  let waiting: string[] = []
  let scheduled = false
  let started = false
  /** Everything others have put down has been read since the link came up. */
  let together = false
  const toRead = new Set<string>()
  let asked = false
  let reading: Promise<void> | undefined
  let downSince: number | undefined
  let heardAt = 0
  let beatAt = 0
  let beating = false
  let tickedAt = 0
  let beginnings = 0
  const stops: (() => void)[] = []
  const now = () => performance.now()

  const refuse = (what: string) => void refused.set(what, (refused.get(what) ?? 0) + 1)

  function say(said: Said): void {
    if (!link.up) return
    waiting.push(JSON.stringify(said))
    if (scheduled) return
    scheduled = true
    setImmediate(flush)
  }

  function flush(): void {
    scheduled = false
    for (const listener of listeners.before) listener()
    const texts = waiting
    waiting = []
    let part: string[] = []
    let length = 0
    for (const text of texts) {
      if (length + text.length > MESSAGE_LENGTH && part.length > 0) {
        send(part)
        part = []
        length = 0
      }
      part.push(text)
      length += text.length
    }
    if (part.length > 0) send(part)
  }

  function send(part: readonly string[]): void {
    // A number is used up by what is lost as well: that is how the others see that it is missing.
    n += 1
    counts.said += 1
    link.say(seal(name, n, part))
  }

  function hear(text: string): void {
    heardAt = now()
    const envelope = unseal(text)
    if (!envelope) refuse('envelope')
    else if (envelope.node !== name) heardFrom(envelope)
  }

  function heardFrom(envelope: Envelope): void {
    if (!started) return
    counts.heard += 1
    const how = peers.heard(envelope.node, envelope.n, now())
    if (how === 'gap') {
      counts.gaps += 1
      log.warn({ node: envelope.node }, 'messages of another node are missing: reading again')
    }
    if (how === 'met') log.info({ node: envelope.node }, 'another node is here')
    if (how !== 'next') void readAgain([envelope.node])
    take(envelope)
  }

  function take({ node, said }: Envelope): void {
    for (const one of said) {
      const hearer = hearers.get(one.type)
      if (!hearer) {
        refuse('unknown')
        continue
      }
      try {
        if (!hearer(node, one)) refuse(one.type)
      } catch (error) {
        log.error({ err: error, type: one.type }, 'what another node said could not be followed')
      }
    }
  }

  async function turned(up: boolean): Promise<void> {
    if (!up) {
      together = false
      waiting = []
      downSince = now()
      // Whoever can still hear sees by the next number that something was not said.
      n += 1
      return
    }
    heardAt = now()
    beatAt = now()
    peers.forgive(now())
    await beginAgain()
  }

  /**
   * All that others have put down is read, and what they say from here on follows it. However long
   * that takes, this node is here: it beats before it reads, and all the while.
   */
  async function beginAgain(): Promise<void> {
    const beginning = ++beginnings
    try {
      await beat()
      const names = await link.ask((redis) => redis.sMembers(`${prefix}nodes`))
      const others = names.filter((other) => other !== name && isNodeName(other))
      for (const other of others) if (await isThere(other)) peers.meet(other, now())
      await readAgain(others)
      // The link was lost, or this process stood still meanwhile: whoever began after that goes on.
      if (beginning !== beginnings || !link.up) return
      together = true
      downSince = undefined
    } catch (error) {
      log.warn({ err: error }, 'joining the other nodes failed')
      if (beginning === beginnings) link.restart('joining failed')
    }
  }

  /**
   * One after the other: two readings at once would see different halves. And for no more than half
   * of the time: where much is missed there is much to do, and reading is not to add to it.
   */
  function readAgain(names: readonly string[]): Promise<void> {
    for (const name of names) toRead.add(name)
    asked = true
    reading ??= readAll().finally(() => {
      reading = undefined
    })
    return reading
  }

  async function readAll(): Promise<void> {
    while (asked) {
      asked = false
      const names = [...toRead]
      toRead.clear()
      const from = now()
      try {
        for (const listener of listeners.read) await listener(names)
      } catch (error) {
        log.warn({ err: error }, 'what other nodes put down could not be read')
        link.restart('reading failed')
      }
      if (asked) await pause(now() - from)
    }
  }

  const isThere = async (node: string): Promise<boolean> =>
    (await link.ask((redis) => redis.exists(`${prefix}node:${node}`))) === 1

  /** Says that this node is here, renews its lease, and looks for those who are silent. */
  async function beat(): Promise<void> {
    if (beating) return
    beating = true
    try {
      await beatOnce()
    } finally {
      beating = false
    }
  }

  async function beatOnce(): Promise<void> {
    say({ type: 'beat' })
    await link.ask((redis) => {
      const all = redis
        .multi()
        .set(`${prefix}node:${name}`, '1', { PX: LEASE_MS })
        .sAdd(`${prefix}nodes`, name)
      for (const key of kept()) all.pExpire(key, KEPT_MS)
      return all.exec()
    })
    beatAt = now()
    for (const silent of peers.silent(now())) if (!(await isThere(silent))) await goneFrom(silent)
  }

  async function goneFrom(node: string): Promise<void> {
    await link.ask((redis) => redis.sRem(`${prefix}nodes`, node))
    if (peers.left(node)) lose(node, 'died')
  }

  function lose(node: string, how: Gone): void {
    log.warn({ node, how }, 'another node is gone')
    for (const listener of listeners.gone) listener(node, how)
  }

  function tick(): void {
    const at = now()
    // While nothing runs here, nothing is heard either.
    const stood = tickedAt === 0 ? 0 : Math.max(0, at - tickedAt - TICK_MS)
    tickedAt = at
    heardAt += stood
    if (!link.up) return
    const late = at - beatAt
    if (late > BEAT_MS + FROZEN_MS) {
      counts.frozen += 1
      log.warn({ ms: Math.round(late) }, 'this process stood still: reading again')
      beatAt = at
      together = false
      peers.forgive(at)
      void beginAgain()
    }
    // Not even what this node says itself: its ears are deaf.
    else if (at - heardAt > LEASE_MS) link.restart('nothing is heard')
    else if (late >= BEAT_MS - 100) {
      void beat().catch((error: unknown) => log.warn({ err: error }, 'a beat failed'))
    }
  }

  hearers.set('beat', () => true)
  hearers.set('read', (node) => {
    void readAgain([node])
    return true
  })
  hearers.set('bye', (node) => {
    if (peers.left(node)) lose(node, 'left')
    return true
  })

  return {
    /** Stands in the ids of its connections. */
    name,
    prefix,
    say,
    /** The others read what this node has put down. */
    letRead: () => say({ type: 'read' }),
    /** Something in Redis that none of ours has written. */
    refuse,
    /** Who hears a type of thing said; one each. */
    hear: (type: string, hearer: Hearer) => void hearers.set(type, hearer),
    /** Before anything is said: what belongs in front of it. */
    beforeSaying: (listener: () => void) => void listeners.before.add(listener),
    /** Reads what these nodes have put down: at the start, after a gap, when the link is back. */
    onRead: (reader: (names: readonly string[]) => Promise<void>) =>
      void listeners.read.add(reader),
    onGone: (listener: (node: string, how: Gone) => void) => void listeners.gone.add(listener),
    /** Keys that live as long as this node says so. */
    keep(keys: () => string[]): void {
      kept = keys
    },
    ask: <T>(work: (redis: Redis) => Promise<T>) => link.ask(work),
    get up(): boolean {
      return link.up
    },
    /** What this node knows of the others is current. */
    get together(): boolean {
      return together
    },
    get others(): string[] {
      return peers.names
    },
    isHere: (node: string): boolean => peers.has(node),
    /** Since when the others cannot be heard, by the process's own time. */
    get aloneMs(): number | undefined {
      return downSince === undefined ? undefined : now() - downSince
    },
    get figures() {
      return { ...counts, ...link.figures, refused: Object.fromEntries(refused) }
    },
    /** Resolves when the others have been read, or when Redis does not answer: it is not needed to begin. */
    async start(withinMs: number): Promise<void> {
      started = true
      downSince = now()
      stops.push(link.onHeard(hear), timers.every(TICK_MS, tick))
      const fault = () => (together ? undefined : startFault(link.fault, redisUrl))
      const waits: (() => void)[] = []
      await new Promise<void>((resolve) => {
        waits.push(
          timers.after(withinMs, resolve),
          timers.every(LOOK_MS, () => fault() && resolve()),
        )
        stops.push(
          link.onTurn((up) => {
            void turned(up).then(() => up && resolve())
          }),
        )
        link.open()
      })
      for (const cancel of waits) cancel()
      const sentence = fault()
      if (sentence) throw new Error(sentence)
    },
    /** Says goodbye, so that nobody has to wait for silence. */
    async stop(): Promise<void> {
      for (const stop of stops.splice(0)) stop()
      if (link.up) {
        await link
          .ask((redis) =>
            redis.multi().del(`${prefix}node:${name}`).sRem(`${prefix}nodes`, name).exec(),
          )
          .catch(() => {})
        say({ type: 'bye' })
        flush()
        await link.ask((redis) => redis.ping()).catch(() => {})
      }
      link.close()
    },
  }
}
