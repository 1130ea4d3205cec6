import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Agent, eventually, listenForComplaints, openShadowRoots } from './people.ts'
import { openScene, type Scene } from './scene.ts'
import { ADMIN } from './server.ts'

describe('an agent without a mouse', () => {
  let scene: Scene
  beforeAll(async () => {
    scene = await openScene()
    await scene.addLink(scene.site, '#1d5c47')
    scene.page('/', { title: 'Gravel bikes', body: '<h1>Gravel bikes</h1>' })
  })
  afterAll(async () => {
    await scene[Symbol.asyncDispose]()
  })

  test('W20 Q signs in, selects, invites, takes it back, invites again, answers and ends', async () => {
    const context = await scene.browser.newContext({ viewport: { width: 1440, height: 900 } })
    await openShadowRoots(context)
    const page = await context.newPage()
    listenForComplaints(page, 'agent', scene.complaints)
    const ana = new Agent(page, scene.server.base)
    const { keyboard } = page
    const kim = await scene.visitor()
    await kim.page.goto(`${scene.website.origin}/`)

    await page.goto(`${scene.server.base}/console/`)
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('autocomplete'))
    await eventually(focused).toContain('username')
    await keyboard.type(ADMIN.email)
    await keyboard.press('Tab')
    await keyboard.type(ADMIN.password)
    await keyboard.press('Enter')

    await ana.seesRow('Gravel bikes')
    await keyboard.press('j')
    await keyboard.press('x')
    await eventually(() =>
      ana.row('Gravel bikes').getByRole('checkbox', { checked: true }).count(),
    ).toBe(1)

    await writes('Which size do you ride?')
    await kim.seesCard('Which size do you ride?')
    await keyboard.press('u')
    await kim.seesNoCard()
    await ana.seesRow(/Withdrawn/)

    await writes('May I help you with sizes?')
    await kim.seesCard('May I help you with sizes?')
    await kim.replies('Yes, 54 or 56?')
    await ana.seesRow(/In chat/)

    await keyboard.press('o')
    await eventually(() => page.getByRole('log').textContent()).toContain('Yes, 54 or 56?')
    await eventually(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
    await keyboard.type('Take the 54.')
    await keyboard.press('Control+Enter')
    await kim.seesMessage('Take the 54.')

    await keyboard.press('Escape')
    await keyboard.press('e')
    await page.getByText('This chat has ended.').waitFor()
    await context.close()

    /** `i`, the text in place of what is offered, Ctrl+Enter. */
    async function writes(text: string) {
      await keyboard.press('i')
      await ana.dialog.waitFor()
      await eventually(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
      await keyboard.press('Control+a')
      await keyboard.type(text)
      await eventually(() => ana.preview().catch(() => '')).toBe(text)
      await keyboard.press('Control+Enter')
      await eventually(() => ana.dialog.count()).toBe(0)
    }
  })

  test('C6 C7 takes a chat out of the queue, answers and ends it', async () => {
    const ana = await scene.agent()
    const { keyboard } = ana.page
    const lee = await scene.visitor()
    await lee.page.goto(`${scene.website.origin}/`)
    await lee.page.getByRole('button', { name: 'Chat with us' }).press('Enter')
    await lee.panel.getByLabel('Your question').fill('Is it in stock?')
    await lee.panel.locator('button[type=submit]').press('Enter')

    for (const key of 'gc') await keyboard.press(key)
    const queue = ana.page.getByRole('radio', { name: /^Queue/ })
    await queue.focus()
    await keyboard.press('Space')
    await ana.page.getByRole('link').filter({ hasText: 'Is it in stock?' }).waitFor()
    await keyboard.press('Alt+ArrowDown')
    await ana.page.getByRole('button', { name: /^Take ↵/ }).waitFor()
    await keyboard.press('Enter')
    await eventually(() => ana.page.evaluate(() => document.activeElement?.tagName)).toBe(
      'TEXTAREA',
    )
    await keyboard.type('It is.')
    await keyboard.press('Enter')
    await lee.seesMessage('It is.')
    await keyboard.press('Escape')
    await keyboard.press('e')
    await lee.panel.getByText(/^This chat has ended|^Chat ended/).waitFor()
    await ana.page.context().close()
    await lee.page.context().close()
  })

  test('W20 letters go where the list of keys says', async () => {
    const ana = await scene.agent()
    const { keyboard } = ana.page
    const path = () => new URL(ana.page.url()).pathname + new URL(ana.page.url()).search
    for (const [keys, place] of [
      ['gm', '/console/whos-on?view=map'],
      ['gc', '/console/chats'],
      ['gr', '/console/reports'],
      ['gs', '/console/settings/sites'],
      ['gw', '/console/whos-on'],
    ] as const) {
      for (const key of keys) await keyboard.press(key)
      await eventually(path).toBe(place)
    }
    await ana.page.goto(`${scene.server.base}/console/chats/none`)
    await ana.page.getByText('There is no such chat').waitFor()
    await keyboard.press('?')
    const list = ana.page.getByRole('dialog', { name: 'Keyboard' })
    await list.getByText('Next, previous visitor').waitFor()
    await keyboard.press('Escape')
    await list.waitFor({ state: 'hidden' })
    await keyboard.press('Shift+A')
    await ana.page.getByRole('button', { name: /^Unavailable/ }).waitFor()
    await keyboard.press('Shift+A')
    await ana.page.getByRole('button', { name: /^Available/ }).waitFor()
    await keyboard.press('F6')
    const region = () =>
      ana.page.evaluate(() => document.activeElement?.closest('nav,main,aside')?.tagName)
    const first = await region()
    await keyboard.press('F6')
    expect(await region()).not.toBe(first)
  })
})
