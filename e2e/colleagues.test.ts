import { mkdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Agent, eventually } from './people.ts'
import { openScene, type Scene } from './scene.ts'

describe('inviting beside colleagues, and several at once', () => {
  let scene: Scene
  beforeAll(async () => {
    scene = await openScene()
    for (const name of ['Kim', 'Lee', 'Max', 'Zoe', 'Ida']) {
      scene.page(`/${name.toLowerCase()}`, { title: `${name} reads`, body: `<h1>${name}</h1>` })
    }
  })
  afterAll(async () => {
    await scene[Symbol.asyncDispose]()
  })

  const visit = async (name: string) => {
    const visitor = await scene.visitor()
    await visitor.page.goto(`${scene.website.origin}/${name.toLowerCase()}`)
    return visitor
  }

  test('W10 W12 a colleague’s claim is seen, the first text sent is shown and the draft kept; after a decline the history comes first', async () => {
    const priya = await scene.agent(await scene.addAgent('Priya', { roles: ['agent', 'manager'] }))
    const ana = await scene.agent()
    await ana.opensWhosOn()
    await priya.opensWhosOn()
    const kim = await visit('Kim')

    await priya.selects('Kim reads')
    await priya.row('Kim reads').click()
    await eventually(() => ana.row('Kim reads').textContent()).toContain('Priya is looking')
    await ana.row('Kim reads').click()
    await ana.reads('Priya is looking at this visitor too.')
    await picture(ana, 'looking')

    await priya.choosesInvite()
    await eventually(() => ana.row('Kim reads').textContent()).toContain('writing an invitation')
    await ana.choosesInvite()
    await eventually(() => ana.dialog.textContent()).toContain('Only the first one sent goes out.')
    await picture(ana, 'claim')

    await ana.writesInvitation('Ana asks kindly')
    await priya.writesInvitation('Priya asks first')
    await priya.sendsInvitation()
    await kim.seesCard('Priya asks first')
    await eventually(() => ana.dialog.textContent()).toContain('Priya asks first')
    await eventually(() => ana.dialog.textContent()).toContain('Your text is kept as a draft.')
    await eventually(() =>
      ana.dialog.getByRole('button', { name: /^Send invitation/ }).isDisabled(),
    ).toBe(true)
    await picture(ana, 'refused')
    await ana.dialog.getByRole('button', { name: 'Close' }).last().click()

    await ana.page.reload()
    await kim.declines()
    await eventually(() => ana.row('Kim reads').textContent()).toContain('Declined')
    // W12 the history first; then the draft of before, across the reload.
    await ana.page.keyboard.press('Escape')
    await ana.looksAfresh()
    await ana.selects('Kim reads')
    await ana.page.getByRole('button', { name: 'Actions' }).first().click()
    await ana.page.getByRole('menuitem', { name: /Invite to Live Chat/ }).click()
    await ana.courtesy.waitFor()
    await eventually(() => ana.courtesy.textContent()).toContain('Priya asks first')
    await picture(ana, 'courtesy')
    await ana.courtesy.getByRole('button', { name: 'Not now' }).click()
    await eventually(() => ana.courtesy.count()).toBe(0)
    await ana.choosesInvite()
    expect(await ana.dialog.getByLabel('Message', { exact: true }).inputValue()).toBe(
      'Ana asks kindly',
    )
    await ana.sendsInvitation()
    await kim.seesCard('Ana asks kindly')

    await ana.chooses('Withdraw Invitation')
    await kim.seesNoCard()
  })

  test('W13 S26 a text is saved from the dialog and taken again by keyboard; # offers a fallback', async () => {
    const ana = await scene.agent()
    await visit('Ida')
    await ana.looksAfresh()
    await ana.selects('Ida reads')
    await ana.choosesInvite()
    await ana.writesInvitation('Shall I help with sizes?')
    const saved = ana.dialog.getByRole('button', { name: 'Saved messages' })
    await saved.click()
    await ana.page.getByRole('button', { name: 'Save this text' }).click()
    const form = ana.page.getByRole('dialog', { name: 'Save this text' })
    await form.getByLabel('Name').fill('Sizes')
    await form.getByLabel('Name').press('Enter')
    await eventually(() => form.count()).toBe(0)
    // Saving inside the dialog sends nothing.
    await eventually(() => ana.dialog.count()).toBe(1)
    await ana.writesInvitation('')
    await saved.click()
    await ana.page.getByRole('option', { name: /Sizes/ }).waitFor()
    await picture(ana, 'saved')
    await ana.page.keyboard.type('siz')
    await ana.page.keyboard.press('Enter')
    const box = ana.dialog.getByLabel('Message', { exact: true })
    await eventually(() => box.inputValue()).toBe('Shall I help with sizes?')
    await box.press('End')
    await box.pressSequentially(' #displ')
    await box.press('Enter')
    await eventually(() => box.inputValue()).toBe('Shall I help with sizes? #displayname|there#')
    await eventually(() => ana.preview()).toBe('Shall I help with sizes? there')
    await picture(ana, 'fallback')
    // With its own tooltip open, Esc still closes the dialog.
    await ana.dialog.getByRole('button', { name: 'Close' }).first().focus()
    await ana.page.getByRole('tooltip').waitFor()
    await ana.page.keyboard.press('Escape')
    await eventually(() => ana.dialog.count()).toBe(0)

    await ana.page.getByRole('link', { name: 'Settings' }).click()
    await ana.page.getByRole('link', { name: 'Saved messages' }).click()
    const own = ana.page.getByRole('region', { name: 'Yours' })
    await own.getByRole('button', { name: 'Sizes' }).click()
    const edit = ana.page.getByRole('dialog', { name: 'Sizes' })
    await edit.getByLabel('Name').fill('Frame sizes')
    await edit.getByRole('button', { name: 'Save' }).click()
    await own.getByRole('button', { name: 'Frame sizes' }).waitFor()
    await picture(ana, 'settings')
  })

  test('W13 a manager of several brands names the one a message is shared with', async () => {
    const mia = await scene.agent(await scene.addAgent('Mia', { roles: ['manager'] }))
    const asked: unknown[] = []
    await mia.page.route('**/api/v1/me', async (route) => {
      const answer = await route.fetch()
      const me = (await answer.json()) as { brands: { id: string; name: string }[] }
      me.brands.push({ id: 'trade', name: 'Trade' })
      await route.fulfill({ response: answer, json: me })
    })
    await mia.page.route('**/api/v1/saved-messages', async (route) => {
      if (route.request().method() === 'POST') asked.push(route.request().postDataJSON())
      await route.fulfill({ json: { items: [] } })
    })
    await mia.looksAfresh()
    await mia.page.getByRole('link', { name: 'Settings' }).click()
    await mia.page.getByRole('link', { name: 'Saved messages' }).click()
    await mia.page.getByRole('button', { name: 'Add a message' }).click()
    const form = mia.page.getByRole('dialog', { name: 'New saved message' })
    await form.getByLabel('Name').fill('Terms')
    await form.getByLabel('Text').fill('Shall I send you our terms?')
    await form.getByRole('checkbox', { name: 'Share it with the team' }).click()
    await form.getByLabel('Brand').selectOption({ label: 'Trade' })
    await picture(mia, 'sharing')
    await form.getByRole('button', { name: 'Save' }).click()
    await eventually(() => asked).toMatchObject([{ name: 'Terms', shared: true, brandId: 'trade' }])
  })

  test('W9 several at once: each their own text, who is invited already is named and left out', async () => {
    const ana = await scene.agent()
    await ana.looksAfresh()
    const [lee, max, zoe] = [await visit('Lee'), await visit('Max'), await visit('Zoe')]
    await ana.invites('Zoe reads', 'Zoe alone')
    await zoe.seesCard('Zoe alone')
    await ana.looksAfresh()
    for (const name of ['Lee', 'Max', 'Zoe']) await ana.selects(`${name} reads`)
    await ana.choosesInvite()
    await ana.writesInvitation('You are on #pagetitle#. #email#')
    await eventually(() => ana.preview()).toBe('You are on Lee reads.')
    const list = ana.dialog.getByRole('list', { name: 'Recipients' })
    await eventually(() => list.textContent()).toContain('No value for #email#')
    await eventually(() => list.textContent()).toContain('has invited them already')
    await ana.dialog.getByRole('button', { name: 'Next recipient' }).click()
    await eventually(() => ana.preview()).toBe('You are on Max reads.')
    await picture(ana, 'several')
    await ana.dialog.getByRole('button', { name: 'Send 2 invitations' }).click()
    await lee.seesCard('You are on Lee reads.')
    await max.seesCard('You are on Max reads.')
    await eventually(() => ana.dialog.textContent()).toContain('Sent to 2 of 3.')
    await picture(ana, 'results')
    await zoe.declines()
    await ana.courtesy.waitFor()
    await ana.courtesy.getByRole('button', { name: 'Leave them out' }).click()
    await ana.dialog.getByRole('button', { name: 'Close' }).last().click()
    await eventually(() => ana.dialog.count()).toBe(0)
  })
})

/** Kept only where somebody wants to look. */
async function picture(agent: Agent, name: string): Promise<void> {
  const folder = process.env.JOURNEY_PICTURES
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await agent.page.screenshot({ path: `${folder}/${name}.png` })
}
