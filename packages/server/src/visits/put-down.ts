import type { SiteId } from '@beckon/protocol'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { Nodes } from '../nodes/nodes.ts'

/** What a node has put down, read in parts of so many. */
const SCANNED = 500

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
  let writing: Promise<unknown> | undefined
  let incomplete = false

  const keyOf = (node: string, siteId: SiteId) => `${nodes.prefix}visits:${node}:${siteId}`
  const ownKeys = () => siteIds().map((siteId) => keyOf(nodes.name, siteId))
  nodes.keep(ownKeys)

  /** One at a time: a slow Redis gathers more in one, instead of many of them. */
  function write(): void {
    if (writing || puts.size === 0) return
    const now = puts
    puts = new Map()
    writing = nodes
      .ask((redis) => {
        const all = redis.multi()
        for (const [key, fields] of now) {
          const set = [...fields].filter((one): one is [string, string] => one[1] !== null)
          const drop = [...fields].flatMap(([field, value]) => (value === null ? field : []))
          if (set.length > 0) all.hSet(key, Object.fromEntries(set))
          if (drop.length > 0) all.hDel(key, drop)
        }
        return all.execAsPipeline()
      })
      // No link, or no room in Redis: all of it is put down again when there is.
      .catch(() => {
        incomplete = true
      })
      .finally(() => {
        writing = undefined
        write()
      })
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
    /** Nothing of this node is there any more. */
    async clear(): Promise<void> {
      const keys = ownKeys()
      if (keys.length > 0) await nodes.ask((redis) => redis.del(keys))
      puts = new Map()
      incomplete = false
    },
    /** All that a node has put down, field by field. */
    async read(node: string, heard: (field: string, value: string) => void): Promise<void> {
      for (const siteId of siteIds()) {
        let cursor = '0'
        do {
          const part = await nodes.ask((redis) =>
            redis.hScan(keyOf(node, siteId), cursor, { COUNT: SCANNED }),
          )
          cursor = part.cursor
          for (const { field, value } of part.entries) heard(field, value)
        } while (cursor !== '0')
      }
    },
  }
}
