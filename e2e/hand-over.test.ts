import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, type Visitor } from './people.ts'
import { openScene, type Scene } from './scene.ts'
import { shot } from './shot.ts'
import { chatBetween, heard, openChat, write } from './talk.ts'

describe('together', () => {
  let scene: Scene
  beforeAll(async () => {
    scene = await openScene()
  })
  afterAll(() => scene?.[Symbol.asyncDispose]())

  test('C7 C9 C11 a chat goes from hand to hand: the manager looks on, whispers, joins and takes over; the visitor hears of people, never of notes', async () => {
    const orders = await scene.rest.post<{ id: string; frontGroupId: string }>('/departments', {
      name: 'Orders',
      liveChat: true,
    })
    const benIs = await scene.addAgent('Ben', { groups: false })
    const miaIs = await scene.addAgent('Mia', { roles: ['agent', 'manager'] })
    await scene.rest.patch(`/groups/${orders.frontGroupId}`, { memberIds: [benIs.id, miaIs.id] })
    scene.page('/kim', { title: 'Kim’s page' })
    const [ana, ben, mia] = [
      await scene.agent(),
      await scene.agent(benIs),
      await scene.agent(miaIs),
    ]
    const kim = await scene.visitor()
    await kim.page.goto(`${scene.website.origin}/kim`)
    await ana.opensWhosOn()
    await chatBetween(ana, kim, 'Kim’s page')

    // The board: who is there, and a switch set for somebody else.
    await mia.opensChats()
    await mia.page.getByRole('link', { name: 'Board' }).click()
    const support = mia.page.getByRole('region', { name: 'Support' })
    await eventually(() => support.textContent()).toContain('1 active')
    const available = mia.page
      .getByRole('region', { name: 'Orders' })
      .getByRole('switch', { name: 'Ben is available' })
    if (!(await available.isChecked())) await available.click()
    await eventually(() => available.isChecked()).toBe(true)
    await shot(mia.page, 'board')

    // Unseen; then heard by the agent alone; then by everybody.
    await mia.opensChats()
    await mia.page.getByRole('radio', { name: /^All/ }).click()
    await openChat(mia, 'first words of Kim’s page')
    await shot(mia.page, 'monitor')
    await mia.page.getByRole('button', { name: 'Whisper' }).click()
    await mia.page.getByRole('textbox', { name: /^Whisper to/ }).fill('Offer them the osprey')
    await mia.page.keyboard.press('Enter')
    await eventually(() => heard(ana)).toContain('Offer them the osprey')
    expect(await whole(kim)).not.toMatch(/Mia|osprey/)
    await mia.page.getByRole('button', { name: 'Join' }).click()
    await kim.seesMessage('Mia joined the chat.')
    await write(mia, 'Two of us are here now.')
    await kim.seesMessage('Two of us are here now.')

    // A note by keyboard, and the chat passed on by keyboard.
    await ana.page.keyboard.press('Escape')
    await ana.page.keyboard.press('n')
    await ana.page.getByRole('textbox', { name: /^Note about/ }).fill('Sounded like a kestrel')
    await ana.page.keyboard.press('Enter')
    await eventually(() => heard(mia)).toContain('Sounded like a kestrel')
    await ana.page.keyboard.press('Escape')
    await ana.page.keyboard.press('t')
    const form = ana.page.getByRole('dialog', { name: 'Transfer' })
    await form.getByLabel('To', { exact: true }).selectOption({ label: 'Orders' })
    await form.getByRole('radio', { name: 'Ben' }).click()
    await form.getByLabel('Comment').fill('Wants seventy herons')
    await shot(ana.page, 'transfer')
    await form.getByRole('button', { name: /^Transfer/ }).click()
    await ana.reads('Passed')
    await kim.seesMessage('passed you to Ben.')
    await ben.opensChats()
    await ben.page.getByRole('link', { name: /Two of us are here now/ }).click()
    await eventually(() => heard(ben)).toContain('Wants seventy herons')
    await write(ben, 'Seventy it is.')
    await kim.seesMessage('Seventy it is.')
    await shot(ben.page, 'received')
    expect(await whole(kim)).not.toMatch(/osprey|kestrel|herons/)

    // In their place; an end that was undone, and one that was not.
    await mia.page.getByRole('button', { name: 'More about this chat' }).click()
    // Ben is writing meanwhile: his words are not lost.
    await ben.page.getByRole('textbox', { name: /^Message to/ }).fill('The merlins are')
    await mia.page.getByRole('menuitem', { name: 'Take over' }).click()
    await kim.seesMessage('Mia answers you from now on.')
    await ben.reads(/They took it over/)
    await ben.reads('Mia answers this chat.')
    await ben.page.getByRole('button', { name: 'Make your draft a note' }).click()
    await ben.page.keyboard.press('Enter')
    await eventually(() => heard(mia)).toContain('The merlins are')
    await mia.page.getByRole('button', { name: /^End chat/ }).waitFor()
    await mia.page.keyboard.press('Escape')
    await mia.page.keyboard.press('e')
    await mia.reads(/^Ending the chat/)
    await shot(mia.page, 'ending')
    await mia.page.getByRole('button', { name: /^Undo/ }).click()
    await write(mia, 'One thing more.')
    await kim.seesMessage('One thing more.')
    await mia.page.getByRole('button', { name: /^End chat/ }).click()
    await eventually(() => kim.panel.textContent()).toContain('Mia ended the chat.')
    await mia.page.getByRole('button', { name: 'More about this chat' }).click()
    await mia.page.getByRole('menuitem', { name: /^Record and log/ }).click()
    await eventually(() => mia.page.getByRole('region', { name: 'Log' }).textContent()).toMatch(
      /invited|took|passed the chat to Ben.*You took over.*You ended/s,
    )
    await shot(mia.page, 'record')
  })

  /** All that this browser was given, wherever it stands. */
  const whole = async ({ page }: Visitor): Promise<string> =>
    (await page.content()) + (await page.getByRole('dialog').textContent())
})
