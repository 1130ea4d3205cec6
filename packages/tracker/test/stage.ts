import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext } from 'playwright-core'
import { type WebSocket, WebSocketServer } from 'ws'
import { launchChromium } from '../../../scripts/lib/chromium.mjs'
import { buildTracker } from '../build.mjs'

/*
 * A stranger's website on one origin and a recording Beckon server on another. The server says what
 * a test tells it to; the widget is a stand-in that leaves marks on the page.
 */

// biome-ignore lint/suspicious/noExplicitAny: recorded frames are read freely in tests
export type Frame = { type: string; [key: string]: any }

export type Line = {
  frames: Frame[]
  closed?: number
  say(frame: object): void
  cut(code: number): void
}

const LOOK = { style: {}, launcher: false, online: true, siteName: 'Shop' }

const WIDGET = `export const mount = (port) => {
  const mark = document.createElement('beckon-widget')
  document.documentElement.append(mark)
  globalThis.widgetPort = port
  globalThis.heard = []
  port.on((happening) => globalThis.heard.push(happening.type === 'frame' ? happening.frame.type : happening.state))
  return {
    open(look) { mark.setAttribute('open', look ? look.linkId : '') },
    close() { mark.removeAttribute('open') },
    destroy() { mark.remove() },
  }
}`

const LINKS = 'export const mount = (port) => { globalThis.linksPort = port }'

/** Facts are waited for; a fact that does not come fails the test. */
export async function until<T>(
  fact: () => T | Promise<T>,
  what = String(fact),
): Promise<NonNullable<T>> {
  const end = performance.now() + 20_000
  for (;;) {
    const value = await fact()
    if (value) return value
    if (performance.now() > end) throw new Error(`This did not come true: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

export async function openStage() {
  const folder = await mkdtemp(join(tmpdir(), 'beckon-tracker-'))
  const { file } = await buildTracker({
    widgetFile: 'widget-test.js',
    outfile: join(folder, 'beckon.js'),
  })
  const script = await readFile(file)
  const fallback = await readFile(join(folder, 'http.js'))
  const lines: Line[] = []
  const requests: string[] = []
  let welcome: object = {}
  let late: (() => void)[] | undefined

  const beckon = createServer((request, response) => {
    requests.push(request.url ?? '')
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
    response.setHeader('Content-Type', 'text/javascript')
    const { url = '' } = request
    if (url.startsWith('/beckon/http.js')) response.end(fallback)
    else if (url.startsWith('/beckon/lazy/links.js')) response.end(LINKS)
    else response.end(url.startsWith('/beckon/') ? WIDGET : script)
  })
  const sockets = new WebSocketServer({ server: beckon, path: '/ws/visitor' })
  sockets.on('connection', (socket: WebSocket) => {
    const line: Line = {
      frames: [],
      say: (frame) => socket.send(JSON.stringify(frame)),
      cut: (code) => (code === 1006 ? socket.terminate() : socket.close(code)),
    }
    lines.push(line)
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as Frame
      line.frames.push(frame)
      if (frame.type !== 'hello') return
      const token =
        frame.token || frame.privacy === 'presence' ? undefined : `token-${lines.length}`
      const greet = () =>
        line.say({
          type: 'welcome',
          v: 1,
          now: Date.now(),
          privacy: frame.privacy,
          token,
          visit: frame.visit ?? `visit-${lines.length}-0000`,
          look: LOOK,
          ...welcome,
        })
      if (late) late.push(greet)
      else greet()
    })
    socket.on('close', (code) => {
      line.closed = code
    })
  })
  const beckonOrigin = await listen(beckon)

  const pages = new Map<string, { html: string; headers: Record<string, string> }>()
  const shop = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname
    const page = pages.get(path)
    response.writeHead(page ? 200 : 404, {
      'Content-Type': path.endsWith('.js') ? 'text/javascript' : 'text/html',
      ...page?.headers,
    })
    response.end(page?.html ?? '')
  })
  const shopOrigin = (await listen(shop)).replace('localhost', '127.0.0.1')

  // Playwright switches the back/forward cache off.
  const browser = await launchChromium({ whole: true, without: ['--disable-back-forward-cache'] })

  return {
    lines,
    requests,
    beckonOrigin,
    shopOrigin,
    browser,
    newContext: (): Promise<BrowserContext> => browser.newContext(),
    welcomeWith(more: object): void {
      welcome = more
    },
    /** From now on nobody is welcomed until what it answers is called. */
    holdWelcomes(): () => void {
      const held: (() => void)[] = []
      late = held
      return () => {
        late = undefined
        for (const greet of held) greet()
      }
    },
    reset(): void {
      late = undefined
      lines.length = 0
      requests.length = 0
      welcome = {}
    },
    /** Frames of all connections, in order. */
    frames: (type: string): Frame[] =>
      lines.flatMap(({ frames }) => frames.filter((frame) => frame.type === type)),
    /** Every page view the server would count: pages of hellos and `page` frames, each id once. */
    hits(): string[] {
      const seen = new Map<string, string>()
      for (const { frames } of lines) {
        for (const { type, page } of frames) {
          if ((type === 'hello' || type === 'page') && !seen.has(page.id)) {
            seen.set(page.id, page.url.replace(shopOrigin, ''))
          }
        }
      }
      return [...seen.values()]
    },
    snippet: (attributes = 'data-site="SITE_KEY"') =>
      `<script async src="${beckonOrigin}/beckon.js" ${attributes}></script>`,
    page(path: string, html: string, headers: Record<string, string> = {}): string {
      pages.set(path, { html: `<!doctype html><title>${path}</title><body>${html}`, headers })
      return shopOrigin + path
    },
    asset(path: string, text: string): void {
      pages.set(path, { html: text, headers: {} })
    },
    async close(): Promise<void> {
      await browser.close()
      for (const client of sockets.clients) client.terminate()
      sockets.close()
      await Promise.all([stop(beckon), stop(shop)])
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export type Stage = Awaited<ReturnType<typeof openStage>>
export type { Browser }

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve(`http://localhost:${(server.address() as AddressInfo).port}`),
    )
  })
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
