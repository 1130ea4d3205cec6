import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from './people.ts'
import { openScene, type Scene } from './scene.ts'
import { shot } from './shot.ts'
import { chatBetween, heard, openChat, write } from './talk.ts'

let scene: Scene
beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene?.[Symbol.asyncDispose]())

test('C5 C7 C9 both sides know how far words have come; typing is read where the visitor is told so; a whisper finds its agent', async () => {
  await scene.rest.patch(`/sites/${scene.site.id}`, { showTyping: true })
  const miaIs = await scene.addAgent('Mia', { roles: ['agent', 'manager'] })
  scene.page('/kim', { title: 'Kim’s page' })
  const [ana, mia, kim] = [await scene.agent(), await scene.agent(miaIs), await scene.visitor()]
  await kim.page.goto(`${scene.website.origin}/kim`)
  await ana.opensWhosOn()
  await chatBetween(ana, kim, 'Kim’s page')

  // While it is typed; it goes when it is taken back, and the box says so all the time.
  const told = 'Our team can read what you type before you send it.'
  await eventually(() => kim.panel.textContent()).toContain(told)
  const box = kim.panel.getByRole('textbox')
  expect(await box.evaluate((one) => one.getAttribute('aria-describedby'))).toBe('typed')
  await box.fill('Do you sell ospreys')
  await eventually(() => heard(ana)).toMatch(/the visitor knows you can see this.*ospreys/)
  await shot(ana.page, 'typing')
  await shot(kim.page, 'typing-visitor')
  await box.fill('')
  await eventually(() => heard(ana)).not.toContain('ospreys')

  // What is on its way stays while something else is written.
  await ana.page
    .locator('input[type=file]')
    .setInputFiles({ name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.from('') })
  await ana.reads('empty.txt is empty.')
  await ana.page.getByRole('button', { name: 'Note for agents' }).click()
  await ana.page.getByRole('button', { name: 'Write to the visitor' }).click()
  await ana.reads('empty.txt is empty.')

  // Ana looks elsewhere, and so does Kim: delivered, not seen.
  await ana.opensWhosOn()
  await kim.writes('Is the green one there?')
  await eventually(() => kim.panel.textContent()).toMatch(/green one there\?.*Delivered/)
  await ana.opensChats()
  await openChat(ana, 'Is the green one there?')
  await eventually(() => kim.panel.textContent()).toMatch(/green one there\?.*Seen/)
  await kim.panel.getByRole('button', { name: 'Minimise' }).click()
  await write(ana, 'Two of them.')
  await eventually(() => heard(ana)).toMatch(/Two of them\..*Delivered/)
  await kim.page.getByRole('button', { name: /1 unread/ }).click()
  await eventually(() => heard(ana)).toMatch(/Two of them\..*Seen/)

  // C6 Ana reads further up: what comes below is counted, and is not said to be seen.
  for (let line = 0; line < 12; line++) await write(ana, `Osprey ${line}\nin green\nin blue`)
  await eventually(() => heard(kim)).toContain('Osprey 11')
  const messages = ana.page.getByRole('log', { name: 'Messages' })
  await messages.evaluate((log) => log.scrollTo(0, 0))
  await ana.page.getByRole('button', { name: 'To the end' }).waitFor()
  await kim.writes('The last one, please')
  const below = ana.page.getByRole('button', { name: '1 new, to the end' })
  await below.waitFor()
  await eventually(() => kim.panel.textContent()).toMatch(/last one, please.*Delivered/)
  await shot(ana.page, 'new-below')
  await below.click()
  await eventually(() => kim.panel.textContent()).toMatch(/last one, please.*Seen/)
  await below.waitFor({ state: 'detached' })

  // A whisper, while Ana looks at the list of visitors.
  await ana.opensWhosOn()
  await mia.opensChats()
  await mia.page.getByRole('radio', { name: /^All/ }).click()
  await openChat(mia, 'The last one, please')
  await mia.page.getByRole('button', { name: 'Whisper' }).click()
  await mia.page.getByRole('textbox', { name: /^Whisper to/ }).fill('Offer them the heron')
  await mia.page.keyboard.press('Enter')
  await ana.reads(/^Mia whispers about/)
  await eventually(() => ana.page.title()).toMatch(/^\(1\)/)
  await shot(ana.page, 'whisper-elsewhere')
  await ana.opensChats()
  await shot(ana.page, 'whisper-list')
  await openChat(ana, 'Offer them the heron')
  await eventually(() => ana.page.title()).not.toMatch(/^\(/)
})
