import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import Database from 'better-sqlite3'
import { program } from '../server-process.ts'
import { compare, createLedger } from './ledger.ts'
import { openPlace } from './place.ts'
import { atMost, type Scenario, seconds, whole } from './scenario.ts'
import { openWriters } from './writers.ts'

const run = promisify(execFile)
const RESTORED_WITHIN = 60_000

export const r22: Scenario = {
  id: 'R22',
  title: 'backup while people write, restored elsewhere',
  profiles: ['embedded'],
  within: { short: 60, full: 600 },
  async run({ profile, size }) {
    const [chats, messages] = size === 'full' ? [50, 20_000] : [15, 600]
    await using place = await openPlace({ profile })
    const ledger = createLedger()
    const faults: string[] = []
    const agent = await place.agent()
    const writers = openWriters({ place, ledger, many: chats, paceMs: 60 })
    await writers.more(messages, 500_000)
    const promised = new Map(ledger.acknowledged)
    const folder = join(place.dataDir, '..')
    const verb = (name: string, where: string, dataDir: string) =>
      run(process.execPath, [program, name, where], {
        cwd: folder,
        env: { PATH: process.env.PATH, BECKON_DATA_DIR: dataDir },
      })
    const began = performance.now()
    await verb('backup', join(folder, 'backup'), place.dataDir)
    const backupMs = performance.now() - began
    await writers.settle()
    writers.close()
    agent.close()
    faults.push(...(await compare((sql) => place.read(sql), ledger)))
    const restored = join(folder, 'restored')
    const from = performance.now()
    await verb('restore', join(folder, 'backup'), restored)
    const restoreMs = performance.now() - from
    {
      const db = new Database(join(restored, 'beckon.db'), { readonly: true })
      const [row] = db.pragma('integrity_check') as { integrity_check: string }[]
      if (row?.integrity_check !== 'ok') faults.push(`integrity_check: ${row?.integrity_check}`)
      const has = db.prepare('select text from messages where chat_id = ? and seq = ?')
      for (const { chatId, seq, text } of promised.values()) {
        const kept = has.get(chatId, seq) as { text: string } | undefined
        if (kept?.text !== text) faults.push(`not in the backup: ${text}`)
      }
      db.close()
    }
    await using again = await openPlace({ profile, dataDir: restored })
    if (again.site.key !== place.site.key) faults.push('another site after the restore')
    return {
      figures: `${whole(promised.size)} messages acknowledged before it, all in the copy; backup ${seconds(backupMs)}, restore ${seconds(restoreMs)}, and it serves`,
      faults: [...faults, ...atMost('restore', restoreMs, RESTORED_WITHIN)],
    }
  },
}
