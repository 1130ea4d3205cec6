/** A node that is not heard for this long is looked for. */
const SILENT_MS = 6_000

type Peer = { n: number; heardAt: number }

/**
 * The other nodes that are there, by what they say: each numbers its messages, so that one that is
 * missing shows. Pure but for what it remembers; the moment is an argument.
 */
export function createPeers() {
  const peers = new Map<string, Peer>()
  return {
    get names(): string[] {
      return [...peers.keys()]
    },
    has: (node: string): boolean => peers.has(node),
    /** `next` where nothing is missing before it. */
    heard(node: string, n: number, now: number): 'next' | 'met' | 'gap' {
      const peer = peers.get(node)
      if (!peer) {
        peers.set(node, { n, heardAt: now })
        return 'met'
      }
      const missing = n !== peer.n + 1 && peer.n !== 0
      peer.n = n
      peer.heardAt = now
      return missing ? 'gap' : 'next'
    },
    /** Somebody is there who has not been heard yet. */
    meet(node: string, now: number): void {
      if (!peers.has(node)) peers.set(node, { n: 0, heardAt: now })
    },
    silent: (now: number): string[] =>
      [...peers].filter(([, { heardAt }]) => now - heardAt >= SILENT_MS).map(([name]) => name),
    /** Time in which nobody could be heard does not count. */
    forgive(now: number): void {
      for (const peer of peers.values()) peer.heardAt = now
    },
    left: (node: string): boolean => peers.delete(node),
  }
}
