import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compare, createLedger } from './ledger.ts'
import { openPlace } from './place.ts'
import { type Scenario, whole } from './scenario.ts'
import { until } from './wait.ts'
import { openWriters } from './writers.ts'

/** A page of the write-ahead log, whole, so that ids in it can be found. */
const LONGEST = '4200'

export const r02: Scenario = {
  id: 'R2',
  title: 'no acknowledgement before the disk has it',
  profiles: ['embedded'],
  within: { short: 90, full: 300 },
  missing: () => (spawnSync('strace', ['-V']).status === 0 ? undefined : 'strace'),
  async run({ profile, size }) {
    const messages = size === 'full' ? 1_000 : 150
    await using place = await openPlace({ profile })
    const ledger = createLedger()
    const agent = await place.agent()
    const writers = openWriters({ place, ledger, many: 10 })
    await writers.begun()
    const trace = join(place.dataDir, 'trace')
    const calls = 'trace=fdatasync,fsync,pwrite64,write,writev,sendto,sendmsg'
    const pid = String(place.node(0).pid)
    const strace = spawn('strace', ['-f', '-p', pid, '-e', calls, '-s', LONGEST, '-o', trace], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    await once(strace.stderr, 'data')
    const before = new Set(ledger.acknowledged.keys())
    await writers.more(messages, 120_000)
    await writers.settle()
    const exit = once(strace, 'exit')
    strace.kill('SIGINT')
    await exit
    writers.close()
    agent.close()
    const ids = [...ledger.acknowledged.keys()].filter((id) => !before.has(id))
    const lines = readFileSync(trace, 'utf8').split('\n')
    const { late, unseen } = order(lines, ids)
    await until('the server serves', async () => (await place.node(0).ready()).ok)
    const syncs = lines.filter((line) => /\bf(data)?sync\(/.test(line)).length
    return {
      figures: `${whole(ids.length)} messages: written to the log, synced, then acknowledged, each; ${whole(syncs)} syncs`,
      faults: [
        ...(late > 0 ? [`${late} acknowledged before they were synced`] : []),
        // The very first may have been on the way when the trace began.
        ...(unseen > 10 ? [`${unseen} of ${ids.length} not found in the trace`] : []),
        ...(ids.length < messages ? ['too few messages'] : []),
        ...(await compare((sql) => place.read(sql), ledger)),
      ],
    }
  },
}

/** For each id: the log's page with it, then a sync of that file begun and ended, then the answer. */
function order(lines: readonly string[], ids: readonly string[]) {
  const waiting = new Map(ids.map((id) => [id, { fd: '', written: -1 }]))
  const synced: { fd: string; began: number; ended: number }[] = []
  const running = new Map<string, { fd: string; began: number }>()
  let late = 0
  let found = 0
  // What undoes a work is written too, to a file that is never synced.
  const logs = new Set(lines.flatMap((line) => /\bf(?:data)?sync\((\d+)/.exec(line)?.[1] ?? []))
  lines.forEach((line, at) => {
    const [, thread = '', call = '', fd = ''] = /^(\d+)\s+(\w+)\((\d+)/.exec(line) ?? []
    const [, resumed] = /^(\d+)\s+<\.\.\. f(?:data)?sync resumed/.exec(line) ?? []
    if (resumed) {
      const sync = running.get(resumed)
      if (sync) synced.push({ ...sync, ended: at })
    } else if (call === 'fdatasync' || call === 'fsync') {
      if (line.includes('unfinished')) running.set(thread, { fd, began: at })
      else synced.push({ fd, began: at, ended: at })
    } else if (call === 'pwrite64' && logs.has(fd)) {
      for (const [id, entry] of waiting) {
        if (entry.written < 0 && line.includes(id)) Object.assign(entry, { fd, written: at })
      }
    } else if (line.includes('\\"done\\"')) {
      for (const [id, { fd: log, written }] of waiting) {
        if (!line.includes(`\\"id\\":\\"${id}\\"`)) continue
        waiting.delete(id)
        if (written < 0) continue
        found += 1
        if (!synced.some((one) => one.fd === log && one.began > written && one.ended < at))
          late += 1
      }
    }
  })
  return { late, unseen: ids.length - found }
}
