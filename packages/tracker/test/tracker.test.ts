import { gzipSync } from 'node:zlib'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openStage, type Stage, until } from './stage.ts'

let stage: Stage
let context: BrowserContext
let page: Page
/** Errors and console lines of the page that are not the browser's own report of a failed request. */
let trouble: string[]

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

beforeEach(async () => {
  stage.reset()
  trouble = []
  context = await stage.newContext()
  page = await newPage()
})
afterEach(async () => {
  await context.close()
  expect(trouble).toEqual([])
})

async function newPage(): Promise<Page> {
  const opened = await context.newPage()
  opened.on('pageerror', (error) => trouble.push(error.message))
  opened.on('console', (line) => {
    if (line.location().url.startsWith('http') && /ERR_|Failed to load/.test(line.text())) return
    trouble.push(line.text())
  })
  return opened
}

const hello = (at = 0) => until(() => stage.frames('hello')[at], `hello ${at}`)

/** Waits until the page has been welcomed. */
async function visit(path: string, html = stage.snippet(), headers = {}): Promise<void> {
  const before = stage.frames('hello').length
  await page.goto(stage.page(path, html, headers))
  await hello(before)
}

describe('a visit', () => {
  test('S2 a page with the snippet says hello with what the row needs', async () => {
    await page.goto(stage.page('/a', stage.snippet()), {
      referer: 'https://search.test/?q=bikes#x',
    })
    expect(await hello()).toMatchObject({
      type: 'hello',
      v: 1,
      site: 'SITE_KEY',
      privacy: 'returning',
      page: { url: `${stage.shopOrigin}/a`, title: '/a' },
      visible: true,
      focused: true,
      language: 'en-US',
      screen: '1280x720',
    })
    expect((await hello()).timeZone).toBeTypeOf('string')
    expect((await hello()).robot).toBe(false)
  })

  test('Q the time zone comes without the slow Intl where the browser has Temporal', async () => {
    const counting = `<script>
      window.slow = 0
      Intl.DateTimeFormat = new Proxy(Intl.DateTimeFormat, { apply: (...call) => (window.slow++, Reflect.apply(...call)) })
    </script>`
    await visit('/a', counting + stage.snippet())
    expect(await page.evaluate('window.slow')).toBe(0)
    // A page's own word, and a browser that does not know it.
    await visit('/b', `<script>window.Temporal = {}</script>${counting}${stage.snippet()}`)
    expect(await page.evaluate('window.slow')).toBe(1)
    expect((await hello(1)).timeZone).toBe((await hello()).timeZone)
  })

  test('S3 a page without it makes no visitor and no hit', async () => {
    await page.goto(stage.page('/plain', 'nothing here'))
    await page.goto(
      stage.page('/nokey', `<script async src="${stage.beckonOrigin}/beckon.js"></script>`),
      {
        waitUntil: 'networkidle',
      },
    )
    expect(stage.lines).toHaveLength(0)
  })

  test('S2 token and visit are kept over pages and in a second tab', async () => {
    await visit('/a')
    await visit('/b')
    expect(await hello(1)).toMatchObject({ token: 'token-1', visit: 'visit-1-0000' })
    await until(() => stage.lines[0]?.closed === 1000)
    page = await newPage()
    await visit('/a')
    expect(await hello(2)).toMatchObject({ token: 'token-1', visit: 'visit-1-0000' })
    expect(stage.lines[1]?.closed).toBeUndefined()
    expect(stage.hits()).toEqual(['/a', '/b', '/a'])
  })

  test('S2 two tabs opened in the same moment are one visitor', async () => {
    const address = stage.page('/a', stage.snippet())
    const other = await newPage()
    await Promise.all([page.goto(address), other.goto(address)])
    expect(await hello(1)).toMatchObject({ token: 'token-1' })
    expect((await hello(0)).newToken).toMatch(/^\d+(-\d+){7}$/)
    expect((await hello(1)).newToken).toBeUndefined()
  })

  test('S2 a welcome that got lost makes no other visitor, and nothing is stored before one comes', async () => {
    stage.welcomeWith({ type: 'lost', privacy: undefined })
    await visit('/a')
    const { newToken } = await hello()
    expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0)
    stage.welcomeWith({})
    stage.lines[0]?.cut(4004)
    expect((await hello(1)).newToken).toBe(newToken)
  })

  test('W17 the tab that is left says so, the other one is focused', async () => {
    await visit('/a')
    const other = await newPage()
    await other.goto(stage.page('/b', stage.snippet()))
    await hello(1)
    await other.bringToFront()
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { value: true, configurable: true })
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
    })
    const attention = await until(() =>
      stage.lines[0]?.frames.find(({ visible }) => visible === false),
    )
    expect(attention).toMatchObject({ type: 'attention', visible: false, focused: false })
  })

  test('W2 input is told, and not more than once a minute', async () => {
    await visit('/a')
    await page.mouse.move(10, 10)
    await until(() => stage.frames('attention').some(({ active }) => active))
    for (let step = 0; step < 20; step++) await page.mouse.move(20 + step, 20)
    await page.keyboard.press('Tab')
    expect(stage.frames('attention').filter(({ active }) => active)).toHaveLength(1)
  })
})

