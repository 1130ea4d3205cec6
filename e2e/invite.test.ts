import { simulatedAgent } from '@beckon/bench'
import type { ChatsState } from '@beckon/protocol'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from './people.ts'
import { openScene, type Scene } from './scene.ts'

describe('inviting a visitor', () => {
  let scene: Scene
  beforeAll(async () => {
    scene = await openScene()
    await scene.addLink(scene.site, '#1d5c47')
    for (const [path, title] of [
      ['/', 'Gravel bikes'],
      ['/sizes', 'Size guide'],
      ['/basket', 'Basket'],
      ['/kim', 'Kim’s page'],
      ['/lee', 'Lee’s page'],
      ['/hidden', 'Background page'],
    ]) {
      scene.page(path as string, {
        title: title as string,
        body: `<h1>${title}</h1><a href="/basket">Basket</a>`,
      })
    }
    scene.page('/untracked', { title: 'No snippet', tracked: false })
  })
  afterAll(async () => {
    await scene[Symbol.asyncDispose]()
  })

  test('S2 S7 S13 S17 S28 S29 S32 S38 S39 S43 the main journey: seen, invited, answered, chatting', async () => {
    const ana = await scene.agent()
    await ana.opensWhosOn()
    const kim = await scene.visitor()
    await kim.page.goto(`${scene.website.origin}/`)
    await ana.seesRow('Gravel bikes', 2_000)

    await kim.page.goto(`${scene.website.origin}/sizes`)
    await ana.seesRow('Size guide', 2_000)

    await ana.selects('Size guide')
    await ana.choosesInvite()
    await ana.writesInvitation('Hi #displayname#, using #browser#?')
    await eventually(() => ana.preview()).toMatch(/^Hi, using Chrome \d+\?$/)
    const previewed = await ana.preview()
    await ana.sendsInvitation()

    await kim.seesCard(previewed)
    expect(await kim.page.evaluate(() => document.activeElement?.tagName)).toBe('BODY')
    await ana.seesRow(/Viewed/)

    expect(await openChats(scene)).toBe(0)
    await kim.replies('Yes, I am between two sizes')
    await kim.seesMessage('Yes, I am between two sizes')
    await eventually(() => openChats(scene)).toBe(1)

    await ana.opensChats()
    await eventually(() =>
      ana.page.getByText('Yes, I am between two sizes').count(),
    ).toBeGreaterThan(0)
    await ana.page.getByText('Yes, I am between two sizes').first().click()
    const log = ana.page.getByRole('log')
    await eventually(() => log.textContent()).toContain(previewed)
    await write(ana.page, 'Then take the smaller one.')
    await kim.seesMessage('Then take the smaller one.')

    await kim.page.goto(`${scene.website.origin}/basket`)
    await kim.seesMessage('Then take the smaller one.')
    await kim.writes('Thank you!')
    await eventually(() => log.textContent()).toContain('Thank you!')
  })

  test('S3 a page without the snippet adds no visitor and no hit', async () => {
    const ana = await scene.agent()
    await ana.opensWhosOn()
    const lee = await scene.visitor()
    await lee.page.goto(`${scene.website.origin}/untracked`)
    await lee.page.goto(`${scene.website.origin}/lee`)
    await ana.seesRow('Lee’s page')
    await expect(
      ana.row('Lee’s page').getByRole('gridcell', { name: '1', exact: true }).count(),
    ).resolves.toBe(1)
    await expect(ana.row('No snippet').count()).resolves.toBe(0)
  })
})

/** How many chats are queued or active, as an agent's connection is told. */
async function openChats(scene: Scene): Promise<number> {
  const watcher = await simulatedAgent(scene.server.base, scene.rest.cookie)
  const state = await new Promise<ChatsState>((resolve) => {
    watcher.watch<'chats'>({ topic: 'chats' }, ({ snapshot }) => snapshot && resolve(snapshot))
  })
  watcher.close()
  return Object.values(state.chats).filter((chat) => chat.state !== 'ended').length
}

async function write(page: Page, text: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: /message|reply/i }).last()
  await composer.fill(text)
  await composer.press('Control+Enter')
}
