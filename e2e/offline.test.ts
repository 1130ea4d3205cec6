import { freePort } from '@beckon/bench'
import { expect, test } from 'vitest'
import { expectAccessible } from './axe.ts'
import { openMailbox } from './mailbox.ts'
import { eventually } from './people.ts'
import { openScene } from './scene.ts'
import { ADMIN } from './server.ts'

test('C4 a message left while nobody can chat is answered by mail, although the mail server was away and ours was killed', async () => {
  const mailbox = await openMailbox()
  await using mails = { [Symbol.asyncDispose]: mailbox.close }
  expect(mails).toBeDefined()
  const settings = { BECKON_MAIL_FROM: 'Northwind <chat@northwind.example>' }
  const nowhere = `smtp://127.0.0.1:${await freePort()}`
  await using scene = await openScene({ ...settings, BECKON_SMTP_URL: nowhere })
  const { page } = await scene.agent()

  const kim = (await scene.visitor()).page
  await kim.goto(`${scene.server.base}/portal`)
  await kim.goto(`${kim.url()}/contact`)
  await kim.getByLabel('Your name').fill('Kim Berg')
  await kim.getByLabel('Your email address').fill('kim@example.com')
  await kim.getByLabel('Your message').fill('Do you ship to Norway?')
  await kim.getByRole('button', { name: 'Send' }).click()
  await kim.getByRole('heading', { name: 'Your message has arrived' }).waitFor()

  await page.getByRole('link', { name: 'Chats' }).first().click()
  await page.getByRole('link', { name: 'Offline messages 1 unread' }).click()
  await page.getByRole('link', { name: /Kim Berg.*unread/ }).click()
  const message = page.getByRole('region', { name: 'Message of Kim Berg' })
  await message.getByText('Do you ship to Norway?').waitFor()
  await message.getByRole('button', { name: 'Take' }).click()
  await message.getByText('Yours', { exact: true }).waitFor()
  await message.getByLabel('Answer to Kim Berg').fill('Yes, within 8 days.')
  await message.getByRole('button', { name: 'Send the answer' }).click()
  // Nothing is said to be sent that is not.
  await message.getByText('The mail server cannot be reached').waitFor()
  await message.getByText('mail waits to be sent').waitFor()
  await expectAccessible(page, 'offline message')

  await scene.server.killHard()
  await scene.server.restart({ BECKON_SMTP_URL: mailbox.url })
  scene.forgive(/WebSocket|ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|Failed to load/)
  await page.goto(`${scene.server.base}/console/settings/mail`)
  // Who does not want to wait asks for it; where this takes long, time has done so already.
  const again = page.getByRole('button', { name: /^Try again/ }).first()
  await eventually(async () => {
    if (await again.count()) await again.click({ timeout: 2_000 }).catch(() => {})
    return page.getByText('Sent', { exact: true }).count()
  }, 60_000).toBe(2)
  expect(await mailbox.mailTo('kim@example.com', /8 days/)).toContain('Do you ship to Norway?')
  expect(await mailbox.mailTo(ADMIN.email, /Kim Berg/)).toMatch(/reply-to: kim@example.com/i)

  await page.goto(`${scene.server.base}/console/chats/offline`)
  await page.getByText('Done', { exact: true }).click()
  await page.getByRole('link', { name: /Kim Berg/ }).click()
  await message.getByText('mail sent').waitFor()
})
