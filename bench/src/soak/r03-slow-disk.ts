import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeAt, writersFor } from '../measures/messages.ts'
import { openPlace } from './place.ts'
import { atMost, ms, type Scenario, whole } from './scenario.ts'

/** As `slow-disk.c` has it. */
const SLOW_MS = 20
const OFFERED = 1_200
/** Three messages a second each: what one visitor writes is taken one after the other. */
const WRITERS = 400
const AT_LEAST = 1_000
const WITHIN_MS = 150

const STORED = "select count(*) as n from messages where text like 'Message %'"

export const r03: Scenario = {
  id: 'R3',
  title: 'a disk that takes 20 ms to keep anything',
  profiles: ['embedded'],
  within: { short: 90, full: 240 },
  missing() {
    const { status } = spawnSync('cc', ['--version'])
    return process.platform === 'linux' && status === 0 ? undefined : 'Linux and a C compiler'
  },
  async run({ profile, size }) {
    const seconds = size === 'full' ? 60 : 6
    const folder = mkdtempSync(join(tmpdir(), 'beckon-slow-'))
    try {
      const settings = { LD_PRELOAD: slowDisk(folder) }
      await using place = await openPlace({ profile, settings })
      const writers = await writersFor(place, place.site.origin, WRITERS)
      await writeAt(writers, { perSecond: OFFERED, seconds: 2 })
      const [before] = await place.read<{ n: number }>(STORED)
      const told = await writeAt(writers, { perSecond: OFFERED, seconds })
      const [after] = await place.read<{ n: number }>(STORED)
      const stored = (after?.n ?? 0) - (before?.n ?? 0)
      writers.leave()
      return {
        figures: `${whole(told.count)} messages, ${whole(told.acknowledged)} acknowledged a second, p50 ${ms(told.p50)}, p99 ${ms(told.p99)}`,
        faults: [
          ...(told.p50 < SLOW_MS ? ['the disk was not slow'] : []),
          ...(told.acknowledged < AT_LEAST
            ? [`acknowledged a second: ${whole(told.acknowledged)}, at least ${AT_LEAST}`]
            : []),
          ...atMost('sent → acknowledged, p99', told.p99, WITHIN_MS),
          ...(told.failed > 0 ? [`${told.failed} refused or lost`] : []),
          // The last ones may be stored and their answer still on its way.
          ...(stored < told.count ? [`${stored} stored, ${told.count} acknowledged`] : []),
        ],
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

function slowDisk(folder: string): string {
  const library = join(folder, 'slow-disk.so')
  const source = fileURLToPath(new URL('./slow-disk.c', import.meta.url))
  const { status, stderr } = spawnSync('cc', ['-shared', '-fPIC', '-o', library, source, '-ldl'])
  if (status !== 0) throw new Error(`the slow disk could not be made: ${stderr}`)
  return library
}
