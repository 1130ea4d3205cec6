import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium, USER_AGENT } from '../scripts/lib/chromium.mjs'
import { Agent, eventually, listenForComplaints, openShadowRoots, Visitor } from './people.ts'
import { type RunningServer, startServer } from './server.ts'

/*
 * What somebody does who has never seen this before: start it, follow what it prints, and put the
 * line it shows onto a page that something else serves.
 */

let server: RunningServer
let website: StaticWebsite
let browser: Browser
const complaints: string[] = []

beforeAll(async () => {
  website = await serveFolder({
    'index.html':
      '<!doctype html>\n<html lang="en">\n<head>\n<link rel="icon" href="data:,">\n<title>My small bakery</title>\n</head>\n<body>\n<h1>Bread</h1>\n</body>\n</html>\n',
  })
  server = await startServer({
    BECKON_ADMIN_EMAIL: undefined,
    BECKON_ADMIN_PASSWORD: undefined,
    BECKON_TRUST_PROXY: undefined,
  })
  browser = await launchChromium()
})
afterAll(async () => {
  await browser.close()
  await server.stop()
  await website.close()
  expect(complaints).toEqual([])
  expect(server.log()).not.toMatch(/"level":[4-6]0/)
})

test('S2 W18 from the first start to a chat, on a page of another program, by the screen alone', async () => {
  await eventually(() => server.printed()).toContain('with the code')
  const [address = ''] = /http:\/\/\S+\/console\/setup#code=\S+/.exec(server.printed()) ?? []
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    userAgent: USER_AGENT,
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  await openShadowRoots(context)
  const page = await context.newPage()
  listenForComplaints(page, 'agent', complaints)

  // 1. The account.
  await page.goto(address)
  await page.getByLabel('Name', { exact: true }).fill('Bea Baker')
  await page.getByLabel('Email').fill('bea@bakery.example')
  await page.getByLabel('Password', { exact: true }).fill('flour water salt and time')
  await page.getByRole('button', { name: 'Create the account' }).click()

  // 2. The team, later. 3. The website, by somebody who is quicker than the server.
  let letBrandsCome = () => {}
  const brandsMayCome = new Promise<void>((resolve) => {
    letBrandsCome = resolve
  })
  await page.route('**/api/v1/brands', async (route) => {
    await brandsMayCome
    await route.continue()
  })
  await page.getByRole('button', { name: 'Skip this step' }).click()
  await page.getByLabel('Address of the website').fill(website.origin)
  await page.getByText('Left empty, it is “Beckon”.').waitFor()
  await page.getByLabel('What your visitors call you').fill('Bea’s Bakery')
  await page.getByRole('button', { name: 'Get the snippet' }).click()
  letBrandsCome()
  await page.getByText('Waiting for the first hit…').waitFor()
  await page.getByRole('button', { name: 'Copy', exact: true }).first().click()
  await page.getByRole('button', { name: 'Copied' }).waitFor()
  const snippet = await page.evaluate(() => navigator.clipboard.readText())
  expect(snippet).toContain('<script async src=')

  // Pasted by hand into the file, as the screen says: before </head>.
  website.edit('index.html', (html) => html.replace('</head>', `${snippet}\n</head>`))
  const opened = context.waitForEvent('page')
  await page.getByRole('link', { name: 'Open my website' }).click()
  const bakery = new Visitor(await opened)
  listenForComplaints(bakery.page, 'visitor', complaints)

  // 4. The first visitor.
  await page.getByText(/That’s you: My small bakery/).waitFor()
  await page.getByRole('heading', { name: 'Your first visitor is here' }).waitFor()
  await eventually(() => page.getByText(': passed').count()).toBe(4)
  await page.getByRole('button', { name: "Continue to Who's On" }).click()

  const bea = new Agent(page, server.base)
  await eventually(() => page.title()).toBe('Bea’s Bakery')
  await bea.invites('My small bakery', 'Can I help you choose a loaf?')
  await bakery.page.bringToFront()
  await bakery.seesCard('Can I help you choose a loaf?')
  await bakery.replies('Something with rye')
  await bakery.seesMessage('Something with rye')

  await page.bringToFront()
  await bea.opensChats()
  await page.getByRole('link').filter({ hasText: 'Something with rye' }).click()
  const box = page.getByRole('textbox', { name: /^Message to/ })
  await box.fill('Then take the dark one.')
  await box.press('Enter')
  await bakery.page.bringToFront()
  await bakery.seesMessage('Then take the dark one.')
})

type StaticWebsite = {
  readonly origin: string
  edit(file: string, change: (text: string) => string): void
  close(): Promise<void>
}

/** Any web server that knows nothing of us; it runs as a program of its own. */
const PROGRAM = `
const { createServer } = require('node:http')
const { readFile } = require('node:fs')
createServer((request, response) => {
  const name = request.url.split('?')[0].slice(1) || 'index.html'
  readFile(name, (problem, text) => {
    response.writeHead(problem ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(problem ? '' : text)
  })
}).listen(0, '127.0.0.1', function () { console.log(this.address().port) })
`

async function serveFolder(files: Record<string, string>): Promise<StaticWebsite> {
  const folder = mkdtempSync(join(tmpdir(), 'bakery-'))
  const texts = new Map(Object.entries(files))
  const put = (file: string) => writeFileSync(join(folder, file), texts.get(file) ?? '')
  for (const file of texts.keys()) put(file)
  const program: ChildProcess = spawn(process.execPath, ['-e', PROGRAM], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [port] = await once(program.stdout as NodeJS.ReadableStream, 'data')
  return {
    origin: `http://127.0.0.1:${String(port).trim()}`,
    edit(file, change) {
      texts.set(file, change(texts.get(file) ?? ''))
      put(file)
    },
    async close() {
      program.kill()
      await once(program, 'exit')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
