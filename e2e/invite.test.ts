import type { DepartmentView, GroupView } from '@beckon/protocol'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, PROMPTLY_MS } from './people.ts'
import { openChats } from './record.ts'
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

  test('S2 S7 S8 S11 S13 S17 S21 S28 S29 S32 S38 S39 S43 the main journey: seen, invited, answered, chatting', async () => {
    const { items } = await scene.rest.get<{ items: DepartmentView[] }>('/departments')
    const second = await scene.rest.post<GroupView>('/groups', {
      departmentId: items[0]?.id,
      name: 'Bike advice',
      memberIds: [],
    })
    const ana = await scene.agent()
    await ana.opensWhosOn()
    const kim = await scene.visitor()
    await kim.page.goto(`${scene.website.origin}/`)
    await ana.seesRow('Gravel bikes', PROMPTLY_MS)

    await kim.page.goto(`${scene.website.origin}/sizes`)
    await ana.seesRow('Size guide', PROMPTLY_MS)

    await ana.selects('Size guide')
    await ana.choosesInvite()
    await ana.dialog.getByLabel('Groups').selectOption({ label: 'Bike advice' })
    await ana.writesInvitation('Hi #displayname#, using #browser#?')
    await eventually(() => ana.preview()).toMatch(/^Hi, using Chrome \d+\?$/)
    const previewed = await ana.preview()
    await ana.sendsInvitation()

    await kim.seesCard(previewed)
    expect(await kim.page.evaluate(() => document.activeElement?.tagName)).toBe('BODY')
    await ana.seesRow(/Viewed/)

    expect(await openChats(scene)).toEqual([])
    await kim.replies('Yes, I am between two sizes')
    await kim.seesMessage('Yes, I am between two sizes')
    await eventually(() =>
      openChats(scene).then((chats) => chats.map((chat) => chat.groupId)),
    ).toEqual([second.id])

    await ana.opensChats()
    await eventually(() =>
      ana.page.getByText('Yes, I am between two sizes').count(),
    ).toBeGreaterThan(0)
    await ana.page
      .getByRole('link', { name: /Yes, I am between two sizes/ })
      .first()
      .click()
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

async function write(page: Page, text: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: /message|reply/i }).last()
  await composer.fill(text)
  await composer.press('Control+Enter')
}
