import type { SiteId } from '@beckon/protocol'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { Redis } from '../nodes/link.ts'
import type { Nodes } from '../nodes/nodes.ts'

/** What a node has put down, read in parts of so many. */
const SCANNED = 200

/** Stands beside what a node has put down of a site once all of it is there. */
const WHOLE = 'whole'

/** A field as something said; undefined for what no node of ours has put down. */
export function readSaid(text: string): { type: string; id?: string } | undefined {
  try {
    const said: unknown = JSON.parse(text)
    return isSaid.Check(said) ? said : undefined
  } catch {
    return undefined
  }
}

const isSaid = Compile(
  Type.Object({ type: Type.String(), id: Type.Optional(Type.String({ maxLength: 64 })) }),
)

/**
 * What this node tells of visits, kept in Redis for nodes that come later: a hash for each site,
 * which lives as long as the node says so.
 */
export function createPutDown({
  nodes,
  siteIds,
}: {
  nodes: Pick<Nodes, 'name' | 'prefix' | 'ask' | 'keep'>
  siteIds: () => SiteId[]
}) {
  let puts = new Map<string, Map<string, string | null>>()
  let writing: Promise<void> | undefined
  let next: Promise<void> | undefined
  let incomplete = false

  const keyOf = (node: string, siteId: SiteId) => `${nodes.prefix}visits:${node}:${siteId}`
  const ownKeys = () => siteIds().map((siteId) => keyOf(nodes.name, siteId))
  nodes.keep(ownKeys)

  /**
   * One at a time: a slow Redis gathers more in one, instead of many of them. Resolves when what
   * was put by now has been written or has failed.
   */
  function write(): Promise<void> {
    if (!writing) {
      writing = writeAll().then(() => {
        writing = undefined
      })
      return writing
    }
    next ??= writing.then(() => {
      next = undefined
      return write()
    })
    return next
  }

  async function writeAll(): Promise<void> {
    if (puts.size === 0) return
    const now = puts
    puts = new Map()
    await taken((redis) => {
      const all = redis.multi()
      for (const [key, fields] of now) {
        const set = [...fields].filter((one): one is [string, string] => one[1] !== null)
        const drop = [...fields].flatMap(([field, value]) => (value === null ? field : []))
        if (set.length > 0) all.hSet(key, Object.fromEntries(set))
        if (drop.length > 0) all.hDel(key, drop)
      }
      return all.execAsPipeline()
    })
  }

  /** Whether Redis took it. No link, or no room: all of it is put down again when there is. */
  async function taken(work: (redis: Redis) => Promise<unknown>): Promise<boolean> {
    try {
      await nodes.ask(work)
      return true
    } catch {
      incomplete = true
      return false
    }
  }

  return {
    /** With the next `write`; null takes it away. */
    put(siteId: SiteId, field: string, value: string | null): void {
      const key = keyOf(nodes.name, siteId)
      const fields = puts.get(key) ?? new Map<string, string | null>()
      puts.set(key, fields.set(field, value))
    },
    write,
    /** Whether something could not be put down since this was asked last. */
    failed(): boolean {
      const before = incomplete
      incomplete = false
      return before
    },
    /** Takes away whatever of this node is not to be there. */
    async sweep(isOurs: (field: string) => boolean): Promise<void> {
      for (const key of ownKeys()) {
        const fields = await nodes.ask((redis) => redis.hKeys(key))
        const over = fields.filter((field) => field !== WHOLE && !isOurs(field))
        if (over.length > 0) await nodes.ask((redis) => redis.hDel(key, over))
      }
    },
    /** From here on, what is not there of this node is not in its list. False: Redis did not take that. */
    async complete(): Promise<boolean> {
      const keys = ownKeys()
      if (keys.length === 0) return true
      return taken((redis) => {
        const all = redis.multi()
        for (const key of keys) all.hSet(key, WHOLE, '1')
        return all.execAsPipeline()
      })
    },
    /** What a node has put down, field by field; answers of which sites that is all of it. */
    async read(
      node: string,
      heard: (field: string, value: string) => void,
    ): Promise<ReadonlySet<SiteId>> {
      const whole = new Set<SiteId>()
      for (const siteId of siteIds()) {
        let cursor = '0'
        do {
          const part = await nodes.ask((redis) =>
            redis.hScan(keyOf(node, siteId), cursor, { COUNT: SCANNED }),
          )
          cursor = part.cursor
          for (const { field, value } of part.entries) {
            if (field === WHOLE) whole.add(siteId)
            else heard(field, value)
          }
        } while (cursor !== '0')
      }
      return whole
    },
  }
}
