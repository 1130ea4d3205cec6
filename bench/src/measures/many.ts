import { setTimeout as pause } from 'node:timers/promises'
import { crowd } from '../crowd.ts'
import { watchList } from '../looks.ts'
import type { Product } from '../product.ts'
import { simulatedAgent } from '../simulated-agent.ts'

/** Everybody together is here, and every agent looks at something else. */
export async function manyVisitors(
  product: Product,
  place: { siteKey: string; origin: string },
  asked: { visitors: number; agents: number; seconds: number; cookie: string },
): Promise<{ online: number; loopDelayP99: number; eventsPerSecond: number; interval: number }> {
  const stop = new AbortController()
  const walking = crowd({
    server: product.base.replace('http', 'ws'),
    sites: [{ key: place.siteKey, origin: place.origin }],
    size: asked.visitors,
    pageSeconds: 30,
    gatherPerSecond: 400,
    signal: stop.signal,
  })
  let events = 0
  let interval = 0
  const agents = await Promise.all(
    Array.from({ length: asked.agents }, async (_, index) => {
      const agent = await simulatedAgent(product.base, asked.cookie)
      watchList(agent, index, (pace) => {
        events += 1
        interval = Math.max(interval, pace)
      })
      return agent
    }),
  )
  while ((await product.metric('beckon_connections')) < asked.visitors * 0.98) {
    if (stop.signal.aborted) break
    await pause(1_000)
  }
  // The gauge starts anew with each reading.
  await product.metric('nodejs_eventloop_lag_p99_seconds')
  events = 0
  interval = 0
  await pause(asked.seconds * 1_000)
  const loopDelayP99 = (await product.metric('nodejs_eventloop_lag_p99_seconds')) * 1_000
  const online = await product.metric('beckon_visits')
  const eventsPerSecond = events / asked.seconds
  stop.abort()
  await walking
  for (const agent of agents) agent.close()
  return { online, loopDelayP99, eventsPerSecond, interval }
}
