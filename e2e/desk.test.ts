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
    await box.press('ArrowDown')
    await box.press('ArrowUp')
    await box.press('Tab')
    const filled = `It is in stock at ${scene.site.name}, there.`
    await eventually(() => box.inputValue()).toBe(filled)
    await box.press('Enter')
    await kim.seesMessage(filled)
  })
})

const picture = async ({ page }: Agent, name: string) => {
  const folder = process.env.PICTURES
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: `${folder}/desk-${name}.png` })
}
