import type { VisitorServerFrame } from '@beckon/protocol'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchChromium, USER_AGENT } from '../scripts/lib/chromium.mjs'
import {
  eventually,
  listenForComplaints,
  openShadowRoots,
  PROMPTLY_MS,
  type Visitor,
} from './people.ts'
import { openScene, type Scene } from './scene.ts'
import { chatBetween, counted, heard, openChat, write } from './talk.ts'

const NAVIGATIONS = 20

describe('a guest on the visitor’s pages', () => {
  let scene: Scene
  beforeAll(async () => {
    // Short, so that silence and its consequences come within the test.
    scene = await openScene({
      BECKON_PING_SECONDS: '2',
      BECKON_PONG_SECONDS: '1',
      BECKON_GRACE_SECONDS: '1',
    })
    for (const path of ['/kim', '/lee', '/bye', '/quiet', '/cached', '/shared', '/away']) {
      scene.page(path, { title: `Page ${path.slice(1)}`, body: '<h1>Hello</h1><p>Words</p>' })
    }
    for (let at = 1; at <= NAVIGATIONS; at += 1) {
      for (const who of ['kim', 'lee']) {
        scene.page(`/${who}/${at}`, { title: `Page ${who} ${at}`, body: '<h1>On</h1>' })
      }
    }
  })
  afterAll(async () => {
    // The browser's own lines about a server that is away.
    scene.forgive(/WebSocket connection to|ERR_CONNECTION_(REFUSED|RESET)|ERR_EMPTY_RESPONSE/)
    await scene[Symbol.asyncDispose]()
  })

  test('R19 twenty pages in a row while both write: no word lost, none doubled', {
    timeout: 240_000,
  }, async () => {
    const ana = await scene.agent()
    await ana.opensWhosOn()
    const kim = await opens(scene, '/kim')
    await chatBetween(ana, kim, 'Page kim')

    const said = Array.from({ length: NAVIGATIONS }, (_, at) => `Kim on page ${at + 1}.`)
    const answered = Array.from({ length: NAVIGATIONS }, (_, at) => `Ana's answer ${at + 1}.`)
    for (const [at, text] of said.entries()) {
      await kim.writes(text)
      await write(ana, answered[at] as string)
      await kim.page.goto(`${scene.website.origin}/kim/${at + 1}`)
      await kim.panel.getByRole('textbox').waitFor()
    }
    const all = [...said, ...answered]
    for (const side of [kim, ana]) {
      await eventually(async () => counted(await heard(side), all)).toEqual(all.map(() => 1))
    }
    const log = await heard(kim)
    const places = said.map((text) => log.indexOf(text))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    await ana.opensWhosOn()
    await ana.seesRow(`Page kim ${NAVIGATIONS}`)
    await kim.page.context().close()
  })

  test('R19 S46 an open invitation follows over twenty pages with the time it has left', async () => {
    const ana = await scene.agent()
    await ana.opensWhosOn()
    const lee = await opens(scene, '/lee')
    const welcomes: { at: number; leftMs: number }[] = []
    lee.page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => {
        const frame = JSON.parse(String(payload)) as VisitorServerFrame
        const leftMs = frame.type === 'welcome' && frame.invitation?.remainingMs
        if (leftMs) welcomes.push({ at: performance.now(), leftMs })
      })
    })
    await ana.invites('Page lee', 'Following you?')
    await lee.seesCard('Following you?')
    await ana.seesRow(/Viewed/)
    for (let at = 1; at <= NAVIGATIONS; at += 1) {
      await lee.page.goto(`${scene.website.origin}/lee/${at}`)
      await lee.seesCard('Following you?')
    }
    expect(welcomes.length).toBe(NAVIGATIONS)
    const ends = welcomes.map(({ at, leftMs }) => at + leftMs)
    expect(Math.max(...ends) - Math.min(...ends)).toBeLessThan(4_000)
    await ana.seesRow(new RegExp(`Page lee ${NAVIGATIONS}.*Viewed`))
    await lee.declines()
    await lee.seesNoCard()
    await ana.seesRow(new RegExp(`Page lee ${NAVIGATIONS}.*Declined`))
    await lee.page.context().close()
  })

  test('R18 a page whose scripts the browser has stopped stays online: it still answers pings', async () => {
    const ana = await scene.agent()
    await ana.opensWhosOn()
    const quiet = await opens(scene, '/quiet')
    await ana.seesRow(/Active.*Page quiet/)
    const browser = await quiet.page.context().newCDPSession(quiet.page)
    await browser.send('Page.setWebLifecycleState', { state: 'frozen' })

    // Silence would have made it pending after 2 + 1 + 1 seconds.
    const since = performance.now()
    await eventually(() => performance.now() - since, 20_000).toBeGreaterThan(8_000)
    await ana.seesRow(/Active.*Page quiet/)
    await browser.send('Page.setWebLifecycleState', { state: 'active' })
    await quiet.page.context().close()
    await ana.seesRow(/Pending.*Page quiet/)
  })

  test('R18 a page that comes back from the back/forward cache is the same visitor within 2 s', async () => {
    const browser = await launchChromium({ whole: true, without: ['--disable-back-forward-cache'] })
    const context = await browser.newContext({ userAgent: USER_AGENT })
    await openShadowRoots(context)
    const page = await context.newPage()
    listenForComplaints(page, 'visitor', scene.complaints)
    scene.page('/next', { title: 'Page next' })
    const ana = await scene.agent()
    await ana.opensWhosOn()
    await page.goto(`${scene.website.origin}/cached`)
    await ana.seesRow('Page cached')
    await page.evaluate(() => {
      document.documentElement.dataset.kept = 'yes'
    })
    await page.goto(`${scene.website.origin}/next`)
    await ana.seesRow('Page next')
    await page.goBack({ waitUntil: 'commit' })
    expect(await page.evaluate(() => document.documentElement.dataset.kept)).toBe('yes')
    await ana.seesRow(/Active.*Page cached/, PROMPTLY_MS)
    expect(await ana.row('Page next').count()).toBe(0)
    await browser.close()
  })

  test('W15 identify(null): the next person sees nothing of the chat before, the agent keeps it', async () => {
    const ana = await scene.agent()
    await ana.opensWhosOn()
    const desk = await opens(scene, '/shared')
    await ana.seesRow('Page shared')
    await call(desk.page, 'identify', { name: 'Olga' })
    await ana.seesRow(/Olga.*Page shared/)
    await chatBetween(ana, desk, 'Olga')
    await write(ana, 'Between the two of us.')
    await desk.seesMessage('Between the two of us.')

    await call(desk.page, 'identify', null)
    await eventually(() => desk.page.getByText('Between the two of us.').count()).toBe(0)
    await desk.page.reload()
    await ana.opensWhosOn()
    await eventually(() => ana.row('Page shared').filter({ hasNotText: 'Olga' }).count()).toBe(1)
    expect(await desk.page.getByText('Between the two of us.').count()).toBe(0)
    const kept = await desk.page.evaluate(() => JSON.stringify({ ...localStorage }))
    expect(kept).not.toContain('Between')

    await ana.opensChats()
    await openChat(ana, 'Between the two of us.')
    await desk.page.context().close()
  })

  test('W21 destroy() leaves no trace, and the visitor is gone from the list’s active ones', async () => {
    await scene.addLink(scene.site, '#1d5c47')
    const ana = await scene.agent()
    await ana.opensWhosOn()
    const bye = await opens(scene, '/bye')
    await bye.page.getByRole('button', { name: 'Chat with us' }).click()
    await bye.panel.waitFor()
    await ana.seesRow(/Active.*Page bye/)
    await call(bye.page, 'destroy')
    expect(await traces(bye.page)).toEqual({ elements: 0, kept: [], cookie: '', global: false })
    await ana.seesRow(/Pending.*Page bye/)
    await bye.page.context().close()
  })

  test('R24 without a server the page is as if there were no snippet, and with it back they appear', async () => {
    const ana = await scene.agent()
    await ana.opensWhosOn()
    const here = await opens(scene, '/away')
    await ana.seesRow('Page away')

    await scene.server.killHard()
    const late = await scene.visitor()
    const uncaught: string[] = []
    late.page.on('pageerror', (error) => uncaught.push(error.message))
    await late.page.addInitScript(() => {
      const shifts: number[] = []
      Object.assign(window, { shifts })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          shifts.push((entry as PerformanceEntry & { value: number }).value)
        }
      }).observe({ type: 'layout-shift', buffered: true })
    })
    await late.page.goto(`${scene.website.origin}/quiet`)
    expect(uncaught).toEqual([])
    expect(
      await late.page.evaluate(() => (window as unknown as { shifts: number[] }).shifts),
    ).toEqual([])
    expect(await traces(late.page)).toEqual({ elements: 0, kept: [], cookie: '', global: false })
    // The launcher of who was here before stays, and shifts nothing either.
    await here.page.getByRole('heading', { name: 'Hello' }).click()

    await scene.server.restart()
    // After a few attempts in vain the next one may be a minute away; a network that returns is told.
    for (const { page } of [ana, here]) {
      await page.evaluate(() => window.dispatchEvent(new Event('online')))
    }
    await ana.seesRow(/Active.*Page away/, 90_000)
    await late.page.goto(`${scene.website.origin}/lee/1`)
    await ana.seesRow(/Active.*Page lee 1/)
    expect(uncaught).toEqual([])
  })
})

async function opens(scene: Scene, path: string): Promise<Visitor> {
  const visitor = await scene.visitor()
  await visitor.page.goto(`${scene.website.origin}${path}`)
  return visitor
}

/** As the website's own script calls it. */
const call = (page: Page, method: string, argument?: unknown): Promise<void> =>
  page.evaluate(
    ([name, given]) => {
      const { beckon } = window as unknown as { beckon: Record<string, (value: unknown) => void> }
      beckon[name as string]?.(given)
    },
    [method, argument],
  )

/** What is left of us on a page, besides the website's own snippet. */
const traces = (page: Page) =>
  page.evaluate(() => ({
    elements: document.querySelectorAll('beckon-widget').length,
    kept: [...Object.keys(localStorage), ...Object.keys(sessionStorage)],
    cookie: document.cookie,
    global: 'beckon' in window,
  }))
