import { afterAll, beforeAll, expect, test } from 'vitest'
import { paneOf, showsTab } from './pane.ts'
import { Agent, eventually, type Visitor } from './people.ts'
import { openScene, type Scene } from './scene.ts'

/* Everything the pane tells of a visitor, by two agents at once, while they are here and after. */

const HOSTILE = '<img src=x onerror="window.hit=1"><b>bold</b> \u202eevil'

let scene: Scene
let ana: Agent
beforeAll(async () => {
  scene = await openScene({ BECKON_IDLE_MINUTES: '1', BECKON_REMOVED_SECONDS: '1' })
  ana = await scene.agent()
})
afterAll(() => scene?.[Symbol.asyncDispose]())

const panelSays = (agent: Agent) =>
  eventually(() => paneOf(agent).getByRole('tabpanel').textContent())

async function readsPages(visitor: Visitor, ...pages: [path: string, title: string][]) {
  for (const [path, title] of pages) {
    scene.page(path, { title })
    await visitor.page.goto(`${scene.website.origin}${path}`)
    // Whoever leaves a page before its script has run was never seen on it.
    await ana.seesRow(path)
  }
}

/** Another tab of the console, in which the server's words can be held and let through one by one. */
async function heldConsole(agent: Agent) {
  const page = await agent.page.context().newPage()
  const held = { on: false, words: [] as (() => void)[] }
  await page.routeWebSocket(/\/ws\/agent$/, (line) => {
    line.connectToServer().onMessage((word) => {
      if (held.on) held.words.push(() => line.send(word))
      else line.send(word)
    })
  })
  // Earlier visits are asked for beside it.
  await page.route(/\/visitors\/[^/]+\/visits\?/, (route) => {
    held.words.push(() => void route.continue())
  })
  const tab = new Agent(page, agent.base)
  await tab.looksAfresh()
  return { held, tab }
}