describe('page views', () => {
  test('W17 navigation inside the document is a hit with its own title; a fragment is none', async () => {
    await visit('/spa')
    await page.evaluate(() => {
      location.hash = 'secret'
      history.pushState(null, '', '/spa/two?x=1#frag')
      setTimeout(() => {
        document.title = 'Two'
      }, 5)
    })
    const two = await until(() => stage.frames('page')[0])
    expect(two.page).toMatchObject({
      url: `${stage.shopOrigin}/spa/two?x=1`,
      referrer: `${stage.shopOrigin}/spa`,
    })
    // Pages set their title a moment after the address: it comes with the hit, or after it.
    const told = () => [two, ...stage.frames('page.update')].map((frame) => frame.page)
    await until(() => told().find(({ title }) => title === 'Two'))
    await page.evaluate(() => history.replaceState(null, '', '/spa/two?x=2'))
    const update = await until(() => told().find(({ url }) => url.endsWith('?x=2')))
    expect(update.id).toBe(two.page.id)
    await page.evaluate(() => history.back())
    await until(() => stage.frames('page')[1])
    expect(stage.hits()).toEqual(['/spa', '/spa/two?x=1', '/spa'])
  })

  test('W17 without the Navigation API a new page is found too, and no history is wrapped', async () => {
    await page.addInitScript(() => {
      Reflect.deleteProperty(window, 'navigation')
    })
    await visit('/old')
    await page.evaluate(() => {
      history.pushState(null, '', '/old/two')
      document.body.append('drawn')
    })
    await until(() => stage.frames('page')[0])
    expect(stage.hits()).toEqual(['/old', '/old/two'])
    expect(await page.evaluate(() => `${history.pushState}`)).toContain('[native code]')
  })

  test('W17 a later title and visible links update the same page', async () => {
    await visit('/links')
    await page.evaluate(() => {
      document.title = 'Later'
      document.body.insertAdjacentHTML(
        'beforeend',
        '<p data-beckon-link="one">x</p><p hidden data-beckon-link="no">x</p><p style="visibility:hidden" data-beckon-link="no">x</p><p data-beckon-link="two">x</p>',
      )
    })
    const update = await until(() => stage.frames('page.update')[0])
    expect(update.page).toMatchObject({ title: 'Later', links: ['one', 'two'] })
    expect(update.page.id).toBe((await hello()).page.id)
  })

  test('W17 back from the back/forward cache: closed with 1000 at once, then a new view', async () => {
    await visit('/a')
    await page.goto(stage.page('/other', 'elsewhere'))
    await until(() => stage.lines[0]?.closed === 1000)
    // `goBack` waits for a load, and a restored page does not load.
    await page.goBack({ waitUntil: 'commit' })
    await hello(1)
    expect(stage.requests).toEqual(['/beckon.js'])
    expect(stage.hits()).toEqual(['/a', '/a'])
  })

  test('W17 a prerendered page is no hit before somebody sees it', async () => {
    // Under automation Chromium prerenders nothing, so the page is told what it would see.
    await page.addInitScript(() => {
      let prerendering = true
      Object.defineProperty(document, 'prerendering', { get: () => prerendering })
      Object.assign(window, {
        activate() {
          prerendering = false
          document.dispatchEvent(new Event('prerenderingchange'))
        },
      })
    })
    await page.goto(stage.page('/a', stage.snippet()), { waitUntil: 'networkidle' })
    await page.evaluate(() => history.pushState(null, '', '/a/two'))
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 120)))
    expect(stage.lines).toHaveLength(0)
    await page.evaluate(() => window.activate?.())
    await hello()
    expect(stage.hits()).toEqual(['/a/two'])
  })

  test('W17 virtual page views', async () => {
    await visit('/a')
    await page.evaluate(() => {
      window.beckon.page({ url: '/checkout/2?s=1#f', title: 'Step 2' })
    })
    const view = await until(() => stage.frames('page')[0])
    expect(view.page).toMatchObject({ url: `${stage.shopOrigin}/checkout/2?s=1`, title: 'Step 2' })
  })
})

