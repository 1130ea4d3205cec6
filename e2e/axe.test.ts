import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './axe.ts'
import { type Agent, eventually, listenForComplaints, type Visitor } from './people.ts'
import { openScene, type Scene } from './scene.ts'
import { startServer } from './server.ts'

describe('the console for everyone', () => {
  let scene: Scene
  let ana: Agent
  let kim: Visitor
  beforeAll(async () => {
    scene = await openScene()
    await scene.addLink(scene.site, '#1d5c47')
    scene.page('/', { title: 'Gravel bikes', body: '<h1>Gravel bikes</h1>' })
    ana = await scene.agent()
    kim = await scene.visitor()
    await kim.page.goto(`${scene.website.origin}/`)
  })
  afterAll(async () => {
    await scene[Symbol.asyncDispose]()
  })

  const goes = async (path: string, heading: string | RegExp) => {
    await ana.page.goto(`${scene.server.base}/console${path}`)
    await ana.page.getByRole('heading', { name: heading }).first().waitFor()
  }

  test('Q axe finds nothing on the way in', async () => {
    const context = await scene.browser.newContext()
    const page = await context.newPage()
    listenForComplaints(page, 'newcomer', scene.complaints)
    await page.goto(`${scene.server.base}/console/`)
    await page.getByLabel('Email').waitFor()
    await expectAccessible(page, 'sign-in')
    await context.close()
  })

  test('Q axe finds nothing in the first run', async () => {
    const fresh = await startServer({ BECKON_ADMIN_EMAIL: '', BECKON_ADMIN_PASSWORD: '' })
    try {
      const context = await scene.browser.newContext()
      const page = await context.newPage()
      listenForComplaints(page, 'founder', scene.complaints)
      await page.goto(`${fresh.base}/console/`)
      await page.getByRole('heading', { name: 'Your account' }).waitFor()
      await expectAccessible(page, 'first run, account')
      await context.close()
    } finally {
      await fresh.stop()
    }
    await goes('/setup?step=team', 'Your team')
    await expectAccessible(ana.page, 'first run, team')
    await goes('/setup?step=website', /Your website|First visitor|snippet/i)
    await expectAccessible(ana.page, 'first run, website')
  })

  test("Q axe finds nothing on Who's On, its menus and its pane", async () => {
    await goes('/whos-on', "Who's On")
    await ana.seesRow('Gravel bikes')
    await expectAccessible(ana.page, 'list')
    await ana.page.keyboard.press('d')
    await expectAccessible(ana.page, 'list, compact')
    await ana.page.keyboard.press('d')
    await ana.row('Gravel bikes').click()
    await ana.page.getByRole('complementary', { name: 'Visitor' }).waitFor()
    await expectAccessible(ana.page, 'list with the pane')
    await ana.page.getByRole('tab', { name: /Pages/ }).click()
    await expectAccessible(ana.page, 'pane, pages')
    for (const name of ['Actions', 'Columns', /^Filter$/, 'New filter', /^Available/]) {
      await ana.page.getByRole('button', { name }).first().click()
      await expectAccessible(ana.page, `${name} open`, { over: true })
      await ana.page.keyboard.press('Escape')
    }
  })

  test('Q axe finds nothing on the Density Map', async () => {
    await goes('/whos-on?view=map', "Who's On")
    await ana.page.getByRole('button', { name: 'Zoom in' }).waitFor()
    await expectAccessible(ana.page, 'map')
  })

  test('Q axe finds nothing in the dialog, nor in the chat that follows', async () => {
    await goes('/whos-on', "Who's On")
    await ana.selects('Gravel bikes')
    await ana.choosesInvite()
    await eventually(() => ana.preview()).not.toBe('')
    await expectAccessible(ana.page, 'dialog')
    await ana.writesInvitation('')
    await expectAccessible(ana.page, 'dialog with nothing to say')
    await ana.writesInvitation('Which size do you ride?')
    await ana.sendsInvitation()
    await expectAccessible(ana.page, 'sent, with its toast')
    await kim.seesCard('Which size do you ride?')
    await ana.seesRow(/Viewed/)
    await expectAccessible(ana.page, 'viewed')
    await goes('/chats', 'Chats')
    await expectAccessible(ana.page, 'no chats')
    await kim.replies('54, I think')
    await ana.page
      .getByRole('link', { name: /54, I think/ })
      .first()
      .click()
    await ana.page.getByRole('log').waitFor()
    await expectAccessible(ana.page, 'chat')
  })

  test('Q W9 W12 W13 axe finds nothing with several recipients, nor in what asks first; on a phone they fill the screen', async () => {
    scene.page('/lee', { title: 'Lee reads', body: '<h1>Lee</h1>' })
    scene.page('/max', { title: 'Max reads', body: '<h1>Max</h1>' })
    const [lee, max] = [await scene.visitor(), await scene.visitor()]
    await lee.page.goto(`${scene.website.origin}/lee`)
    await max.page.goto(`${scene.website.origin}/max`)
    await goes('/whos-on', "Who's On")
    await ana.selects('Lee reads')
    await ana.selects('Max reads')
    await ana.choosesInvite()
    await ana.dialog.getByRole('list', { name: 'Recipients' }).waitFor()
    await expectAccessible(ana.page, 'several recipients')
    await ana.dialog.getByRole('button', { name: 'Saved messages' }).click()
    await expectAccessible(ana.page, 'saved messages', { over: true })
    await ana.page.keyboard.press('Escape')
    await ana.page.setViewportSize({ width: 390, height: 844 })
    await expectAccessible(ana.page, 'several recipients on a phone')
    expect(await ana.dialog.boundingBox()).toMatchObject({ x: 0, y: 0, width: 390, height: 844 })
    await ana.page.setViewportSize({ width: 1440, height: 900 })
    await ana.dialog.getByRole('button', { name: 'Send 2 invitations' }).click()
    await lee.declines()
    await ana.seesRow(/Lee reads.*Declined/)
    await goes('/whos-on', "Who's On")
    await ana.selects('Lee reads')
    await ana.chooses('Invite to Live Chat')
    await ana.courtesy.waitFor()
    await expectAccessible(ana.page, 'asked first')
    await ana.page.setViewportSize({ width: 390, height: 844 })
    await expectAccessible(ana.page, 'asked first on a phone')
    expect(await ana.courtesy.boundingBox()).toMatchObject({ width: 390, height: 844 })
    await ana.page.setViewportSize({ width: 1440, height: 900 })
    await ana.page.keyboard.press('Escape')
    await eventually(() => ana.courtesy.count()).toBe(0)
  })

  test('Q axe finds nothing in settings, reports and help', async () => {
    for (const [path, heading] of [
      ['/reports', 'Reports'],
      ['/help', 'Help'],
      ['/settings/sites', 'Sites'],
      [`/settings/sites/${scene.site.id}`, scene.site.name],
      ['/settings/links', 'Live chat links'],
      ['/settings/agents', 'Agents'],
      ['/settings/departments', 'Departments'],
      ['/settings/groups', 'Groups'],
      ['/settings/messages', 'Saved messages'],
      ['/settings/forms', 'Forms and survey'],
      ['/settings/articles', 'Help articles'],
      ['/settings/brands', 'Brands'],
      ['/settings/mail', 'Mail'],
      ['/chats/offline', 'Offline messages'],
      ['/nowhere', 'There is no such page'],
    ] as const) {
      await goes(path, heading)
      await ana.page.waitForLoadState('networkidle')
      await expectAccessible(ana.page, path)
    }
    await goes('/settings/forms', 'Forms and survey')
    await ana.page.getByRole('link', { name: /^Support/ }).click()
    await ana.page.getByRole('button', { name: 'Save' }).waitFor()
    await expectAccessible(ana.page, 'a form')
    await goes('/settings/links', 'Live chat links')
    await ana.page
      .getByRole('link', { name: /button/ })
      .first()
      .click()
    await ana.page.getByLabel('Greeting').waitFor()
    await expectAccessible(ana.page, 'link editor')
  })

  test('Q axe finds nothing on a phone', async () => {
    await ana.page.setViewportSize({ width: 390, height: 844 })
    for (const [path, heading] of [
      ['/whos-on', "Who's On"],
      ['/chats', 'Chats'],
      ['/settings/sites', 'Sites'],
      ['/settings/mail', 'Mail'],
      ['/chats/offline', 'Offline messages'],
    ] as const) {
      await goes(path, heading)
      await ana.page.waitForLoadState('networkidle')
      await expectAccessible(ana.page, `${path} on a phone`)
      expect(
        await ana.page.evaluate(() => document.documentElement.scrollWidth),
        `${path} is no wider than the phone`,
      ).toBe(390)
    }
    await ana.page.setViewportSize({ width: 1440, height: 900 })
  })
})
