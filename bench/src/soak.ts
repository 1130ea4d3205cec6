/*
 * `npm run soak`: the reliability scenarios, against the built product on servers of its own.
 *   npm run soak                        all of them, full size
 *   npm run soak -- R1 R4 --short       some of them, small
 *   npm run soak -- R9 --on "two nodes" --dry
 * One line for each; docs/reliability.md is written anew unless --dry.
 */
import { parseArgs } from 'node:util'
import { postgresPrograms } from '../../packages/server/test/postgres-server.ts'
import { redisServerProgram } from '../../packages/server/test/redis-server.ts'
import { closePlaces } from './soak/place.ts'
import { keep, machine } from './soak/report.ts'
import type { Found, Profile, Scenario, Size } from './soak/scenario.ts'
import { SCENARIOS } from './soak/scenarios.ts'

const { values: asked, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    short: { type: 'boolean', default: false },
    on: { type: 'string' },
    dry: { type: 'boolean', default: false },
  },
})
const size: Size = asked.short ? 'short' : 'full'
const wanted = positionals.map((id) => id.toUpperCase())
const unknown = wanted.find((id) => !SCENARIOS.some((scenario) => scenario.id === id))
if (unknown) {
  console.error(`There is no ${unknown}. There are ${SCENARIOS.map(({ id }) => id).join(' ')}.`)
  process.exit(1)
}

console.log(`${machine()}, ${size} size`)
let failed = 0
for (const scenario of SCENARIOS) {
  if (wanted.length > 0 && !wanted.includes(scenario.id)) continue
  for (const profile of scenario.profiles) {
    if (asked.on && asked.on !== profile) continue
    const missing = missingFor(scenario, profile)
    if (missing) {
      failed += 1
      console.log(
        `NOT RUN ${scenario.id} ${scenario.title}, ${profile}: this machine lacks ${missing}`,
      )
      continue
    }
    const from = performance.now()
    const found = await bounded(scenario, profile)
    const seconds = (performance.now() - from) / 1_000
    const passed = found.faults.length === 0
    if (!passed) failed += 1
    console.log(
      `${passed ? 'passed' : 'FAILED'}  ${scenario.id} ${scenario.title}, ${profile}: ${found.figures} (${seconds.toFixed(0)} s)`,
    )
    for (const fault of found.faults.slice(0, 10)) console.log(`        ${fault}`)
    if (found.faults.length > 10) console.log(`        … and ${found.faults.length - 10} more`)
    if (!asked.dry) keep(scenario, { profile, size, found, seconds })
  }
}
process.exit(failed === 0 ? 0 : 1)

function missingFor(scenario: Scenario, profile: Profile): string | undefined {
  if (profile === 'two nodes' && !(postgresPrograms && redisServerProgram)) {
    return 'PostgreSQL or Redis'
  }
  return scenario.missing?.()
}

/** A scenario that breaks or does not end has failed. */
async function bounded(scenario: Scenario, profile: Profile): Promise<Found> {
  const within = scenario.within[size]
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Found>((resolve) => {
    timer = setTimeout(
      () => resolve({ figures: 'not finished', faults: [`it did not end within ${within} s`] }),
      within * 1_000,
    )
  })
  const running = scenario
    .run({ profile, size })
    .catch((error: unknown) => ({ figures: 'broken off', faults: [String(error)] }))
  const found = await Promise.race([running, late])
  clearTimeout(timer)
  await closePlaces()
  return found
}
