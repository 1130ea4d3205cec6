import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { SiteView } from '@beckon/protocol'
import { startPostgres } from '../../../packages/server/test/postgres-server.ts'
import { OWNER } from '../product.ts'
import { random } from '../random.ts'
import { program } from '../server-process.ts'
import { signIn } from '../simulated-agent.ts'
import { openNode } from './node.ts'
import { EVERYWHERE, type Scenario } from './scenario.ts'

/** Programs load, then tables are made, then the first account: the deaths fall among all of it. */
const SOONEST_MS = 100
const LATEST_MS = 1_000

export const r23: Scenario = {
  id: 'R23',
  title: '`kill -9` while the tables are made',
  profiles: EVERYWHERE,
  within: { short: 120, full: 600 },
  async run({ profile, size }) {
    const [times, deaths] = size === 'full' ? [20, 4] : [2, 3]
    const postgres = profile === 'two nodes' ? await startPostgres() : undefined
    const chance = random(23)
    const faults: string[] = []
    try {
      for (let time = 0; time < times; time++) {
        const folder = await mkdtemp(join(tmpdir(), 'beckon-soak-'))
        const settings = {
          BECKON_DATA_DIR: join(folder, 'data'),
          BECKON_ADMIN_EMAIL: OWNER.email,
          BECKON_ADMIN_PASSWORD: OWNER.password,
          BECKON_SITE_URL: 'http://127.0.0.1:4101',
          ...(postgres && { DATABASE_URL: await postgres.database() }),
        }
        for (let death = 0; death < deaths; death++) {
          const env = { PATH: process.env.PATH, PORT: '0', ...settings }
          const child = spawn(process.execPath, [program], { cwd: folder, stdio: 'ignore', env })
          const exit = once(child, 'exit')
          await pause(chance.between(SOONEST_MS, LATEST_MS))
          child.kill('SIGKILL')
          await exit
        }
        const node = await openNode({ folder, settings })
        try {
          const rest = await signIn(node.base, OWNER.email, OWNER.password)
          const { items: sites } = await rest.get<{ items: SiteView[] }>('/sites')
          const kinds = sites.map(({ kind }) => kind).sort()
          if (kinds.join(' ') !== 'portal website') faults.push(`the sites are ${kinds.join(', ')}`)
          for (const path of ['/agents', '/brands', '/departments', '/groups']) {
            const { items } = await rest.get<{ items: unknown[] }>(path)
            if (items.length !== 1) faults.push(`${items.length} of ${path}`)
          }
        } finally {
          await node.kill()
          await rm(folder, { recursive: true, force: true })
        }
      }
    } finally {
      await postgres?.stop()
    }
    return {
      figures: `${times} first starts, each killed ${deaths} times on the way: then it serves, with everything there once`,
      faults,
    }
  },
}
