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
import { pageViewToRow } from './measure-latency.ts'
import { invitationToPainted } from './measure-painted.ts'
import { echoesPerSecond, pageViewsPerSecond } from './measure-throughput.ts'
import { OWNER, startEcho, startProduct } from './product.ts'
import { signIn, simulatedAgent } from './simulated-agent.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const { values: asked } = parseArgs({
  options: {
    visitors: { type: 'string', default: '1000' },
    samples: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '8' },
    chromium: { type: 'string', default: process.env.BECKON_TEST_CHROMIUM || '/usr/bin/chromium' },
    dry: { type: 'boolean', default: false },
  },
})
const visitors = Number(asked.visitors)
const samples = Number(asked.samples)
const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`
const whole = (value: number) => Math.round(value).toLocaleString('en-GB')

const rows: { what: string; value: string; budget: string }[] = []
const note = (what: string, value: string, budget = '') => {
  rows.push({ what, value, budget })
  console.log(`${what}: ${value}${budget ? `   (budget ${budget})` : ''}`)
}

// Sizes
const gzip = (file: string) => gzipSync(readFileSync(file), { level: 9 }).length
const widgetFiles = readdirSync(join(root, 'packages/widget/dist')).filter((name) =>
  name.endsWith('.js'),
)
const trackerSize = gzip(join(root, 'packages/tracker/dist/beckon.js'))
const sizeOf = (names: string[]) =>
  names.reduce((sum, name) => sum + gzip(join(root, 'packages/widget/dist', name)), trackerSize)
note('beckon.js, gzip', `${whole(trackerSize)} bytes`, '≤ 4,096')
note(
  'with card and launcher',
  `${whole(sizeOf(widgetFiles.filter((name) => !name.startsWith('panel'))))} bytes`,
  '≤ 10,240',
)
note('with the chat panel too', `${whole(sizeOf(widgetFiles))} bytes`, '≤ 20,480')

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
const toRow = await pageViewToRow(agent, { base: product.base, siteKey: site.key, origin }, samples)
note(
  `page view → row, ${whole(visitors)} visitors, p50 / p95 / p99`,
  `${ms(toRow.p50)} / ${ms(toRow.p95)} / ${ms(toRow.p99)}`,
  'p95 ≤ 300 ms',
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
  'p95 ≤ 250 ms',
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
website.close()
note('page views a second taken in, one process', whole(views.taken), '≥ 15,000')
note('… of them stored within the same interval', whole(views.stored))
note('… offered by the load (same machine)', whole(views.offered))
note('bare ws echo, frames a second, same run', whole(echoes))
note(
  'page views as a share of the echo',
  `${((views.taken / echoes) * 100).toFixed(0)} %`,
  '≥ 15 %',
)

const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}, ${process.platform}`
const date = new Date().toISOString().slice(0, 10)
const page = `# Performance

Measured by \`npm run bench\` on ${date}: ${machine}. The load generator, the browser and the server share that machine, so the figures are what is left after the load's own cost. Repeat it with the same command; the file is written anew.

| what | measured | budget |
|---|---|---|
${rows.map((row) => `| ${row.what} | ${row.value} | ${row.budget} |`).join('\n')}

## Method

- **Page view → row**: ${whole(visitors)} simulated visitors walk through a shop at one page per 30 s. ${samples} times one of eight more goes to a new page; the clock runs until the agent's window (a filter on their pages) shows the new address. Sender and agent are one process with one clock.
- **Invitation → painted**: a real Chromium stands on the site among them. The clock runs from the agent's command until the server has told the agent that the card was painted in a visible tab; the way back is included.
- **Page views a second**: 1,500 connections send as much as their limit of 20 a second allows, for ${asked.seconds} s; counted by the server's own counter \`beckon_page_views_total\`. The echo is a bare \`ws\` server driven by the same process with frames of the same size.
`
if (!asked.dry) {
  writeFileSync(join(root, 'docs/performance.md'), page)
  writeFileSync(
    join(root, 'docs/performance.json'),
    `${JSON.stringify({ date, machine, rows }, null, 2)}\n`,
  )
}
process.exit(0)