test('W4 W5 T4 every tab, notes and tags for two agents at once, the link, and a visitor who has left', async () => {
  const bo = await scene.agent(await scene.addAgent('Bo'))
  const kim = await scene.visitor()
  await ana.looksAfresh()
  await readsPages(kim, ['/one', 'First page'], ['/two', 'Second page'], ['/three', HOSTILE])
  await kim.page.evaluate(
    (name) =>
      (window as { beckon?: { identify(who: object): void } }).beckon?.identify({
        name: 'Kim Vale',
        email: 'kim@example.com',
        attributes: { plan: name },
      }),
    HOSTILE,
  )

  // Enter opens the pane; arrows go through all tabs; Escape closes it.
  await ana.looksAfresh()
  await ana.seesRow('Kim Vale')
  await ana.page.keyboard.press('j')
  await ana.page.keyboard.press('Enter')
  await paneOf(ana).getByRole('heading', { name: 'Kim Vale' }).waitFor()
  await paneOf(ana).getByRole('tab', { name: 'Summary' }).focus()
  for (const name of [
    'Pages',
    'Map',
    'Visits',
    'Chats',
    'Invitations',
    'Attributes',
    'Notes',
    'Time line',
  ]) {
    await ana.page.keyboard.press('ArrowRight')
    await paneOf(ana).getByRole('tabpanel', { name }).waitFor()
  }
  await ana.page.keyboard.press('Escape')
  await eventually(() => paneOf(ana).count()).toBe(0)
  await ana.row('Kim Vale').click()
  const visitId = new URL(ana.page.url()).searchParams.get('visit')

  await showsTab(ana, 'Pages')
  await panelSays(ana).toMatch(/First page.*$/)
  await eventually(() => paneOf(ana).getByRole('listitem').count()).toBe(3)
  await expect(paneOf(ana).locator('li[aria-current]').textContent()).resolves.toContain('<b>bold')
  await showsTab(ana, 'Attributes')
  await panelSays(ana).toContain('<img src=x onerror')
  await panelSays(ana).toContain('Not verified')

  // What one agent writes the other reads, without asking.
  await bo.looksAfresh()
  await bo.row('Kim Vale').click()
  await showsTab(bo, 'Notes')
  await showsTab(ana, 'Notes')
  await paneOf(ana).getByRole('textbox', { name: 'New note' }).fill(`Call back ${HOSTILE}`)
  await paneOf(ana).getByRole('button', { name: 'Add note' }).click()
  await panelSays(bo).toContain('Call back <img')
  await expect(paneOf(bo).getByRole('button', { name: 'Edit' }).count()).resolves.toBe(0)
  await paneOf(ana).getByRole('button', { name: 'Edit' }).click()
  await paneOf(ana).getByRole('textbox', { name: 'Note', exact: true }).fill('Call back on Friday')
  await paneOf(ana).getByRole('button', { name: 'Save note' }).click()
  await panelSays(bo).toContain('edited')
  await panelSays(bo).toContain('Call back on Friday')

  await paneOf(ana).getByRole('button', { name: 'Tag', exact: true }).click()
  await ana.page.getByRole('combobox', { name: 'Add a tag' }).fill('Trade buyer')
  await ana.page.keyboard.press('Enter')
  await eventually(() =>
    paneOf(bo).getByRole('button', { name: 'Remove Trade buyer' }).count(),
  ).toBe(1)
  const lee = await scene.visitor()
  await readsPages(lee, ['/lee', 'Lee’s page'])
  await bo.row('Lee’s page').click()
  await eventually(() => paneOf(bo).getByRole('heading').first().textContent()).not.toBe('Kim Vale')
  await paneOf(bo).getByRole('button', { name: 'Tag', exact: true }).click()
  await bo.page.getByRole('combobox', { name: 'Add a tag' }).fill('trade')
  await bo.page.getByRole('option', { name: 'Trade buyer' }).click()
  await eventually(() =>
    paneOf(bo).getByRole('button', { name: 'Remove Trade buyer' }).count(),
  ).toBe(1)

  // An invitation, its end, a chat: each stands where it belongs.
  await ana.invites('Kim Vale', 'May I help with that?')
  await kim.seesCard('May I help with that?')
  await kim.replies('Yes, please')
  await kim.seesMessage('Yes, please')
  await ana.row('Kim Vale').click()
  await showsTab(ana, 'Invitations')
  await panelSays(ana).toMatch(/Accepted.*May I help with that\?.*On the screen/)
  await showsTab(ana, 'Time line')
  for (const words of [
    'Came to the site',
    'First page',
    'Kim Vale',
    'Call back on Friday',
    'Chat 1',
  ]) {
    await panelSays(ana).toContain(words)
  }
  await showsTab(ana, 'Chats')
  await paneOf(ana)
    .getByRole('link', { name: /Chat 1/ })
    .click()
  await ana.page.getByRole('log').getByText('Yes, please').waitFor()
  await paneOf(ana).getByRole('heading', { name: 'Kim Vale' }).waitFor()
  await showsTab(ana, 'Notes')
  await panelSays(ana).toContain('Call back on Friday')

  // Pinned it stays while the agent goes on, also when the visitor has left.
  await ana.looksAfresh()
  await ana.row('Kim Vale').click()
  await paneOf(ana).getByRole('button', { name: 'Keep this visitor here' }).click()
  await ana.row('Lee’s page').click()
  await paneOf(ana).getByRole('heading', { name: 'Kim Vale' }).waitFor()
  await ana.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await paneOf(ana).getByRole('button', { name: 'Copy link to this visitor' }).click()
  const link = await ana.page.evaluate(() => navigator.clipboard.readText())
  expect(link).toBe(`${scene.server.base}/console/whos-on?visit=${visitId}`)
  const edge = paneOf(ana).getByRole('separator', { name: 'Width of the pane' })
  await edge.focus()
  await ana.page.keyboard.press('ArrowLeft')
  await eventually(() => edge.getAttribute('aria-valuenow')).toBe('334')

  await kim.page
    .getByRole('button', { name: 'End chat' })
    .click()
    .catch(() => {})
  const chats = await scene.rest.get<{ items: { id: string }[] }>('/chats?state=ended')
  if (chats.items.length === 0) {
    await ana.page.goto(`${scene.server.base}/console/chats`)
    await ana.page
      .getByRole('link', { name: /Yes, please/ })
      .first()
      .click()
    await ana.page.getByRole('button', { name: 'End chat' }).click()
    await ana.page.goto(link)
  }
  await bo.page.goto(link)
  await paneOf(bo).getByRole('heading', { name: 'Kim Vale' }).waitFor()
  await ana.row('Kim Vale').click({ button: 'left' })
  await ana.chooses('Remove')
  await eventually(() => paneOf(bo).textContent()).toMatch(/No longer on the site\. Left/)
  await showsTab(bo, 'Pages')
  await panelSays(bo).toContain('Second page')

  // Whoever follows the link later is told what is kept; back on the site, the pane leads there.
  await eventually(() => ana.row('Kim Vale').count(), 20_000).toBe(0)
  await bo.page.goto('about:blank')
  await bo.page.goto(link)
  await eventually(() => paneOf(bo).textContent()).toMatch(/No longer on the site\. Left/)
  await expect(
    paneOf(bo).getByRole('button', { name: 'Invite to Live Chat' }).count(),
  ).resolves.toBe(0)
  await kim.page.goto(`${scene.website.origin}/one`)
  await paneOf(bo).getByRole('link', { name: 'Back on the site now' }).click()
  await eventually(() => paneOf(bo).textContent()).toContain('2nd visit')
  await showsTab(bo, 'Visits')
  await paneOf(bo).getByRole('tabpanel').getByRole('button').first().click()
  await panelSays(bo).toMatch(/First page.*Second page/)
  expect(await ana.page.evaluate(() => (window as { hit?: number }).hit)).toBeUndefined()
}, 120_000)

test('UI 5.3 what the pane can do keeps its place while what it tells comes in, word by word', async () => {
  const max = await scene.visitor()
  scene.page('/slow', { title: 'A slow line' })
  await max.page.goto(`${scene.website.origin}/slow`)
  await ana.looksAfresh()
  await ana.seesRow('A slow line')
  const { held, tab } = await heldConsole(ana)
  const pane = paneOf(tab)
  await tab.seesRow('A slow line')
  held.on = true
  await tab.row('A slow line').click()
  const invite = pane.getByRole('button', { name: /^Invite to Live Chat/ })
  const tabs = pane.getByRole('tab', { name: /^(Summary|Pages|Map|Visits|Chats)/ })
  await invite.waitFor()
  const places = async () => [
    await invite.boundingBox(),
    ...(await tabs.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().left))),
    (await tabs.first().boundingBox())?.y,
  ]
  const before = await places()
  const tag = pane.getByRole('button', { name: 'Tag', exact: true })
  const visits = pane.getByRole('tab', { name: /^Visits \d/ })
  while ((await tag.count()) === 0 || (await visits.count()) === 0) {
    await eventually(() => held.words.length).not.toBe(0)
    held.words.shift()?.()
    expect(await places()).toEqual(before)
  }
  expect(await places()).toEqual(before)
  await tab.page.close()
})