describe('privacy', () => {
  const stored = () =>
    page.evaluate(() =>
      [...Object.keys(localStorage), ...Object.keys(sessionStorage), document.cookie]
        .join(' ')
        .trim(),
    )

  test('W21 the level in force decides where anything is kept', async () => {
    stage.welcomeWith({ privacy: 'visit' })
    await visit('/a')
    await until(() => page.evaluate(() => sessionStorage.length === 2 && localStorage.length === 0))
    stage.welcomeWith({ privacy: 'presence' })
    await visit('/b')
    expect((await hello(1)).token).toBe('token-1')
    await until(async () => (await stored()) === '')
  })

  test('W21 Global Privacy Control: presence only, nothing stored, what was stored goes', async () => {
    await visit('/a')
    await until(stored)
    await page.addInitScript(() => {
      Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { value: true })
    })
    await visit('/b')
    expect(await hello(1)).toMatchObject({ privacy: 'presence' })
    expect((await hello(1)).token).toBeUndefined()
    expect(await stored()).toBe('')

    // A reply asks for storage: from then on the token is kept.
    stage.lines[1]?.say({
      type: 'token',
      token: 'asked-for',
      visit: 'visit-9-0000',
      privacy: 'returning',
    })
    await until(stored)
    await visit('/c')
    expect(await hello(2)).toMatchObject({ token: 'asked-for', privacy: 'returning' })
  })

  test('W21 data-privacy caps the level', async () => {
    await visit('/a', stage.snippet('data-site="SITE_KEY" data-privacy="visit"'))
    expect((await hello()).privacy).toBe('visit')
  })

  test('T28 consent pending: no storage and no request beyond the script', async () => {
    await page.goto(
      stage.page('/a', stage.snippet('data-site="SITE_KEY" data-consent="pending"')),
      {
        waitUntil: 'networkidle',
      },
    )
    expect(stage.lines).toHaveLength(0)
    expect(stage.requests).toEqual(['/beckon.js'])
    expect(await stored()).toBe('')
    await page.evaluate(() => window.beckon.consent(true))
    expect((await hello()).privacy).toBe('returning')
    await until(stored)
    await page.evaluate(() => window.beckon.consent('none'))
    await until(() => stage.lines[0]?.closed === 1000)
    expect(stage.frames('consent.withdrawn')).toHaveLength(1)
    expect(await stored()).toBe('')
    await page.evaluate(() => window.beckon.consent('presence'))
    expect(await hello(1)).toMatchObject({ privacy: 'presence' })
    expect((await hello(1)).newToken).toBeUndefined()
  })

  test('W21 where storage is forbidden the visit goes on in memory', async () => {
    await page.addInitScript(() => {
      for (const name of ['localStorage', 'sessionStorage']) {
        Object.defineProperty(window, name, {
          get() {
            throw new Error('SecurityError')
          },
        })
      }
    })
    await visit('/a')
    stage.lines[0]?.cut(4004)
    expect(await hello(1)).toMatchObject({ token: 'token-1', visit: 'visit-1-0000' })
  })
})

