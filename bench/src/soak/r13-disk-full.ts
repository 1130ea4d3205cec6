import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmdirSync, statfsSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { compare, createLedger } from './ledger.ts'
import { openPlace } from './place.ts'
import { gather, rowsTitled } from './readers.ts'
import { atMost, type Scenario, seconds, whole } from './scenario.ts'
import { until } from './wait.ts'
import { openWriters } from './writers.ts'

const DISK = '32m'
const WELL_WITHIN = 10_000
const READERS = 10

export const r13: Scenario = {
  id: 'R13',
  title: 'the disk is full, and has space again',
  profiles: ['embedded'],
  within: { short: 90, full: 300 },
  missing: () => (process.getuid?.() === 0 ? undefined : 'the right to mount a small disk'),
  async run({ profile, size }) {
    const [chats, fullForMs, times] = size === 'full' ? [30, 30_000, 3] : [10, 6_000, 1]
    const disk = mkdtempSync(join(tmpdir(), 'beckon-disk-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK}`, 'tmpfs', disk])
    try {
      await using place = await openPlace({ profile, dataDir: join(disk, 'data') })
      const ledger = createLedger()
      const faults: string[] = []
      const agent = await place.agent()
      const writers = openWriters({ place, ledger, many: chats })
      await writers.begun()
      const readers = await gather({ place, ledger, many: READERS, name: 'r', seed: 13 })
      const ballast = join(disk, 'ballast')
      let worst = 0
      for (let time = 0; time < times; time++) {
        await writers.more(chats * 5)
        fill(disk, ballast)
        await until('sends are refused', () => (ledger.refused.get('storage_full') ?? 0) > 0)
        const before = ledger.acknowledged.size
        await pause(fullForMs)
        const ready = await place.node(0).ready()
        if (ready.ok) faults.push('it says that it serves')
        const rows = await rowsTitled(agent, 'Page of r')
        if (rows.length !== READERS) faults.push(`the list has ${rows.length} of ${READERS} rows`)
        if (ledger.acknowledged.size > before + chats) faults.push('acknowledged on a full disk')
        const then = ledger.acknowledged.size
        truncateSync(ballast, 0)
        const well = await until('it serves again', async () => (await place.node(0).ready()).ok)
        const first = await until(
          'messages are taken again',
          () => ledger.acknowledged.size > then + chats,
        )
        worst = Math.max(worst, well + first)
      }
      await writers.settle()
      writers.close()
      for (const page of readers) page.close()
      agent.close()
      const [{ integrity_check: integrity } = { integrity_check: 'not answered' }] =
        await place.read<{ integrity_check: string }>('pragma integrity_check')
      if (integrity !== 'ok') faults.push(`integrity_check: ${integrity}`)
      const refused = ledger.refused.get('storage_full') ?? 0
      return {
        figures: `${times} × full for ${fullForMs / 1_000} s, ${whole(refused)} sends refused as storage_full; well ${seconds(worst)} after space came back, without a restart; ${whole(ledger.acknowledged.size)} messages acknowledged`,
        faults: [
          ...faults,
          ...atMost('well again', worst, WELL_WITHIN),
          ...(await compare((sql) => place.read(sql), ledger)),
        ],
      }
    } finally {
      execFileSync('umount', ['-l', disk])
      rmdirSync(disk)
    }
  },
}

/** To the last byte. */
function fill(disk: string, ballast: string): void {
  const { bavail, bsize } = statfsSync(disk)
  let bytes = Number(bavail) * Number(bsize)
  for (let written = 0; bytes >= 1; bytes = Math.floor(bytes / 2)) {
    try {
      writeFileSync(ballast, Buffer.alloc(bytes), { flag: written === 0 ? 'w' : 'a' })
      written += bytes
    } catch {
      // Less, then.
      written += 1
    }
  }
}
