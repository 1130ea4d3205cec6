/*
 * `npm run flood`: a crowd on a running Beckon of this machine, for a bounded time.
 *   npm run flood -- --server http://localhost:4000 --site KEY --origin http://127.0.0.1:4101 --visitors 1000 --seconds 60
 * Without --server it starts one of its own. It talks to loopback only.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { SiteView } from '@beckon/protocol'
import { crowd } from './crowd.ts'
import { OWNER, type Product, startProduct } from './product.ts'
import { signIn } from './simulated-agent.ts'

const { values: asked } = parseArgs({
  options: {
    server: { type: 'string' },
    site: { type: 'string' },
    origin: { type: 'string', default: 'http://127.0.0.1:4101' },
    visitors: { type: 'string', default: '500' },
    seconds: { type: 'string', default: '30' },
    'page-seconds': { type: 'string', default: '30' },
  },
})
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/
if (asked.server && !loopback.test(new URL(asked.server).hostname)) {
  console.error('flood talks to this machine only: give a loopback address.')
  process.exit(1)
}
const seconds = Math.min(Number(asked.seconds), 3_600)
let own: Product | undefined
if (!asked.server) own = await startProduct(asked.origin)
const base = asked.server ?? own?.base ?? ''
let key = asked.site
if (!key && own) {
  const rest = await signIn(base, OWNER.email, OWNER.password)
  key = (await rest.get<{ items: SiteView[] }>('/sites')).items.find(
    (site) => site.kind === 'website',
  )?.key
}
if (!key) {
  console.error('Give the site key: --site KEY')
  process.exit(1)
}

const stop = new AbortController()
let troubles = 0
const walking = crowd({
  server: base.replace('http', 'ws'),
  sites: [{ key, origin: asked.origin }],
  size: Number(asked.visitors),
  pageSeconds: Number(asked['page-seconds']),
  gatherPerSecond: 200,
  signal: stop.signal,
  onTrouble: () => {
    troubles += 1
  },
})
for (let passed = 0; passed < seconds; passed += 5) {
  await pause(Math.min(5, seconds - passed) * 1_000)
  const memory = own ? `${Math.round(own.memory() / 2 ** 20)} MB, ` : ''
  const views = own ? `${await own.metric('beckon_page_views_total')} page views, ` : ''
  console.log(`${Math.min(passed + 5, seconds)} s: ${views}${memory}${troubles} lost connections`)
}
stop.abort()
await walking
await own?.stop()
process.exit(0)
