import { join } from 'node:path'
import { writeAt, writersFor, writersOf } from '../measures/messages.ts'
import { openPlace } from './place.ts'
import { atMost, ms, type Scenario, whole } from './scenario.ts'
import { missingStrace, trace } from './strace.ts'

const SLOW_MS = 20
const OFFERED = 1_200
const AT_LEAST = 1_000
const WITHIN_MS = 150

const SYNCS = 'fdatasync,fsync'

export const r03: Scenario = {
  id: 'R3',
  title: 'a disk that takes 20 ms to keep anything',
  profiles: ['embedded'],
  within: { short: 90, full: 240 },
  missing: missingStrace,
  async run({ profile, size }) {
    const seconds = size === 'full' ? 60 : 6
    await using place = await openPlace({ profile })
    const writers = await writersFor(place, place.site.origin, writersOf(OFFERED))
    const file = join(place.dataDir, 'trace')
    const { pid } = place.node(0)
    const look = await trace({ of: { pid }, options: ['-e', `trace=${SYNCS}`], file })
    await writeAt(writers, { perSecond: 50, seconds: 1 })
    // Only the thread that writes is slowed: following the others would slow them, too.
    const thread = Number(/^(\d+) /m.exec((await look.stop()).join('\n'))?.[1])
    const slow = await trace({
      of: { thread },
      options: ['-e', `trace=${SYNCS}`, '-e', `inject=${SYNCS}:delay_enter=${SLOW_MS * 1_000}`],
      file,
    })
    await writeAt(writers, { perSecond: OFFERED, seconds: 2 })
    const [before] = await place.read<{ n: number }>(STORED)
    const told = await writeAt(writers, { perSecond: OFFERED, seconds })
    const syncs = (await slow.stop()).filter((line) => line.includes('sync(')).length
    const [after] = await place.read<{ n: number }>(STORED)
    const stored = (after?.n ?? 0) - (before?.n ?? 0)
    writers.leave()
    return {
      figures: `${whole(told.count)} messages, ${whole(told.acknowledged)} acknowledged a second, p50 ${ms(told.p50)}, p99 ${ms(told.p99)}; ${whole(syncs)} syncs`,
      faults: [
        ...(syncs === 0 ? ['nothing was synced: the disk was not slow'] : []),
        ...(told.acknowledged < AT_LEAST
          ? [`acknowledged a second: ${whole(told.acknowledged)}, at least ${AT_LEAST}`]
          : []),
        ...atMost('sent → acknowledged, p99', told.p99, WITHIN_MS),
        ...(told.failed > 0 ? [`${told.failed} refused or lost`] : []),
        ...(stored === told.count ? [] : [`${stored} stored, ${told.count} acknowledged`]),
      ],
    }
  },
}

const STORED = "select count(*) as n from messages where text like 'Message %'"
