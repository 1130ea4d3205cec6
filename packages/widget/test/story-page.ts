import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { build } from 'esbuild'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { launchChromium } from '../../../scripts/lib/chromium.mjs'
// @ts-expect-error the build script is plain JavaScript
import { buildWidget } from '../build.mjs'

/*
 * The story page, built and served under the strictest policy a customer's page may have, and a
 * browser to open it with. Test code opens the closed root from outside, as a journey would.
 */

const stories = join(import.meta.dirname, '../stories')

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
}

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

export async function openStories() {
  const folder = await mkdtemp(join(tmpdir(), 'beckon-stories-'))
  const { entryFile, words }: { entryFile: string; words: string } = await buildWidget({
    outdir: join(folder, 'beckon'),
  })
  await build({
    entryPoints: { main: join(stories, 'main.ts') },
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2020',
    logLevel: 'error',
    define: { __WORDS__: JSON.stringify(words) },
  })
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://page').pathname
    const name = path === '/' ? 'index.html' : path.slice(1)
    const home = extname(name) === '.js' ? folder : stories
    const body = await readFile(join(home, name)).catch(() => undefined)
    response.writeHead(body ? 200 : 404, {
      'content-type': TYPES[extname(name)] ?? 'text/plain',
      'content-security-policy': POLICY,
    })
    response.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const browser: Browser = await launchChromium()

  return {
    /** Address of the widget as it is shipped. */
    built: `/beckon/${entryFile}`,
    /** Opens one story; `complaints` collects errors and refusals by the page's policy. */
    async open(
      query: string,
      options: BrowserContextOptions & { closed?: boolean; css?: string } = {},
    ) {
      const { closed = false, css, ...context } = options
      const tab = await browser.newContext({
        viewport: { width: 1100, height: 720 },
        colorScheme: 'light',
        reducedMotion: 'reduce',
        ...context,
      })
      const page = await tab.newPage()
      const complaints: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(error.message))
      if (!closed) await page.addInitScript(openRoots)
      if (css) await page.addInitScript(addHostileSheet, css)
      await page.goto(`${origin}/?story=${query}`)
      await waitFor(page, () => window.ready === true)
      return Object.assign(page, { complaints, done: () => tab.close() })
    },
    async close() {
      await browser.close()
      server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function openRoots(): void {
  const { attachShadow } = Element.prototype
  Element.prototype.attachShadow = function (init) {
    return attachShadow.call(this, { ...init, mode: 'open' })
  }
}

function addHostileSheet(css: string): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  document.adoptedStyleSheets = [sheet]
}

/** Playwright's own waiting evaluates text, which the page's policy refuses. */
export async function waitFor(page: Page, fact: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await page.evaluate(fact)) return
    await page.waitForTimeout(25)
  }
  throw new Error(`This did not become true: ${fact}`)
}
