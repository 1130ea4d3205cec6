import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Agent, eventually, PROMPTLY_MS, type Visitor } from './people.ts'
import { openScene, type Scene } from './scene.ts'

describe('bans', () => {
  let scene: Scene
  let mia: Agent
  beforeAll(async () => {
    scene = await openScene()
    mia = await scene.agent(await scene.addAgent('Mia', { roles: ['agent', 'manager'] }))
  })
  afterAll(() => scene?.[Symbol.asyncDispose]())

  test('C12 W8 T19 a manager bans: the card goes within 2 s, the row says why, a reload shows nobody; lifted, they are back', async () => {
    const kim = await arrives('/kim', 'Kim’s page')
    await arrives('/lee', 'Lee’s page')
    await mia.looksAfresh()
    await mia.invites('Kim’s page', 'May I help?')
    await kim.seesCard('May I help?')
    await mia.looksAfresh()
    await mia.selects('Kim’s page')
    await mia.chooses('Ban…')
    const dialog = mia.page.getByRole('dialog', { name: /^Ban / })
    await dialog.getByLabel('Reason').fill('Rude')
    // Both are at one address, so only the browser is meant.
    await expect(dialog.getByRole('radio', { name: 'This visitor' }).isChecked()).resolves.toBe(
      true,
    )
    await dialog.getByRole('button', { name: 'Ban', exact: true }).click()
    await kim.seesNoCard(2_000)
    await mia.reads(/^Banned /)
    await mia.seesRow(/Kim’s page.*Failed.*banned/)

    scene.page('/again', { title: 'Kim again' })
    const closed = refusedSocket(kim)
    await kim.page.goto(`${scene.website.origin}/again`)
    await closed
    await mia.looksAfresh()
    await mia.seesRow('Lee’s page')
    await expect(mia.row('Kim again').count()).resolves.toBe(0)

    await mia.page.getByRole('link', { name: 'Settings' }).click()
    const row = mia.page.getByRole('listitem').filter({ hasText: 'Rude' })
    await row.waitFor()
    await expect(row.textContent()).resolves.toMatch(/until .*Mia/)
    await row.getByRole('button', { name: /^Lift/ }).click()
    await mia.reads('Nobody is banned')
    await kim.page.goto(`${scene.website.origin}/again`)
    await mia.looksAfresh()
    await mia.seesRow('Kim again')
  })

  test('C12 banned from their chat: it ends for both, nothing more can be written, no launcher stays', async () => {
    const pia = await arrives('/pia', 'Pia’s page')
    await mia.looksAfresh()
    await mia.invites('Pia’s page', 'A word?')
    await pia.seesCard('A word?')
    await pia.replies('Gladly not')
    await pia.seesMessage('Gladly not')
    await mia.opensChats()
    await mia.page
      .getByRole('link', { name: /Gladly not/ })
      .first()
      .click()
    await mia.page.getByRole('button', { name: 'More about this chat' }).click()
    await mia.page.getByRole('menuitem', { name: 'Ban…' }).click()
    await mia.page.getByRole('button', { name: 'Ban', exact: true }).click()
    await eventually(() => pia.panel.textContent(), PROMPTLY_MS).toContain('The chat has ended.')
    await mia.reads(/Mia banned .* which ended the chat/)
    await pia.panel.getByRole('button', { name: 'Start a new chat' }).click()
    await eventually(() => pia.panel.textContent()).toContain('Nobody is here right now')
    await pia.panel
      .getByRole('button', { name: /Close|Minimise/ })
      .first()
      .click()
    await eventually(() => launcher(pia).count()).toBe(0)
  })

  test('R C12 whoever is no manager finds nothing of bans', async () => {
    await arrives('/otto', 'Otto looks here')
    const otto = await scene.agent(await scene.addAgent('Otto'))
    await otto.looksAfresh()
    await otto.selects('Otto looks here')
    await otto.page.getByRole('button', { name: 'Actions' }).first().click()
    await otto.page.getByRole('menuitem', { name: 'Stop tracking' }).waitFor()
    await expect(otto.page.getByRole('menuitem', { name: 'Ban…' }).count()).resolves.toBe(0)
    await otto.page.keyboard.press('Escape')
    await otto.page.goto(`${scene.server.base}/console/settings/bans`)
    await otto.page.getByRole('heading', { name: 'Saved messages' }).first().waitFor()
    await expect(otto.page.getByRole('link', { name: 'Bans' }).count()).resolves.toBe(0)
    // An administrator without the role has settings, and no bans among them.
    const ada = await scene.agent(
      await scene.addAgent('Ada', { roles: ['agent', 'administrator'] }),
    )
    await ada.page.goto(`${scene.server.base}/console/settings/bans`)
    await ada.page.getByRole('heading', { name: 'Sites' }).first().waitFor()
    await expect(ada.page.getByRole('link', { name: 'Bans' }).count()).resolves.toBe(0)
  })

  async function arrives(path: string, title: string): Promise<Visitor> {
    scene.page(path, { title })
    const visitor = await scene.visitor()
    await visitor.page.goto(scene.website.origin + path)
    return visitor
  }

  const launcher = ({ page }: Visitor): Locator =>
    page.getByRole('button', { name: /^(Chat with us|Chat|We are away)/ })

  const refusedSocket = ({ page }: Visitor): Promise<void> =>
    new Promise((resolve) => {
      page.once('websocket', (socket) => socket.once('close', () => resolve()))
    })
})
