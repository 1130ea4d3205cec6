/* `npm run demo`: Beckon with a pretend team, three pretend websites and a crowd on them. */
import { rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { crowd, signIn } from '@beckon/bench'
import { colleagueAtWork } from './colleagues.ts'
import { MORNING, quietMorning } from './morning.ts'
import { startServer } from './server.ts'
import { openShop } from './shop.ts'
import { DEMO_ADMIN, DEMO_PASSWORD, seedTeam } from './team.ts'

const { values: asked } = parseArgs({
  options: {
    visitors: { type: 'string', default: '150' },
    port: { type: 'string', default: process.env.PORT ?? '4000' },
    'shop-port': { type: 'string', default: '4101' },
  },
})
const port = Number(asked.port)
const shopPort = Number(asked['shop-port'])
const base = `http://localhost:${port}`
const origins = {
  shop: `http://127.0.0.1:${shopPort}`,
  help: `http://127.0.0.1:${shopPort + 1}`,
  trade: `http://127.0.0.1:${shopPort + 2}`,
}
const root = new URL('../../', import.meta.url).pathname
const dataDir = `${root}data/demo`
const stopping = new AbortController()

// The demo begins from nothing each time; a real installation's data lies elsewhere.
rmSync(dataDir, { recursive: true, force: true })
const env = {
  PORT: String(port),
  BECKON_DATA_DIR: dataDir,
  BECKON_ADMIN_EMAIL: DEMO_ADMIN,
  BECKON_ADMIN_PASSWORD: DEMO_PASSWORD,
  BECKON_SITE_URL: origins.shop,
  // The crowd's connections say where they come from, as a proxy would.
  BECKON_TRUST_PROXY: '127.0.0.0/8,::1/128',
}
let server = await startServer(base, { ...env, ...MORNING }).catch(giveUp)
const end = async (code: number) => {
  stopping.abort()
  await server.stop()
  process.exit(code)
}
process.on('SIGINT', () => void end(0))
process.on('SIGTERM', () => void end(0))

const rest = await signIn(base, DEMO_ADMIN, DEMO_PASSWORD)
const team = await seedTeam(rest, origins)
const colleagues = team.colleagues.map((email) => ({ email, password: DEMO_PASSWORD }))
const known = await quietMorning({
  base,
  agents: colleagues,
  site: { key: team.shop.key, origin: origins.shop },
})
await server.stop()
server = await startServer(base, env).catch(giveUp)
server.onUnexpectedEnd((code) => {
  console.error(`The server stopped with code ${code}.`)
  process.exit(1)
})
const script = `${base}/beckon.js`
for (const [index, [name, site, accent]] of (
  [
    ['Ridgeline Cycles', team.shop, '#1d5c47'],
    ['Ridgeline Help', team.help, '#b4552d'],
    ['Ridgeline Trade', team.trade, '#43506b'],
  ] as const
).entries()) {
  await openShop({
    name,
    port: shopPort + index,
    accent,
    snippet: { script, siteKey: site.key },
    untracked: '/imprint',
  })
}

console.log(`
  Console   ${base}/console/      sign in as ${DEMO_ADMIN}, password ${DEMO_PASSWORD}
  Shop      ${origins.shop}/       green button
  Help      ${origins.help}/       orange button, on the left
  Trade     ${origins.trade}/      no live chat link: the default style
  Portal    ${base}/portal

  ${asked.visitors} pretend visitors are arriving. Open the shop yourself, then find yourself in Who's On.
  Stop it with Ctrl+C.
`)

for (const { email, password } of colleagues) {
  colleagueAtWork(base, email, password, stopping.signal).catch((error: unknown) => {
    if (!stopping.signal.aborted) console.error(`${email} could not work:`, error)
  })
}
await crowd({
  server: base.replace('http', 'ws'),
  sites: [
    { key: team.shop.key, origin: origins.shop },
    { key: team.shop.key, origin: origins.shop },
    { key: team.shop.key, origin: origins.shop },
    { key: team.help.key, origin: origins.help },
    { key: team.trade.key, origin: origins.trade },
  ],
  size: Number(asked.visitors),
  pageSeconds: 25,
  known,
  signal: stopping.signal,
})

function giveUp(error: Error): never {
  console.error(error.message)
  process.exit(1)
}
