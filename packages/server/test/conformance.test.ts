import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { WebSocket } from 'ws'
import { conformance, type Target } from '../../protocol/conformance/conformance.ts'
import { type App, createApp } from '../src/app.ts'
import { fakeGeo } from '../src/geo/geo.ts'
import { silentLog } from '../src/log.ts'
import { readSettings } from '../src/settings/settings.ts'

/* docs/protocol.md, asked of the whole server over raw sockets. */

const ADMIN = { email: 'ada@example.com', password: 'violet-tractor-19-lamp' }

let dataDir: string
let app: App
let target: Target
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'beckon-conformance-'))
  const settings = readSettings({
    PORT: '0',
    BECKON_DATA_DIR: dataDir,
    BECKON_ADMIN_EMAIL: ADMIN.email,
    BECKON_ADMIN_PASSWORD: ADMIN.password,
  })
  app = await createApp({ settings, log: silentLog, geo: fakeGeo() })
  const { url, directory } = app
  const site = [...directory.now.sites.values()].find(({ kind }) => kind === 'website')
  target = {
    url,
    siteKey: site?.key ?? '',
    origin: 'http://127.0.0.1:5999',
    agentCookie: await signIn(url),
    dial: (address, headers) => new WebSocket(address, { headers }),
  }
})
afterAll(async () => {
  await app.close()
  await rm(dataDir, { recursive: true })
})

conformance(() => target)

async function signIn(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-beckon': '1', origin: url },
    body: JSON.stringify(ADMIN),
  })
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ')
}
