import { mkdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './axe.ts'
import { type Agent, eventually, type Visitor } from './people.ts'
import { openScene, type Scene } from './scene.ts'
import { chatBetween, heard, openChat } from './talk.ts'

describe('an agent at the desk', () => {
  let scene: Scene
  beforeAll(async () => {
    scene = await openScene()
    for (const name of ['Kim', 'Lee', 'Max']) {
      scene.page(`/${name.toLowerCase()}`, { title: `${name} reads`, body: `<h1>${name}</h1>` })
    }
    for (const [shortcut, name, text] of [
      ['stock', 'Stock at a shop', 'It is in stock at #site#, #displayname|there#.'],
      ['stock-out', 'Out of stock', 'It is out of stock today.'],
      ['store', 'Nearest store', 'Your nearest store is open until 19:00.'],
    ]) {
      await scene.rest.post('/canned-replies', { shortcut, name, text })
    }
  })
  afterAll(async () => {
    await scene[Symbol.asyncDispose]()
  })

  const visit = async (name: string): Promise<Visitor> => {
    const visitor = await scene.visitor()
    await visitor.page.goto(`${scene.website.origin}/${name.toLowerCase()}`)
    return visitor
  }

  test('C6 C7 canned replies, drafts, several chats at once and what is found of those that ended', async () => {
    const ana = await scene.agent()
    const kim = await visit('Kim')
    await ana.opensWhosOn()
    await chatBetween(ana, kim, 'Kim reads')
    const box = ana.page.getByRole('textbox', { name: /^Message to/ })

    // C7 by keyboard: a slash, arrows, Enter; then sent with Enter.
    await box.pressSequentially('/sto')
    const offered = ana.page.getByRole('listbox', { name: 'Canned replies' })
    await eventually(() => offered.getByRole('option').count()).toBe(3)
    expect(await offered.getByRole('option').first().textContent()).toContain('/stock')
    await picture(ana, 'replies')
    await expectAccessible(ana.page, 'canned replies offered')
    await box.press('ArrowDown')
    await box.press('ArrowUp')
    await box.press('Tab')
    const filled = `It is in stock at ${scene.site.name}, there.`
    await eventually(() => box.inputValue()).toBe(filled)
    await box.press('Enter')
    await kim.seesMessage(filled)

    // C7 an emoji by its name; then words that survive a reload unsent.
    await ana.page.getByRole('button', { name: 'Emoji' }).press('Enter')
    await ana.page.getByRole('combobox', { name: 'Find an emoji' }).pressSequentially('thumbs up')
    await ana.page.keyboard.press('Enter')
    await eventually(() => box.inputValue()).toBe('👍')
    await box.pressSequentially(' half written')
    await ana.page.addInitScript(recordNotices)
    await ana.page.reload()
    await eventually(() => box.inputValue()).toBe('👍 half written')

    // C6 another chat: what Kim says meanwhile is counted in row, rail and title.
    const lee = await visit('Lee')
    await ana.looksAfresh()
    await chatBetween(ana, lee, 'Lee reads')
    await ana.page.getByText('Draft: your words wait here').waitFor()
    await kim.panel.getByRole('textbox').pressSequentially('is')
    await ana.page.getByRole('complementary', { name: 'Chats' }).getByText('Typing…').waitFor()
    await kim.writes('is it really?')
    await kim.writes('hello?')
    const row = ana.page.getByRole('link').filter({ hasText: 'hello?' })
    await eventually(() => row.textContent()).toContain('2 unread')
    await eventually(() => ana.page.title()).toMatch(/^\(1\) /)
    await picture(ana, 'unread')

    // C6 on the desktop once the agent has said so, and only while they do not look.
    await ana.page.getByRole('button', { name: /^Available/ }).click()
    await ana.page.getByRole('menuitemcheckbox', { name: 'Desktop notifications' }).click()
    await picture(ana, 'menu')
    await ana.page.getByRole('menuitem', { name: /^Choose what for/ }).click()
    await picture(ana, 'notifications')
    await expectAccessible(ana.page, 'notifications')
    await ana.page.getByRole('button', { name: 'Done' }).click()
    await lee.writes('seen at once')
    await ana.page.getByRole('link').filter({ hasText: 'seen at once' }).waitFor()
    await ana.page.evaluate(() => Object.assign(document, { hasFocus: () => false }))
    await lee.writes('are you there?')
    await eventually(() => noticesOf(ana)).toEqual(['are you there?'])

    // C6 the chat before, from the keyboard; ended, it is found by what was said in it.
    await ana.page.keyboard.press('Alt+ArrowUp')
    await eventually(() => box.inputValue()).toBe('👍 half written')
    await eventually(() => ana.page.title()).not.toMatch(/^\(1\)/)
    await ana.page.getByRole('button', { name: /^End chat/ }).click()
    await ana.page.getByRole('radio', { name: 'Completed' }).click()
    const search = ana.page.getByRole('searchbox', { name: 'Search completed chats' })
    await search.fill('REALLY')
    const found = ana.page.getByRole('complementary', { name: 'Chats' }).getByRole('link')
    await eventually(() => found.filter({ hasText: /\d\d:\d\d/ }).allTextContents()).toEqual([
      expect.stringContaining('is it really?'),
    ])
    await picture(ana, 'found')
    await expectAccessible(ana.page, 'completed chats')
    await search.fill('neversaid')
    await ana.page.getByText('No chat has “neversaid”').waitFor()
    await ana.page.keyboard.press('Control+k')
    const palette = ana.page.getByRole('dialog', { name: 'Search or jump to' })
    await palette.getByRole('combobox').fill('really')
    // Ended, so only the server can have found it by a word that stands in it.
    await palette.getByRole('option', { name: /with Ana/ }).click()
    await ana.page.getByText('This chat has ended.').waitFor()
    expect(await heard(ana)).toContain('is it really?')
  })

  test('C7 canned replies have their page, and a queue row is taken where it stands', async () => {
    const ana = await scene.agent()
    await ana.page.goto(`${scene.server.base}/console/settings/replies`)
    await ana.page.getByRole('button', { name: 'Add a reply' }).click()
    const form = ana.page.getByRole('dialog', { name: 'New canned reply' })
    await form.getByLabel('Name').fill('Hours')
    await form.getByLabel('Shortcut').fill('/Store')
    await form.getByLabel('Text').fill('We are open until 19:00.')
    await form.getByRole('button', { name: 'Save' }).click()
    await form.getByText('Another reply has this shortcut. Choose another one.').waitFor()
    scene.forgive(/409/)
    await picture(ana, 'reply-form')
    await form.getByLabel('Shortcut').fill('hours')
    await form.getByLabel('Category').fill('Shop')
    await form.getByRole('button', { name: 'Save' }).click()
    await ana.page.getByRole('button', { name: 'Hours' }).waitFor()
    await picture(ana, 'replies-page')
    await expectAccessible(ana.page, 'canned replies')

    await scene.addLink(scene.site, '#1d5c47')
    const max = await visit('Max')
    await max.page.getByRole('button', { name: 'Chat with us' }).click()
    await max.panel.getByLabel('Your question').fill('anybody?')
    await max.panel.locator('button[type=submit]').click()
    await ana.opensChats()
    const take = ana.page.getByRole('button', { name: /^Take / })
    await picture(ana, 'queue')
    await take.focus()
    await ana.page.keyboard.press('Enter')
    await ana.page.getByRole('textbox', { name: /^Message to/ }).waitFor()
    await openChat(ana, 'anybody?')
    // Their own deed is no news to them.
    expect(await ana.page.getByText('the chat is yours').count()).toBe(0)

    // As if nothing had been touched for a while: asked, and nothing is done without an answer.
    await ana.page.evaluate(() => localStorage.setItem('beckon.input-at', '1'))
    const question = ana.page.getByRole('alertdialog', { name: 'Still there?' })
    await question.waitFor()
    await picture(ana, 'still-there')
    await question.getByRole('button', { name: 'Make me unavailable' }).click()
    await ana.page.getByRole('button', { name: /^Unavailable/ }).waitFor()
  })
})

/** Stands in for the system's notifications and its focus, which no test can see. */
function recordNotices(): void {
  const shown: string[] = []
  class Notice {
    static permission = 'default'
    static async requestPermission() {
      Notice.permission = 'granted'
      return 'granted'
    }
    onclick: (() => void) | null = null
    constructor(_title: string, { body }: { body: string }) {
      shown.push(body)
    }
    close() {}
  }
  Object.assign(window, { Notification: Notice, shownNotices: shown })
  document.hasFocus = () => true
}

const noticesOf = ({ page }: Agent) =>
  page.evaluate(() => (window as unknown as { shownNotices: string[] }).shownNotices)

/** With PICTURES set, in both themes and as a phone shows it. */
const picture = async ({ page }: Agent, name: string) => {
  const folder = process.env.PICTURES
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: `${folder}/desk-${name}.png` })
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.screenshot({ path: `${folder}/desk-${name}-dark.png` })
  await page.emulateMedia({ colorScheme: 'light' })
}
