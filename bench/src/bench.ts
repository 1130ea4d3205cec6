/* `npm run bench`: measures, prints a table, writes docs/performance.md and docs/performance.json. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import type { SiteView } from '@beckon/protocol'
import { crowd } from './crowd.ts'
import { pageViewToRow } from './measures/latency.ts'
import { listAlone } from './measures/list-alone.ts'
import { manyVisitors } from './measures/many.ts'
import { bytesPerConnection, bytesPerVisitor } from './measures/memory.ts'
import { invitationToPainted } from './measures/painted.ts'
import { echoesPerSecond, pageViewsPerSecond } from './measures/throughput.ts'
import { OWNER, startEcho, startProduct } from './product.ts'
import { createFigures } from './report/figures.ts'
import { signIn, simulatedAgent } from './simulated-agent.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const { values: asked } = parseArgs({
  options: {
    visitors: { type: 'string', default: '1000' },
    samples: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '8' },
    /** All at once on one process; 0 leaves that out. */
    many: { type: 'string', default: '18000' },
    /** In the list alone; 0 leaves that out. */
    listed: { type: 'string', default: '200000' },
    idle: { type: 'string', default: '4000' },
    chromium: { type: 'string', default: process.env.BECKON_TEST_CHROMIUM || '/usr/bin/chromium' },
    dry: { type: 'boolean', default: false },
  },
})
const visitors = Number(asked.visitors)
const samples = Number(asked.samples)
const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`
const whole = (value: number) => Math.round(value).toLocaleString('en-GB')

const figures = createFigures((line) => console.log(line))
const { note } = figures
const bytes = (what: string, got: number, most: number) =>
  note(what, `${whole(got)} bytes`, { text: `≤ ${whole(most)}`, got, most })

// Sizes
const gzip = (file: string) => gzipSync(readFileSync(file), { level: 9 }).length
const widgetFiles = readdirSync(join(root, 'packages/widget/dist')).filter((name) =>
  name.endsWith('.js'),
)
const trackerSize = gzip(join(root, 'packages/tracker/dist/beckon.js'))
const sizeOf = (names: string[]) =>
  names.reduce((sum, name) => sum + gzip(join(root, 'packages/widget/dist', name)), trackerSize)
bytes('beckon.js, gzip', trackerSize, 4_096)
bytes(
  'with card and launcher',
  sizeOf(widgetFiles.filter((name) => name.startsWith('widget'))),
  10_240,
)
bytes('with the chat panel too', sizeOf(widgetFiles), 20_480)

// Latencies with a crowd
const website = createServer((_request, response) => {
  response.setHeader('content-type', 'text/html')
  response.end(pageHtml)
})
await new Promise<void>((resolve) => website.listen(0, '127.0.0.1', resolve))
const address = website.address()
const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
let pageHtml = ''

const product = await startProduct(origin)
const rest = await signIn(product.base, OWNER.email, OWNER.password)
const site = (await rest.get<{ items: SiteView[] }>('/sites')).items.find(
  (entry) => entry.kind === 'website',
)
if (!site) throw new Error('the first run made no site')
pageHtml = `<!doctype html><title>Bench</title><script async src="${product.base}/beckon.js" data-site="${site.key}"></script>`
const agent = await simulatedAgent(product.base, rest.cookie)
await agent.ask({ type: 'availability.set', available: true })
const stopCrowd = new AbortController()
const walking = crowd({
  server: product.base.replace('http', 'ws'),
  sites: [{ key: site.key, origin }],
  size: visitors,
  pageSeconds: 30,
  gatherPerSecond: 200,
  signal: stopCrowd.signal,
})
await pause((visitors / 200) * 1_000 + 3_000)
const toRow = await pageViewToRow(
  agent,
  { base: product.base, siteKey: site.key, origin },
  { samples },
)
note(
  `page view → row, ${whole(visitors)} visitors, p50 / p95 / p99`,
  `${ms(toRow.p50)} / ${ms(toRow.p95)} / ${ms(toRow.p99)}`,
  { text: 'p95 ≤ 300 ms', got: toRow.p95, most: 300 },
)
const painted = await invitationToPainted({
  agent,
  pageUrl: `${origin}/bench-page`,
  chromiumPath: asked.chromium,
  samples: Math.ceil(samples / 4),
})
note(
  `invitation sent → painted, ${whole(visitors)} visitors, p50 / p95`,
  `${ms(painted.p50)} / ${ms(painted.p95)}`,
  { text: 'p95 ≤ 250 ms', got: painted.p95, most: 250 },
)
note('memory of the process then', `${whole(product.memory() / 1024 / 1024)} MB`)
stopCrowd.abort()
await walking
agent.close()
await pause(1_000)

// Throughput, beside a bare echo in the same run
const views = await pageViewsPerSecond(
  product,
  { siteKey: site.key, origin },
  Number(asked.seconds),
)
await product.stop()
const echo = await startEcho()
const echoes = await echoesPerSecond(echo.url, Number(asked.seconds))
await echo.stop()
const share = (views.taken / echoes) * 100
const rate = (got: number, least = 15_000) => ({ text: `≥ ${whole(least)}`, got, least })
note('page views a second taken in, one process', whole(views.taken), rate(views.taken))
note('… of them stored within the same interval', whole(views.stored), rate(views.stored))
note('… longest wait for the database', `${views.storedLate.toFixed(1)} s`, {
  text: '≤ 1 s',
  got: views.storedLate,
  most: 1,
})
note('… offered by the load (same machine)', whole(views.offered))
note('bare ws echo, frames a second, same run', whole(echoes))
note('page views as a share of the echo', `${share.toFixed(0)} %`, {
  text: '≥ 15 %',
  got: share,
  least: 15,
})

// Memory of an idle visitor, beside a bare connection
const idle = Number(asked.idle)
if (idle > 0) {
  const weighed = await startProduct(origin, { inspected: true })
  const keyOf = await signIn(weighed.base, OWNER.email, OWNER.password)
  const there = (await keyOf.get<{ items: SiteView[] }>('/sites')).items.find(
    ({ kind }) => kind === 'website',
  )
  const perVisitor = await bytesPerVisitor(weighed, { siteKey: there?.key ?? '', origin }, idle)
  await weighed.stop()
  const bare = await startEcho({ inspected: true })
  const perConnection = await bytesPerConnection(bare, idle)
  await bare.stop()
  const above = perVisitor - perConnection
  const kb = (got: number) => `${(got / 1_024).toFixed(1)} KB`
  note('a bare ws connection, idle', kb(perConnection))
  note('an idle visitor, above that', kb(above), { text: '≤ 6 KB', got: above, most: 6 * 1_024 })
}

// Everybody together
const many = Number(asked.many)
if (many > 0) {
  const crowded = await startProduct(origin)
  const signedIn = await signIn(crowded.base, OWNER.email, OWNER.password)
  const there = (await signedIn.get<{ items: SiteView[] }>('/sites')).items.find(
    ({ kind }) => kind === 'website',
  )
  const together = await manyVisitors(
    crowded,
    { siteKey: there?.key ?? '', origin },
    { visitors: many, agents: 20, seconds: Number(asked.seconds), cookie: signedIn.cookie },
  )
  note(
    `loop delay p99, ${whole(together.online)} visitors, 20 agents on different filters`,
    ms(together.loopDelayP99),
    { text: '≤ 50 ms', got: together.loopDelayP99, most: 50 },
  )
  note('… slowest pace of their frames', ms(together.interval))
  await crowded.stop()
}
website.close()

// The list alone
if (Number(asked.listed) > 0) {
  const list = await listAlone(Number(asked.listed))
  note(
    `the list alone, ${whole(list.visits)} visits, ${whole(list.changesPerSecond)} changes/s, ${list.views} views`,
    `${list.cores.toFixed(2)} cores`,
    { text: '≤ 0.5 cores', got: list.cores, most: 0.5 },
  )
  note('… windows and totals that were wrong afterwards', whole(list.wrong), {
    text: '0',
    got: list.wrong,
    most: 0,
  })
}

const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}, ${process.platform}`
const date = new Date().toISOString().slice(0, 10)
const page = `# Performance

Measured by \`npm run bench\` on ${date}: ${machine}. The load generator, the browser and the server share that machine, so the figures are what is left after the load's own cost. Repeat it with the same command; the file is written anew.

| what | measured | budget |
|---|---|---|
${figures.table()}

## Method

- **Page view → row**: ${whole(visitors)} simulated visitors walk through a shop at one page per 30 s. ${samples} times one of eight more goes to a new page; the clock runs until the agent's window (a filter on their pages) shows the new address. Sender and agent are one process with one clock.
- **Invitation → painted**: a real Chromium stands on the site among them. The clock runs from the agent's command until the server has told the agent that the card was painted in a visible tab; the way back is included.
- **Page views a second**: 1,500 connections send as much as their limit of 20 a second allows, for ${asked.seconds} s; counted by the server's own counter \`beckon_page_views_total\`. The echo is a bare \`ws\` server driven by the same process with frames of the same size. The longest wait for the database is how many page views were not stored yet, at worst, by the rate at which they were.
- **An idle visitor**: heap and buffers of the server after a full collection, before and after ${whole(idle)} visitors have come, each; the same for a bare \`ws\` server. Addresses are private ones, so that no geo data is loaded.
- **Everybody together**: a crowd at one page per 30 s on one process; each of 20 agents watches a window of 100 rows with a filter or an order of its own.
- **The list alone**: no sockets and no disk; time is simulated, and the figure is CPU time by simulated time. Afterwards every window and the totals are compared with a look from the start.

## What is missed

${figures.missed()}
`
if (!asked.dry) {
  writeFileSync(join(root, 'docs/performance.md'), page)
  writeFileSync(
    join(root, 'docs/performance.json'),
    `${JSON.stringify({ date, machine, rows: figures.rows }, null, 2)}\n`,
  )
}
process.exit(0)