describe('the page’s calls', () => {
  test('W15 calls made before the script has loaded are heard', async () => {
    await page.goto(
      stage.page(
        '/a',
        `<script>(window.beckon = window.beckon || []).push(['identify', { name: 'Ana', email: 'ana@example.org', plan: 'Pro', Seats: 5, token: 'signature', attributes: { 'first-order': true }, odd: {}, '9x': 1 }])</script>${stage.snippet()}`,
      ),
    )
    expect((await hello()).identity).toEqual({
      attributes: {
        'first-order': 'true',
        name: 'Ana',
        email: 'ana@example.org',
        plan: 'Pro',
        Seats: '5',
        token: 'signature',
        '9x': '1',
      },
    })
    await page.evaluate(() => window.beckon.identify(null))
    await until(() => stage.frames('identify')[0]?.identity === null)
  })

  test('W15 who is named between the hello and its welcome is told with the welcome', async () => {
    const welcomed = stage.holdWelcomes()
    await visit('/a')
    await page.evaluate(() => window.beckon.identify({ name: 'Olga' }))
    expect(stage.frames('identify')).toEqual([])
    welcomed()
    const told = await until(() => stage.frames('identify')[0])
    expect(told.identity).toEqual({ attributes: { name: 'Olga' } })
    // A hello says it by itself: nothing is told twice.
    stage.lines[0]?.cut(1006)
    expect((await hello(1)).identity).toEqual({ attributes: { name: 'Olga' } })
    await page.evaluate(() => window.beckon.page({ title: 'Next' }))
    await until(() => stage.lines[1]?.frames.some(({ page }) => page?.title === 'Next'))
    expect(stage.frames('identify')).toHaveLength(1)
  })

  test('W15 so is somebody who is nobody any more, and nothing of theirs stays', async () => {
    const welcomed = stage.holdWelcomes()
    await visit('/a')
    await page.evaluate(() => window.beckon.identify(null))
    welcomed()
    const told = await until(() => stage.frames('identify')[0])
    expect(told.identity).toBe(null)
  })

  test('W15 the person changed: what was kept for the other one goes', async () => {
    await visit('/a')
    stage.lines[0]?.say({ type: 'chat', chat: { id: 'chat-0001', state: 'active' } })
    await until(() => page.evaluate(() => 'widgetPort' in window))
    await page.evaluate(() => window.widgetPort.storage.set('unsent:chat-0001', 'secret'))
    stage.lines[0]?.say({ type: 'reset' })
    stage.lines[0]?.say({
      type: 'token',
      token: 'new-person',
      visit: 'visit-2-0000',
      privacy: 'returning',
    })
    await until(() => page.evaluate(() => JSON.stringify(localStorage).includes('new-person')))
    const left = await page.evaluate(() => JSON.stringify(localStorage))
    expect(left).not.toContain('secret')
    expect(left).not.toContain('token-1')
    expect(await page.evaluate(() => window.widgetPort.welcome.chat)).toBeUndefined()
  })

  test('R24 no call throws, whatever is passed', async () => {
    await visit('/a')
    await page.evaluate(() => {
      const beckon = window.beckon as unknown as Record<string, (...args: unknown[]) => () => void>
      beckon.identify()
      beckon.identify('x')
      beckon.page({ url: 'http://[' })
      beckon.page(null)
      beckon.consent({})
      beckon.consent(true)
      beckon.open(1)
      beckon.close()
      beckon.track('x')
      beckon.push()
      beckon.push(['nothing'])
      beckon.push('open')
      beckon.on('state', () => {})()
    })
  })

  test('W15 the page can listen, and its own error stops nothing of ours', async () => {
    await visit('/a')
    await page.evaluate(() => {
      const page = window
      page.heardByPage = []
      page.beckon.on('chat', () => {
        throw new Error('the page’s own')
      })
      page.beckon.on('chat', (event) => {
        page.heardByPage.push((event as { chat: { state: string } }).chat.state)
      })
    })
    stage.lines[0]?.say({ type: 'chat', chat: { id: 'chat-0001', state: 'queued' } })
    await until(() => page.evaluate(() => window.heardByPage[0] === 'queued'))
    trouble = trouble.filter((line) => !line.includes('the page’s own'))
  })
})

