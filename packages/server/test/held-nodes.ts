import type { Nodes } from '../src/nodes/nodes.ts'

type Said = { type: string }

/** What one says makes another one say something a few times at most. */
const MOST_ROUNDS = 20

/**
 * Nodes that hear each other when they are told to: Redis carries the words of all nodes one after
 * the other, in one order for all, so a race is in what was said before it was heard.
 */
export function holdNodes(names: readonly string[]) {
  const first = new Map<string, string>()
  const waiting: { node: string; said: Said }[] = []
  const hearers = new Map<string, Map<string, (node: string, said: Said) => boolean>>()
  const before = new Map<string, () => void>()
  let agreeing: Promise<void> | undefined
  /** As much of Redis as is asked for without reading what nodes have put down. */
  const pipeline = { hSet() {}, hDel() {}, execAsPipeline: async () => [] }
  const redis = {
    multi: () => pipeline,
    async set(key: string, value: string) {
      await agreeing
      const held = first.get(key)
      if (held === undefined) first.set(key, value)
      return held ?? null
    },
  }

  const node = (name: string): Nodes => {
    const own = new Map<string, (node: string, said: Said) => boolean>()
    hearers.set(name, own)
    const made = {
      name,
      prefix: '',
      up: true,
      together: true,
      others: names.filter((other) => other !== name),
      aloneMs: undefined,
      isHere: () => true,
      ask: (work: (client: typeof redis) => unknown) => work(redis),
      say: (said: Said) => void waiting.push({ node: name, said: structuredClone(said) }),
      hear: (type: string, hearer: (node: string, said: Said) => boolean) => own.set(type, hearer),
      beforeSaying: (listener: () => void) => void before.set(name, listener),
      onRead() {},
      onGone() {},
      keep() {},
      letRead() {},
      refuse(what: string) {
        throw new Error(`refused: ${what}`)
      },
    }
    return made as unknown as Nodes
  }

  /** This node says what it has to say: it stands in line, unheard. */
  const say = (name: string): void => before.get(name)?.()

  function deliver(): void {
    const next = waiting.shift()
    if (!next) return
    for (const [name, own] of hearers) {
      if (name !== next.node) own.get(next.said.type)?.(next.node, structuredClone(next.said))
    }
  }

  /** Everybody hears what was said so far, and what that makes them say. */
  function hear(): void {
    for (let round = 0; ; round++) {
      if (round > MOST_ROUNDS) throw new Error('They never stop telling each other.')
      for (const name of names) say(name)
      if (waiting.length === 0) return
      for (let many = waiting.length; many > 0; many--) deliver()
    }
  }

  return {
    nodes: names.map(node),
    say,
    deliver,
    hear,
    /** Until this is called, nobody agrees on anything. */
    holdAgreeing(): () => void {
      let release = () => {}
      agreeing = new Promise((resolve) => {
        release = resolve
      })
      return () => release()
    },
  }
}
