import { readFile } from 'node:fs/promises'
import type { DepartmentView, GroupView } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { expectAccessible } from './axe.ts'
import { openMailbox } from './mailbox.ts'
import { eventually, type Visitor } from './people.ts'
import { openScene, type Scene } from './scene.ts'
import { shot } from './shot.ts'
import { heard, openChat, write } from './talk.ts'

/** A second department that asks for an order number, with the administrator in it. */
async function addOrders({ rest }: Scene): Promise<void> {
  const orders = await rest.post<DepartmentView>('/departments', { name: 'Orders', liveChat: true })
  const { items } = await rest.get<{ items: GroupView[] }>('/groups')
  const memberIds = items.flatMap(({ members }) => members.map(({ agentId }) => agentId))
  await rest.patch(`/groups/${orders.frontGroupId}`, { memberIds: [...new Set(memberIds)] })
  await rest.patch(`/departments/${orders.id}/form`, {
    fields: [
      { id: 'email', kind: 'email', label: '', required: false, as: 'email' },
      { id: 'order', kind: 'text', label: 'Order number', required: true, as: 'order_number' },
    ],
    texts: { greeting: '', waiting: 'Orders are quick today.', ended: '', offline: '' },
    languages: { ar: { name: 'الطلبات', waiting: 'الطلبات سريعة اليوم.' } },
  })
}

test('C2 C3 C5 a topic and a required field, a place that goes down, a reload in the middle, a survey, a transcript, and all of it in Arabic', async () => {
  const mailbox = await openMailbox()
  await using mails = { [Symbol.asyncDispose]: mailbox.close }
  expect(mails).toBeDefined()
  await using scene = await openScene({
    BECKON_SMTP_URL: mailbox.url,
    BECKON_MAIL_FROM: 'Shop <chat@shop.example>',
  })
  await scene.addLink(scene.site, '#1d5c47')
  await addOrders(scene)
  scene.page('/', { title: 'Shop', body: '<main><h1>Shop</h1></main>' })
  const ana = await scene.agent()
  await ana.opensChats()
  const [kim, lee] = [await scene.visitor(), await scene.visitor({ locale: 'ar-EG' })]
  const open = async ({ page }: Visitor, launcher: string) => {
    await page.goto(scene.website.origin)
    await page.getByRole('button', { name: launcher }).click()
  }

  // C2 a topic is chosen, and what is missing is said where it is missing.
  await open(kim, 'Chat with us')
  const start = kim.panel.getByRole('button', { name: 'Start chat' })
  await kim.panel.getByLabel('Your question').fill('Where is my order?')
  await start.click()
  await kim.panel.getByText('Choose one').waitFor()
  await kim.panel.getByText('Orders', { exact: true }).click()
  await start.click()
  await kim.panel.getByText('Fill this in').waitFor()
  await expectAccessible(kim.page, 'the form before a chat')
  await kim.panel.getByLabel('Order number').fill('RC-20377')
  await start.click()
  await kim.panel.getByText('You are first in line').waitFor()
  await kim.panel.getByText('Orders are quick today.').waitFor()

  // C5 the same in Arabic, also in the department's own words, from the right, second in line.
  await open(lee, 'تحدث معنا')
  await lee.panel.getByText('الطلبات', { exact: true }).click()
  await lee.panel.getByLabel('Order number').fill('RC-20378')
  await lee.panel.getByLabel('سؤالك').fill('أين طلبي؟')
  await shot(lee.page, 'panel-arabic-before')
  await lee.panel.getByRole('button', { name: 'بدء المحادثة' }).click()
  await lee.panel.getByText('أنت الثاني في الانتظار').waitFor()
  await lee.panel.getByText('الطلبات سريعة اليوم.').waitFor()
  expect(await lee.panel.evaluate((panel) => getComputedStyle(panel).direction)).toBe('rtl')
  await expectAccessible(lee.page, 'an Arabic queue')

  // C7 in the console, too, words run as they are written, whatever stands around them.
  await openChat(ana, 'أين طلبي؟')
  const asked = ana.page.getByText('أين طلبي؟', { exact: true }).last()
  expect(await asked.evaluate((words) => getComputedStyle(words).direction)).toBe('rtl')

  // C3 nobody is said to have joined before it is so; a place goes down by itself.
  expect(await heard(kim)).not.toContain('joined')
  await openChat(ana, 'Where is my order?')
  await ana.page.getByRole('button', { name: /^Take/ }).first().click()
  await ana.reads('RC-20377')
  await eventually(() => heard(kim)).toMatch(/Ana|joined at/)
  await lee.panel.getByText('أنت الأول في الانتظار').waitFor()
  await write(ana, 'It left yesterday.')
  await kim.seesMessage('It left yesterday.')

  await ana.page.getByRole('button', { name: 'Note for agents' }).click()
  await ana.page.getByRole('textbox', { name: /^Note about/ }).fill('Gave a discount')
  await ana.page.keyboard.press('Enter')
  await eventually(() => heard(ana)).toContain('Gave a discount')

  // C5 a reload in the middle: the chat goes on, and nothing is said twice.
  await kim.page.reload()
  await kim.seesMessage('It left yesterday.')
  await kim.writes('Thank you')
  await eventually(() => heard(ana)).toContain('Thank you')
  expect((await heard(kim)).split('Thank you')).toHaveLength(2)

  // C5 it ends, also over a reload; one tap and a comment are stored once and shown to the agent.
  await ana.page.getByRole('button', { name: /^End chat/ }).click()
  await kim.panel.getByText('How was it with').waitFor({ timeout: 60_000 })
  await shot(kim.page, 'panel-ended')
  await expectAccessible(kim.page, 'the survey')
  await kim.page.reload()
  await kim.seesMessage('It left yesterday.')
  await kim.panel.getByRole('button', { name: 'Good' }).click()
  await kim.panel.getByPlaceholder('Anything to add?').fill('Quick and kind')
  await kim.panel.getByRole('button', { name: 'Send', exact: true }).click()
  await kim.panel.getByText('Thank you. We have it.').waitFor()
  await ana.reads('Good (4 of 5)')
  await ana.reads('Quick and kind')

  // C5 what was said goes along: by mail, once the address can be one, and as a file. No notes.
  await kim.panel.getByRole('button', { name: 'Send by mail' }).click()
  await kim.panel.getByLabel('Email').fill('kim@shop')
  await kim.panel.getByRole('button', { name: 'Send by mail' }).click()
  await kim.panel.getByText('Add the end of the address').waitFor()
  await kim.panel.getByLabel('Email').fill('kim@shop.example')
  await kim.panel.getByRole('button', { name: 'Send by mail' }).click()
  await kim.panel.getByText('It is on its way to kim@shop.example.').waitFor()
  const mailed = await mailbox.mailTo('kim@shop.example', /It left yesterday/)
  const download = kim.page.waitForEvent('download')
  await kim.panel.getByRole('button', { name: 'Download' }).click()
  const saved = await readFile(await (await download).path(), 'utf8')
  for (const told of [mailed, saved]) {
    expect(told).toMatch(/Where is my order\?.*It left yesterday\..*Thank you/s)
    expect(told).not.toContain('Gave a discount')
  }

  // C5 what is over stays until the visitor closes it.
  await kim.page.reload()
  await kim.panel.getByText('Thank you. We have it.').waitFor()
  await kim.panel.getByRole('button', { name: 'Close', exact: true }).click()
  await open(kim, 'Chat with us')
  await start.waitFor()
  expect(await heard(kim)).toBe('')
  await shot(lee.page, 'panel-arabic-queue')
  expect(await lee.panel.count()).toBe(1)
})