describe('the widget', () => {
  const mounted = () => page.evaluate(() => document.querySelector('beckon-widget') !== null)
  const isOpen = () => page.evaluate(() => document.querySelector('beckon-widget[open]') !== null)

  test('R24 nothing to show: nothing is loaded', async () => {
    await visit('/a')
    await page.waitForLoadState('networkidle')
    expect(stage.requests).toEqual(['/beckon.js'])
  })

  test.each([
    ['a launcher', { look: { style: {}, launcher: true, online: true, siteName: 'Shop' } }],
    ['an open chat', { chat: { id: 'chat-0001', state: 'queued' } }],
    ['an invitation', { invitation: { id: 'inv-0001', state: 'viewed' } }],
  ])('S32 %s brings it', async (_, welcome) => {
    stage.welcomeWith(welcome)
    await visit('/a')
    await until(mounted)
    expect(await isOpen()).toBe(false)
  })

  test('S32 an invitation is acknowledged, and the widget starts from a true welcome', async () => {
    await visit('/a')
    stage.lines[0]?.say({ type: 'invitation', invitation: { id: 'inv-0001', state: 'sent' } })
    await until(() => stage.frames('invitation.delivered')[0]?.invitationId === 'inv-0001')
    await until(mounted)
    expect(await page.evaluate(() => window.widgetPort.welcome.invitation.id)).toBe('inv-0001')
    stage.lines[0]?.say({ type: 'invitation.ended', invitationId: 'inv-0001', state: 'ignored' })
    await until(() => page.evaluate(() => window.heard.includes('invitation.ended')))
    expect(await page.evaluate(() => window.widgetPort.welcome.invitation)).toBeUndefined()
  })

  test('C1 a live chat link on the page, also a later one, brings what opens it with its look', async () => {
    await visit('/a')
    await until(() => page.evaluate(() => localStorage.length > 0))
    expect(stage.requests.join()).not.toContain('links.js')
    await page.evaluate(() => {
      const link = document.createElement('p')
      link.dataset.beckonLink = 'one'
      document.body.append(link)
    })
    await until(() => page.evaluate(() => window.linksPort !== undefined))
    await page.evaluate(() => window.linksPort?.open({ linkId: 'one' } as never))
    await until(isOpen)
    const openedBy = () =>
      page.evaluate(() => document.querySelector('beckon-widget')?.getAttribute('open'))
    expect(await openedBy()).toBe('one')
    await page.evaluate(() => window.beckon.close())
    expect(await isOpen()).toBe(false)
  })

  test('C1 asked for before the script was there, the panel opens as soon as it is', async () => {
    await page.goto(
      stage.page(
        '/early',
        `<script>(window.beckon = window.beckon || []).push(['open'])</script>${stage.snippet()}`,
      ),
    )
    await until(isOpen)
  })

  test('R18 its port tells of a lost connection and of the next one', async () => {
    stage.welcomeWith({ chat: { id: 'chat-0001', state: 'active' } })
    await visit('/a')
    await until(mounted)
    await until(() => page.evaluate(() => window.widgetPort.state === 'open'))
    stage.lines[0]?.say({ type: 'move', withinMs: 0 })
    await hello(1)
    await until(() => stage.lines[0]?.closed === 1000)
    await until(() => page.evaluate(() => window.heard.join() === 'welcome,open'))
    expect(
      await page.evaluate(() =>
        window.widgetPort.send({ type: 'chat.open', chatId: 'chat-0001', after: 0 }),
      ),
    ).toBe(true)
    await until(() => stage.lines[1]?.frames.some(({ type }) => type === 'chat.open'))
  })
})

