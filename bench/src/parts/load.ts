import { startParts } from '../flood/parts.ts'
import { hasManyLoopbacks } from '../loopback.ts'
import { READERS } from '../people.ts'
import type { Servers } from '../servers.ts'
import { ORIGIN } from './part.ts'

/** A page view per visitor every 30 s: what the budgets say of load. */
const PAGE_SECONDS = 30

/** Readers on these servers, in processes of their own. */
export const sendReaders = (
  { nodes, site }: Servers,
  visitors: number,
  { perSecond, origin = ORIGIN }: { perSecond: number; origin?: string },
) =>
  startParts({
    servers: nodes.map(({ base }) => base.replace('http://localhost', 'ws://127.0.0.1')),
    visitors,
    rampSeconds: visitors / perSecond,
    seed: 1,
    spread: hasManyLoopbacks,
    rest: { sites: [{ key: site.key, origin }], pageSeconds: PAGE_SECONDS, people: READERS },
  })
