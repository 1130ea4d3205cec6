import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { CrowdOptions } from '../crowd.ts'
import { type Histogram, histogram } from '../histogram.ts'
import { untilStopped } from '../running.ts'

/** What one process is to do; `spread`: from many loopback addresses. */
export type PartAsked = Pick<
  CrowdOptions,
  'server' | 'sites' | 'size' | 'pageSeconds' | 'seed' | 'gatherPerSecond' | 'people'
> & { firstPlace: number; spread: boolean }

/** What one process says every second: what is, what there has been in all, and what is new. */
export type PartSaid = {
  here: number
  views: number
  cpuMs: number
  took: { welcome: number[]; message: number[] }
  troubles: Record<string, number>
}

/** A process may open 20,000 descriptors on many machines, and one core moves about so many. */
const MOST_IN_ONE = 12_000
const FAREWELL_MS = 10_000

/** As many for each server, which may open no more descriptors than a part may. */
const partsFor = (visitors: number, servers: number): number =>
  Math.min(visitors, servers * Math.ceil(visitors / servers / MOST_IN_ONE))

/** The people of a flood, in as many processes as they need; each goes to one of the servers. */
export function startParts(asked: {
  /** `ws://host:port` */
  servers: readonly string[]
  visitors: number
  rampSeconds: number
  seed: number
  spread: boolean
  rest: Pick<CrowdOptions, 'sites' | 'pageSeconds' | 'people'>
}) {
  const { servers, visitors } = asked
  const count = partsFor(visitors, servers.length)
  const told: PartSaid[] = []
  const took = { welcome: histogram(), message: histogram() }
  const troubles = new Map<string, number>()
  const children: ChildProcess[] = []
  const sum = (what: (said: PartSaid) => number) =>
    told.reduce((total, said) => total + (said ? what(said) : 0), 0)

  for (let part = 0, firstPlace = 0; part < count; part++) {
    const size = Math.floor(visitors / count) + (part < visitors % count ? 1 : 0)
    const child = fork(fileURLToPath(new URL('../flood-part.ts', import.meta.url)), {
      execArgv: ['--import', 'tsx'],
    })
    children.push(child)
    child.on('message', (said: PartSaid) => {
      told[part] = said
      for (const what of ['welcome', 'message'] as const)
        for (const ms of said.took[what]) took[what].add(ms)
      for (const [name, times] of Object.entries(said.troubles))
        troubles.set(name, (troubles.get(name) ?? 0) + times)
    })
    const share: PartAsked = {
      ...asked.rest,
      server: servers[part % servers.length] ?? '',
      size,
      firstPlace,
      spread: asked.spread,
      seed: asked.seed * 1_000 + part,
      gatherPerSecond: size / asked.rampSeconds,
    }
    child.send(share)
    firstPlace += size
  }

  return {
    count,
    took: took as { readonly welcome: Histogram; readonly message: Histogram },
    troubles: troubles as ReadonlyMap<string, number>,
    get here(): number {
      return sum((said) => said.here)
    },
    get views(): number {
      return sum((said) => said.views)
    },
    /** CPU time that sending took. */
    get cpuMs(): number {
      return sum((said) => said.cpuMs)
    },
    stop: untilStopped(async () => {
      const ends = children
        .filter((child) => child.exitCode === null && child.signalCode === null)
        .map((child) => once(child, 'exit'))
      for (const child of children) if (child.connected) child.send('stop')
      // Whoever still waits for an answer that does not come waits no longer.
      const late = setTimeout(() => {
        for (const child of children) child.kill('SIGKILL')
      }, FAREWELL_MS)
      await Promise.all(ends)
      clearTimeout(late)
    }),
  }
}
export type Parts = ReturnType<typeof startParts>
