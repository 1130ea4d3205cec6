import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { SiteView } from '@beckon/protocol'
import { OWNER, type Product, startProduct } from './product.ts'
import { untilStopped } from './running.ts'
import { type Rest, signIn } from './simulated-agent.ts'

export type Servers = {
  /** One for each node. */
  readonly nodes: readonly Product[]
  readonly rest: Rest
  readonly site: SiteView
  stop(): Promise<void>
}

/** A Beckon of this run: one process, or several that share a database and a Redis of this run. */
export async function startServers(
  origin: string,
  { nodes: count = 1, inspected = false, settings = {} as Record<string, string> } = {},
): Promise<Servers> {
  const shared = count > 1 ? await startShared() : undefined
  const nodes: Product[] = []
  const stop = untilStopped(async () => {
    await Promise.all(nodes.map((node) => node.stop()))
    await shared?.stop()
  })
  try {
    // The first one prepares the database for the others.
    for (let node = 0; node < count; node++)
      nodes.push(
        await startProduct(origin, { inspected, settings: { ...settings, ...shared?.settings } }),
      )
    const rest = await signIn(nodes[0]?.base ?? '', OWNER.email, OWNER.password)
    const { items } = await rest.get<{ items: SiteView[] }>('/sites')
    const site = items.find(({ kind }) => kind === 'website')
    if (!site) throw new Error('the first run made no site')
    return { nodes, rest, site, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** PostgreSQL and Redis as the server's tests start them; they end with this process. */
async function startShared() {
  const file = fileURLToPath(new URL('../../packages/server/test/scale/shared.ts', import.meta.url))
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })
  const [line] = (await Promise.race([once(lines, 'line'), once(child, 'exit')])) as [unknown]
  if (typeof line !== 'string')
    throw new Error('several nodes need PostgreSQL and Redis, and one of them did not start')
  return {
    settings: JSON.parse(line) as Record<string, string>,
    async stop(): Promise<void> {
      const exit = once(child, 'exit')
      child.stdin?.end()
      if (child.exitCode === null) await exit
    },
  }
}
