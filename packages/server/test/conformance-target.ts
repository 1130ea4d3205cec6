import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import type { Target } from '../../protocol/conformance/conformance.ts'
import { createApp } from '../src/app.ts'
import { fakeGeo } from '../src/geo/geo.ts'
import { silentLog } from '../src/log.ts'
import { readSettings } from '../src/settings/settings.ts'
import { newDatabaseUrl, type TestDatabase } from './database.ts'

const ADMIN = { email: 'ada@example.com', password: 'violet-tractor-19-lamp' }

/** The whole server, for docs/protocol.md to be asked of it over raw sockets. */
export async function openTarget(on?: TestDatabase): Promise<Target & { close(): Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'beckon-conformance-'))
  const settings = readSettings({
    PORT: '0',
    BECKON_DATA_DIR: dataDir,
    DATABASE_URL: await newDatabaseUrl(on),
    BECKON_ADMIN_EMAIL: ADMIN.email,
    BECKON_ADMIN_PASSWORD: ADMIN.password,
  })
  const app = await createApp({ settings, log: silentLog, geo: fakeGeo() })
  const { url, directory } = app
  const site = [...directory.now.sites.values()].find(({ kind }) => kind === 'website')
  return {
    url,
    siteKey: site?.key ?? '',
    origin: 'http://127.0.0.1:5999',
    agentCookie: await signIn(url),
    dial: (address, headers) => new WebSocket(address, { headers }),
    async close() {
      await app.close()
      await rm(dataDir, { recursive: true })
    },
  }
}

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