describe('staying away', () => {
  test('W8 tracking stopped: away until the next page view', async () => {
    await visit('/a')
    stage.lines[0]?.cut(4006)
    await until(() => stage.lines[0]?.closed === 4006)
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
    expect(stage.lines).toHaveLength(1)
    await page.evaluate(() => history.pushState(null, '', '/a/next'))
    expect((await hello(1)).page.url).toBe(`${stage.shopOrigin}/a/next`)
  })

  test('T2 a refused site: away for good', async () => {
    await visit('/a')
    stage.lines[0]?.cut(4001)
    await until(() => stage.lines[0]?.closed === 4001)
    await page.evaluate(() => history.pushState(null, '', '/a/next'))
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 120)))
    expect(stage.lines).toHaveLength(1)
  })

  test('R24 a dead server: no error and no console line of ours', async () => {
    const dead = stage.snippet().replace('async', `async onload="document.title = 'loaded'"`)
    await page.routeWebSocket(/ws\/visitor/, (socket) => socket.close({ code: 1006 }))
    await page.goto(stage.page('/a', dead))
    await until(async () => (await page.title()) === 'loaded')
    await page.evaluate(() => window.beckon.open())
  })

  test('W21 destroy leaves no trace', async () => {
    await page.goto(stage.page('/a', stage.snippet()))
    const before = await page.evaluate(() =>
      Object.keys(window)
        .filter((key) => key !== 'beckon')
        .join(),
    )
    await hello()
    stage.lines[0]?.say({ type: 'chat', chat: { id: 'chat-0001', state: 'active' } })
    await until(() => page.evaluate(() => document.querySelector('beckon-widget') !== null))
    await page.evaluate(() => {
      const page = window
      page.kept = page.beckon
      page.beckon.destroy()
      page.kept.consent(true)
      page.kept.open()
      page.kept.destroy()
    })
    await until(() => stage.lines[0]?.closed === 1000)
    await page.evaluate(() => {
      history.pushState(null, '', '/gone')
      document.body.append('x')
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
      window.dispatchEvent(new Event('online'))
    })
    expect(
      await page.evaluate(() => ({
        global: 'beckon' in window,
        stored: localStorage.length + sessionStorage.length,
        drawn: document.querySelectorAll('beckon-widget').length,
        keys: Object.keys(window)
          .filter((key) => !['beckon', 'kept', 'widgetPort', 'heard'].includes(key))
          .join(),
      })),
    ).toEqual({ global: false, stored: 0, drawn: 0, keys: before })
    expect(stage.lines).toHaveLength(1)
  })

  test('R24 the tag twice on a page is one visitor and one connection', async () => {
    await visit('/a', stage.snippet() + stage.snippet())
    await page.waitForLoadState('networkidle')
    expect(stage.lines).toHaveLength(1)
  })
})

describe('hostile pages', () => {
  test('T7 a strict policy with Trusted Types', async () => {
    stage.welcomeWith({ look: { style: {}, launcher: true, online: true, siteName: 'Shop' } })
    const ws = stage.beckonOrigin.replace('http', 'ws')
    await visit('/csp', stage.snippet(), {
      'Content-Security-Policy': `default-src 'none'; script-src ${stage.beckonOrigin}; connect-src ${ws}; require-trusted-types-for 'script'; trusted-types 'none'`,
    })
    await until(() => page.evaluate(() => document.querySelector('beckon-widget') !== null))
  })

  test('T7 patched prototypes do not garble frames, nor ours the page', async () => {
    stage.asset(
      '/hostile.js',
      `Array.prototype.toJSON = function () { return '[' + this.join(',') + ']' }
      Object.prototype.extend = function () {}
      Object.prototype.toJSON = function () { return 'x' }
      for (const name of ['forEach', 'map', 'filter', 'push', 'includes', 'indexOf', 'join', 'slice', 'reduce']) {
        const plain = Array.prototype[name]
        Array.prototype[name] = function (...args) { return this.hostile ? undefined : plain.apply(this, args) }
      }
      window.takeAway = () => {
        window.setTimeout = window.WebSocket = window.requestAnimationFrame = null
        JSON.stringify = JSON.parse = () => 'broken'
      }`,
    )
    await visit(
      '/hostile',
      `<script src="/hostile.js"></script><p data-beckon-link="one">x</p><p data-beckon-link="two">x</p>${stage.snippet()}`,
    )
    expect((await hello()).page.url).toBe(`${stage.shopOrigin}/hostile`)
    await page.evaluate('takeAway()')
    await page.evaluate(() => window.beckon.identify({ name: 'Ana', plan: 'Pro' }))
    const claim = await until(() => stage.frames('identify')[0])
    expect(claim.identity).toEqual({ attributes: { name: 'Ana', plan: 'Pro' } })
    // Reconnects although the page took the timers and the socket away.
    stage.lines[0]?.cut(4004)
    const again = await hello(1)
    expect(again.page.links).toEqual(['one', 'two'])
    expect(again.token).toBe('token-1')
  })
})

test('Q beckon.js is at most 4 KB', async () => {
  const script = await (await fetch(`${stage.beckonOrigin}/beckon.js`)).text()
  expect(gzipSync(script, { level: 9 }).length).toBeLessThanOrEqual(4_096)
})
