import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** What one process is to send: from so many pages, so many page views a second together. */
export type FloodAsked = {
  /** `ws://host:port` */
  server: string
  site: { key: string; origin: string }
  /** Number of its first page; each has an address of its own. */
  first: number
  connections: number
  perSecond: number
}

export type PageFlood = {
  begin(): void
  /** Page views sent since the beginning. */
  readonly sent: number
  stop(): Promise<void>
}

/** Pages that go on and on, in processes of their own; resolves when all of them are there. */
export async function gatherFlood(
  asked: Omit<FloodAsked, 'first'> & { processes: number },
): Promise<PageFlood> {
  const { processes, ...rest } = asked
  const sent = new Map<ChildProcess, number>()
  const children = Array.from({ length: processes }, (_, n) => {
    const child = fork(fileURLToPath(new URL('./page-flood-part.ts', import.meta.url)), {
      execArgv: ['--import', 'tsx'],
    })
    const connections = Math.ceil(rest.connections / processes)
    const share: FloodAsked = {
      ...rest,
      connections,
      first: n * connections,
      perSecond: rest.perSecond / processes,
    }
    child.send(share)
    return child
  })
  await Promise.all(children.map((child) => once(child, 'message')))
  for (const child of children) child.on('message', (count: number) => sent.set(child, count))
  return {
    begin() {
      for (const child of children) child.send('begin')
    },
    get sent() {
      return [...sent.values()].reduce((sum, count) => sum + count, 0)
    },
    async stop() {
      const ends = children.map((child) => once(child, 'exit'))
      for (const child of children) child.kill('SIGKILL')
      await Promise.all(ends)
    },
  }
}
