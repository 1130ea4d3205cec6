import { setTimeout as pause } from 'node:timers/promises'
import type { Parts } from '../flood/parts.ts'
import type { Product } from '../product.ts'

export type Strain = {
  loopDelayP99: number
  /** Of the server and of what sent the load. */
  cores: number
  loadCores: number
}

/** How a server bears what is sent to it, over some seconds from now. */
export async function strainOn(node: Product, load: Parts, seconds: number): Promise<Strain> {
  // The gauge starts anew with each reading.
  await node.metric('nodejs_eventloop_lag_p99_seconds')
  const from = { at: performance.now(), cpu: node.cpuMs(), load: load.cpuMs }
  await pause(seconds * 1_000)
  const took = performance.now() - from.at
  return {
    loopDelayP99: (await node.metric('nodejs_eventloop_lag_p99_seconds')) * 1_000,
    cores: (node.cpuMs() - from.cpu) / took,
    loadCores: (load.cpuMs - from.load) / took,
  }
}

/** Everybody has come, or no more come for a while: how many are here. */
export async function gathered(load: Parts, visitors: number, most: number): Promise<number> {
  const until = performance.now() + most * 1_000
  // Some are always between two visits.
  while (load.here < visitors * 0.98 && performance.now() < until) await pause(500)
  return load.here
}
