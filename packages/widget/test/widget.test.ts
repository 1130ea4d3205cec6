import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { VisitorFrame } from '@beckon/protocol'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStories, waitFor } from './story-page.ts'

let stories: Awaited<ReturnType<typeof openStories>>
beforeAll(async () => {
  stories = await openStories()
})
afterAll(() => stories.close())

const sent = (page: Page): Promise<VisitorFrame[]> => page.evaluate(() => window.port?.sent ?? [])
const sentTypes = async (page: Page) => (await sent(page)).map(({ type }) => type)
const card = (page: Page) => page.getByRole('region', { name: 'Chat invitation from Ana' })
const panel = (page: Page) => page.getByRole('dialog', { name: 'Chat: Ridgeline Cycles' })
const viewed = (page: Page) =>
  waitFor(page, () => !!window.port?.sent.some(({ type }) => type === 'invitation.viewed'))

describe('the card', () => {
  test('S46 is viewed after painting, takes no focus and is answered by keyboard', async () => {
    const page = await stories.open('card')
    await viewed(page)
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY')
    expect(await sentTypes(page)).toEqual(['invitation.viewed'])
    const box = page.getByRole('textbox', { name: 'Write a reply…' })
    await card(page).getByRole('button', { name: 'Reply' }).click()
    await expect.poll(() => box.evaluate((element) => element.matches(':focus'))).toBe(true)
    await page.keyboard.type('Yes')
    await page.keyboard.press('Enter')
    expect((await sent(page)).at(-1)).toMatchObject({ type: 'invitation.reply', text: 'Yes' })
    // The card grows into the panel, before the server has answered.
    const log = page.getByRole('log')
    await expect.poll(() => log.isVisible()).toBe(true)
    expect(await card(page).count()).toBe(0)
    expect(await log.locator('.bubble').allTextContents()).toEqual([
      expect.stringMatching(/^Ana: Hi Marta/),
      'You: Yes',
    ])
    expect(page.complaints).toEqual([])
    await page.done()
  })

  test('UI 6.3 Esc says No thanks with the focus inside, and nothing with it outside', async () => {
    const page = await stories.open('card')
    await viewed(page)
    await page.locator('#search').focus()
    await page.keyboard.press('Escape')
    expect(await card(page).isVisible()).toBe(true)
    await page.getByRole('textbox', { name: 'Write a reply…' }).focus()
    await page.keyboard.press('Escape')
    expect(await card(page).count()).toBe(0)
    expect((await sentTypes(page)).at(-1)).toBe('invitation.decline')
    await page.done()
  })

  test('S46 waits as a badge while a dialog is open, and comes when it closes', async () => {
    const page = await stories.open('nothing')
    await page.evaluate(() => document.querySelector('dialog')?.showModal())
    await invite(page)
    await page.waitForTimeout(150)
    expect(await sentTypes(page)).toEqual([])
    expect(await page.locator('.badge').textContent()).toBe('1')
    await page.evaluate(() => document.querySelector('dialog')?.close())
    await viewed(page)
    expect(await card(page).isVisible()).toBe(true)
    await page.done()
  })

  test('S46 waits while somebody pays', async () => {
    const page = await stories.open('nothing')
    await page.locator('#paying').focus()
    await invite(page)
    await page.waitForTimeout(150)
    expect(await sentTypes(page)).toEqual([])
    await page.locator('#search').focus()
    await viewed(page)
    await page.done()
  })

  test('UI 6.5 moves to the other side rather than cover the focused field', async () => {
    const page = await stories.open('nothing')
    await page.locator('#corner').focus()
    await invite(page)
    await viewed(page)
    expect((await card(page).boundingBox())?.x).toBeLessThan(100)
    await page.done()
  })

  test('I7 in a tab nobody sees it is not viewed, and is once the tab is looked at', async () => {
    const page = await stories.open('nothing')
    await hide(page, true)
    await invite(page)
    await page.waitForTimeout(300)
    expect(await sentTypes(page)).toEqual([])
    await hide(page, false)
    await viewed(page)
    await page.done()
  })

  test.each(['ltr', 'rtl'])('Q on 320 px it stays inside the window, %s', async (dir) => {
    const page = await stories.open(`card-long&dir=${dir}`, {
      viewport: { width: 320, height: 568 },
    })
    await viewed(page)
    const box = await card(page).boundingBox()
    expect(box?.x).toBeGreaterThanOrEqual(0)
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(320)
    expect(await card(page).evaluate((one) => one.scrollWidth <= one.clientWidth)).toBe(true)
    await page.done()
  })

  test('Q in forced colours each button keeps an edge', async () => {
    const page = await stories.open('card', { forcedColors: 'active' })
    await viewed(page)
    for (const name of ['Reply', 'No thanks']) {
      const button = card(page).getByRole('button', { name, exact: true }).last()
      const edge = await button.evaluate((one) => {
        const { borderTopStyle, borderTopColor, backgroundColor } = getComputedStyle(one)
        return borderTopStyle === 'solid' && borderTopColor !== backgroundColor
      })
      expect(edge, name).toBe(true)
    }
    await page.done()
  })

  test('UI 6.2 on a phone it takes at most 40 % of the height', async () => {
    const page = await stories.open('card-long', { viewport: { width: 390, height: 844 } })
    await viewed(page)
    expect((await card(page).boundingBox())?.height).toBeLessThanOrEqual(338)
    const close = await card(page).getByRole('button', { name: 'No thanks' }).first().boundingBox()
    expect(close?.height).toBeGreaterThanOrEqual(44)
    // The text scrolls inside; the answers stay where a thumb finds them.
    const reply = await card(page).getByRole('button', { name: 'Reply' }).boundingBox()
    expect((reply?.y ?? 844) + (reply?.height ?? 0)).toBeLessThanOrEqual(844 - 8)
    const text = card(page).locator('.text')
    expect(await text.evaluate((one) => one.scrollHeight > one.clientHeight)).toBe(true)
    await page.done()
  })

  test('UI 6.3 after the end what was written is kept, and can start a chat or be discarded', async () => {
    const page = await stories.open('card-ended')
    const box = page.getByRole('textbox', { name: 'Write a reply…' })
    await page.getByText('This invitation has ended.').waitFor()
    expect(await box.inputValue()).toBe('Do you have the 52 in Frost?')
    expect(await card(page).count()).toBe(1)
    await page.getByRole('button', { name: 'Start a chat' }).click()
    await waitFor(page, () => window.port?.sent.at(-1)?.type === 'chat.start')
    expect(await panel(page).isVisible()).toBe(true)
    await page.done()
    const other = await stories.open('card-ended')
    await other.getByRole('button', { name: 'Discard' }).last().click()
    expect(await card(other).count()).toBe(0)
    await other.done()
  })

  test('UI 6.3 in the last 20 s it can be kept open', async () => {
    const page = await stories.open('card-closing')
    await page.getByRole('button', { name: 'Keep it open' }).click()
    expect((await sentTypes(page)).at(-1)).toBe('invitation.keep')
    expect(await page.getByText('Closing in a few seconds').count()).toBe(0)
    await page.done()
  })
})

describe('the panel', () => {
  test('C2 opens at the first field, tells what is missing, starts, and closes to the launcher', async () => {
    const page = await stories.open('launcher')
    const launcher = page.getByRole('button', { name: 'Chat', exact: true })
    await launcher.press('Enter')
    const name = panel(page).getByRole('textbox', { name: 'Name' })
    await expect
      .poll(() => name.evaluate((element) => element.matches(':focus')).catch(() => false))
      .toBe(true)
    expect(await launcher.getAttribute('aria-expanded')).toBe('true')
    // For the next page.
    expect(await page.evaluate(() => window.port?.storage.get('open'))).toBe('1')
    await page.getByRole('button', { name: 'Start chat' }).click()
    expect(await page.getByRole('alert').textContent()).toBe('Write your question first')
    await page.keyboard.type('Is it in stock?')
    await page.getByRole('button', { name: 'Start chat' }).click()
    expect((await sent(page)).at(-1)).toMatchObject({ type: 'chat.start', text: 'Is it in stock?' })
    await page.keyboard.press('Escape')
    expect(await panel(page).count()).toBe(0)
    expect(await launcher.evaluate((element) => element.matches(':focus'))).toBe(true)
    expect(page.complaints).toEqual([])
    await page.done()
  })

  test('C5 open on the page before, it opens again with its chat and takes no focus', async () => {
    const page = await stories.open('reopened')
    await page.getByRole('textbox', { name: 'Write a message…' }).waitFor()
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY')
    await page.getByRole('button', { name: 'Minimise' }).click()
    expect(await panel(page).count()).toBe(0)
    expect(await page.evaluate(() => window.port?.storage.get('open'))).toBe(undefined)
    await page.done()
    const phone = await stories.open('reopened', { viewport: { width: 390, height: 844 } })
    await waitFor(phone, () => !!window.port?.sent.some(({ type }) => type === 'chat.open'))
    expect(await panel(phone).count()).toBe(0)
    await phone.done()
  })

  test('C5 a message written without connection waits with an edge and goes when it is back', async () => {
    const page = await stories.open('lost')
    await page.getByRole('textbox', { name: 'Write a message…' }).fill('Still there?')
    await page.keyboard.press('Enter')
    expect(await page.locator('.unsent').textContent()).toBe('You: Still there?')
    expect(await page.getByText('It will be sent by itself').isVisible()).toBe(true)
    await page.evaluate(() => window.port?.become('open'))
    await waitFor(page, () => window.port?.sent.at(-1)?.type === 'message.send')
    const message = (await sent(page)).at(-1) as Extract<VisitorFrame, { type: 'message.send' }>
    await page.evaluate((id) => window.port?.say({ type: 'done', id, seq: 5 }), message.id)
    expect(await page.locator('.unsent').count()).toBe(0)
    expect(await page.locator('.own.bubble').last().textContent()).toBe('You: Still there?')
    await page.done()
  })

  test('C5 UI 6.5 what had the focus goes, and the focus stays in the panel', async () => {
    const page = await stories.open('chatting')
    await page.getByRole('textbox', { name: 'Write a message…' }).waitFor()
    await page.getByRole('button', { name: 'Options' }).press('Enter')
    const options = page.getByRole('group', { name: 'Options' })
    await options.getByRole('button', { name: 'End chat' }).press('Enter')
    const goOn = page.getByRole('button', { name: 'Go on' })
    expect(await goOn.evaluate(isFocused)).toBe(true)
    await goOn.press('Enter')
    const box = page.getByRole('textbox', { name: 'Write a message…' })
    expect(await box.evaluate(isFocused)).toBe(true)
    await page.evaluate(() => {
      const port = window.port
      const open = port?.sent.find(({ type }) => type === 'chat.open')
      const { chat } = port?.welcome ?? {}
      if (!port || open?.type !== 'chat.open' || !chat) throw new Error('no chat')
      const over = { ...chat, state: 'ended', endedBy: 'agent', endedAt: Date.now() } as const
      port.say({ type: 'chat.event', chatId: open.chatId, event: { chat: over } })
    })
    await page.getByText('ended the chat').waitFor()
    expect(await page.getByRole('log').evaluate(isFocused)).toBe(true)
    expect(page.complaints).toEqual([])
    await page.done()
  })

  test('UI 9 in a low window, as at 200 %, nothing is out of reach', async () => {
    const low = await stories.open('chatting', { viewport: { width: 640, height: 300 } })
    await low.getByRole('button', { name: 'Emoji' }).click()
    await low.getByRole('group', { name: 'Emoji' }).waitFor()
    const reach = async (part: string) => {
      const { y = 0, height = 999 } = (await low.locator(part).boundingBox()) ?? {}
      return y >= 0 && y + height <= 300
    }
    expect([await reach('.composer'), await reach('.bar'), await reach('.emoji')]).toEqual([
      true,
      true,
      true,
    ])
    await low.done()
  })

  test('T4 only http and https become links, and open without our name', async () => {
    const page = await stories.open('chatting')
    const link = page.getByRole('link', { name: 'https://ridgeline.example/sizes' })
    expect(await link.getAttribute('rel')).toContain('noopener noreferrer')
    await page.done()
  })

  test('C5 whoever reads further up is told what came below, and has seen it only down there', async () => {
    const page = await stories.open('chatting')
    const agentSays = (seqs: number[]) =>
      page.evaluate((all) => {
        const open = window.port?.sent.find(({ type }) => type === 'chat.open')
        const messages = all.map((seq) => ({
          ...{ seq, clientId: `new-${seq}`, from: 'agent', name: 'Ana', at: 0 },
          text: `News ${seq}\n\nin several\n\nlines`,
        }))
        if (open && 'chatId' in open) {
          const event = { messages }
          window.port?.say({ type: 'chat.event', chatId: open.chatId, event } as never)
        }
      }, seqs)
    const told = async () =>
      (await sent(page)).filter(({ type }) => /^chat\.(seen|delivered)$/.test(type)).at(-1)
    await waitFor(page, () => !!window.port?.sent.some(({ type }) => type === 'chat.open'))
    await agentSays([7, 8, 9, 10, 11])
    await expect.poll(told).toMatchObject({ type: 'chat.seen', seq: 11 })
    const log = page.getByRole('log')
    await log.evaluate((box) => box.scrollTo(0, 0))
    await agentSays([12])
    await agentSays([13])
    const below = page.locator('.below')
    await expect.poll(() => below.textContent()).toBe('2 unread messages')
    expect(await told()).toMatchObject({ type: 'chat.delivered', seq: 13 })
    expect(await log.evaluate((box) => box.scrollTop)).toBe(0)
    await below.click()
    await expect.poll(told).toMatchObject({ type: 'chat.seen', seq: 13 })
    expect(await below.count()).toBe(0)
    // The end stays in view while the box below it grows.
    await page.getByRole('textbox', { name: 'Write a message…' }).fill('In\n\n\nseveral\n\nlines')
    await agentSays([14])
    await expect.poll(told).toMatchObject({ type: 'chat.seen', seq: 14 })
    const left = () => log.evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight)
    await expect.poll(left).toBeLessThan(2)
    expect(page.complaints).toEqual([])
    await page.done()
  })

  test('C5 a new message is heard unless the link or the visitor has it otherwise', async () => {
    const page = await stories.open('chatting')
    await page.evaluate(() => {
      window.rung = 0
      window.AudioContext = class {
        constructor() {
          window.rung = (window.rung ?? 0) + 1
          throw new Error('No sound in here')
        }
      } as never
    })
    const agentSays = (seq: number) =>
      page.evaluate((at) => {
        const open = window.port?.sent.find(({ type }) => type === 'chat.open')
        const message = { seq: at, clientId: `new-${at}`, from: 'agent', name: 'Ana', at: 0 }
        const event = { messages: [{ ...message, text: `News ${at}` }] }
        if (open && 'chatId' in open) {
          window.port?.say({ type: 'chat.event', chatId: open.chatId, event } as never)
        }
      }, seq)
    const rung = () => page.evaluate(() => window.rung)
    const toggle = async () => {
      await page.locator('.launcher').click()
      await page.getByRole('button', { name: 'Options' }).click()
      await page.getByRole('switch', { name: 'Sound for new messages' }).click()
      await page.getByRole('button', { name: 'Options' }).click()
      await page.getByRole('button', { name: 'Minimise' }).click()
    }
    await page.getByRole('button', { name: 'Minimise' }).click()
    await agentSays(7)
    await expect.poll(rung).toBe(1)
    await toggle()
    await agentSays(8)
    // A link without sound, and a visitor who has said nothing yet; then they switch it on.
    await page.evaluate(() => {
      const look = window.port?.welcome?.look
      const style = look && { ...look.style, sound: false }
      window.port?.say({ type: 'look', look: { ...look, style } } as never)
      window.port?.storage.set('quiet', null)
    })
    await agentSays(9)
    await toggle()
    await agentSays(10)
    await expect.poll(rung).toBe(2)
    await page.done()
  })

  test('C5 ending asks first', async () => {
    const page = await stories.open('chatting')
    await page.getByRole('button', { name: 'End chat' }).click()
    await page
      .getByRole('group', { name: 'End this chat?' })
      .getByRole('button', { name: 'End chat' })
      .click()
    expect((await sentTypes(page)).at(-1)).toBe('chat.end')
    await page.done()
  })
})

describe('forms', () => {
  test('C2 errors stand at their fields with the focus at the first, and mended it starts', async () => {
    const page = await stories.open('before-desks')
    const start = page.getByRole('button', { name: 'Start chat' })
    await page.getByText('My order').waitFor()
    await start.click()
    expect(await page.getByRole('alert').allTextContents()).toEqual([
      'Choose one',
      'Write your question first',
    ])
    expect(await page.getByRole('radio').first().evaluate(isFocused)).toBe(true)
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowLeft')
    await page.getByRole('radio', { name: 'My order' }).check()
    await page.getByLabel('Your question').fill('Where is it?')
    await start.click()
    expect(await page.getByRole('alert').allTextContents()).toEqual([
      'Fill this in',
      'Choose one',
      'Tick this to go on',
    ])
    const order = page.getByRole('textbox', { name: 'Order number' })
    expect(await order.evaluate(isFocused)).toBe(true)
    await order.fill('RC-20377')
    await page.getByLabel('Frame size').selectOption('54')
    await page.getByRole('checkbox').check()
    await start.click()
    expect((await sent(page)).at(-1)).toMatchObject({
      type: 'chat.start',
      departmentId: 'department-1',
      answers: { order: 'RC-20377', size: '54', terms: 'yes' },
      text: 'Where is it?',
    })
    await page.done()
  })

  test('C4 a message is left with name and address, and only then is it said to be here', async () => {
    const page = await stories.open('offline')
    await page.getByText(/open tomorrow at/).waitFor()
    await page.getByLabel('Name').fill('Camille')
    await page.getByLabel('Email').fill('camille.laurent@mail')
    await page.getByLabel('Your message').fill('Bonjour')
    await page.getByRole('button', { name: 'Send message' }).click()
    expect(await page.getByRole('alert').textContent()).toMatch(/^Add the end of the address/)
    await page.getByLabel('Email').fill('camille.laurent@mail.example')
    await page.getByRole('button', { name: 'Send message' }).click()
    const left = (await sent(page)).at(-1) as Extract<VisitorFrame, { type: 'offline.leave' }>
    expect(left).toMatchObject({ type: 'offline.leave', name: 'Camille', text: 'Bonjour' })
    expect(await page.getByText('Your message is with us').count()).toBe(0)
    await page.evaluate((id) => window.port?.say({ type: 'done', id }), left.id)
    await page.getByText('Your message is with us').waitFor()
    await page.done()
  })

  test('C3 place and wait are told, and the queue can be left with a message', async () => {
    const page = await stories.open('queue')
    await page.getByText('You are second in line').waitFor()
    expect(await page.getByText('About 2 minutes. You can keep browsing').count()).toBe(1)
    await page.getByRole('button', { name: 'Leave a message instead' }).click()
    expect(await page.getByLabel('Your message').inputValue()).toMatch(/^Can you deliver/)
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByText('You are second in line').waitFor()
    await page.done()
  })

  test('C5 one tap on a face is an answer, a comment follows, and thanks come when it is stored', async () => {
    const page = await stories.open('ended')
    await page.getByRole('button', { name: 'Good' }).click()
    const first = (await sent(page)).at(-1) as Extract<VisitorFrame, { type: 'survey.answer' }>
    expect(first).toMatchObject({ type: 'survey.answer', rating: 4 })
    await page.evaluate((id) => window.port?.say({ type: 'done', id }), first.id)
    await page.getByPlaceholder('Anything to add?').fill('Quick')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    const second = (await sent(page)).at(-1) as Extract<VisitorFrame, { type: 'survey.answer' }>
    expect(second).toMatchObject({ rating: 4, comment: 'Quick' })
    expect(await page.getByText('Thank you.').count()).toBe(0)
    await page.evaluate((id) => window.port?.say({ type: 'done', id }), second.id)
    await page.getByText('Thank you. We have it.').waitFor()
    await page.done()
  })

  test('C5 an empty reply box begins where its language does, a written one where its words do', async () => {
    const page = await stories.open('card-he')
    const box = page.locator('.card .box')
    const direction = () => box.evaluate((one) => getComputedStyle(one).direction)
    await viewed(page)
    expect(await direction()).toBe('rtl')
    await box.fill('Size 52')
    await expect.poll(direction).toBe('ltr')
    await page.done()
  })

  test('C5 in Arabic everything is said in Arabic and runs from the right', async () => {
    const page = await stories.open('chatting-ar')
    await page.getByRole('textbox', { name: 'اكتب رسالة…' }).waitFor()
    expect(await page.locator('.layer').getAttribute('dir')).toBe('rtl')
    expect(await page.locator('.layer').getAttribute('lang')).toBe('ar')
    await page.getByText('آنا معك منذ').waitFor()
    const own = await page.locator('.bubble.own').first().boundingBox()
    const log = await page.getByRole('log').boundingBox()
    expect((own?.x ?? 0) - (log?.x ?? 0)).toBeLessThan(40)
    expect(page.complaints).toEqual([])
    await page.done()
  })

  test('C5 emoji go where the caret is', async () => {
    const page = await stories.open('chatting')
    const box = page.getByRole('textbox', { name: 'Write a message…' })
    await box.fill('Hi!')
    await box.press('ArrowLeft')
    await page.getByRole('button', { name: 'Emoji' }).click()
    await page.getByRole('group', { name: 'Emoji' }).getByText('👍').click()
    expect(await box.inputValue()).toBe('Hi👍!')
    await page.done()
  })
})

const isFocused = (element: Element) => element.matches(':focus')

describe('as it is shipped', () => {
  test('the entry alone shows the launcher; panel and forms are a file each, and all draw', async () => {
    const page = await stories.open('launcher')
    const loaded: string[] = []
    page.on('request', (request) => loaded.push(new URL(request.url()).pathname))
    await page.evaluate((entry) => window.mountBuilt?.(entry), stories.built)
    expect(loaded).toEqual([stories.built])
    await page.getByRole('button', { name: 'Chat', exact: true }).click()
    await expect.poll(() => panel(page).isVisible()).toBe(true)
    await expect.poll(() => loaded.length).toBe(3)
    expect(page.complaints).toEqual([])
    await page.done()
  })
})

describe('on a hostile page', () => {
  const sheets = {
    'unsets everything': '*,*::before,*::after{all:unset!important}',
    'hides every box': 'div,beckon-widget{display:none!important}',
    'hides what it does not know': 'html>*:not(head):not(body){display:none!important}',
    'is transformed': 'html{transform:translateY(500px);height:3000px}',
    'has tiny capitals': ':root{font-size:62.5%;letter-spacing:4px;text-transform:uppercase}',
  }
  test.each(Object.entries(sheets))('T7 that %s, the card looks the same', async (_, css) => {
    const page = await stories.open('card', { css })
    await viewed(page)
    const box = await card(page).boundingBox()
    expect(box?.width).toBe(370)
    expect(Math.round((box?.x ?? 0) + (box?.width ?? 0))).toBe(1076)
    expect(Math.round((box?.y ?? 0) + (box?.height ?? 0))).toBe(696)
    await card(page).getByRole('button', { name: 'Reply' }).click()
    await page.done()
  })

  test('T7 that sweeps away unknown nodes, it comes back', async () => {
    const page = await stories.open('card')
    await viewed(page)
    await page.evaluate(() => document.querySelector('beckon-widget')?.remove())
    await expect.poll(() => card(page).isVisible()).toBe(true)
    await page.done()
  })

  test('T7 the root is closed to it, and destroy leaves no trace', async () => {
    const page = await stories.open('card', { closed: true })
    await viewed(page)
    expect(await page.evaluate(() => document.querySelector('beckon-widget')?.shadowRoot)).toBe(
      null,
    )
    await page.evaluate(() => window.handle?.destroy())
    expect(await page.locator('beckon-widget').count()).toBe(0)
    expect(await page.evaluate(() => document.documentElement.children.length)).toBe(2)
    await page.done()
  })

  test('T5 its shortcuts do not hear what is typed to us', async () => {
    const page = await stories.open('card')
    await viewed(page)
    await page.evaluate(() =>
      document.addEventListener('keydown', () => document.body.append('heard')),
    )
    await page.getByRole('textbox', { name: 'Write a reply…' }).press('/')
    expect(await page.evaluate(() => document.body.textContent?.includes('heard'))).toBe(false)
    await page.done()
  })
})

describe('access', () => {
  const faces = [
    ['launcher-unread', 'dark'],
    ['card', 'light'],
    ['card-closing', 'dark'],
    ['before', 'light'],
    ['offline', 'dark'],
    ['queue', 'light'],
    ['chatting', 'dark'],
    ['chatting', 'light'],
    ['ended', 'light'],
    ['before-desks', 'dark'],
    ['chatting-ar', 'light'],
  ] as const
  test.each(faces)('Q axe finds nothing in %s, %s', async (face, colorScheme) => {
    const axe = await readFile(
      createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
      'utf8',
    )
    const options = { colorScheme, bypassCSP: true }
    const page = await stories.open(`${face}&scheme=${colorScheme}`, options)
    const part = page.locator(/launcher|card/.test(face) ? '.card, .badge' : '.panel')
    await expect.poll(() => part.count()).toBeGreaterThan(0)
    await expect.poll(() => page.locator('.panel > .form:empty').count()).toBe(0)
    await page.evaluate(axe)
    const violations = await page.evaluate(async () => {
      const { axe: loaded } = window as unknown as { axe: typeof import('axe-core') }
      const { violations: found } = await loaded.run(
        { include: [['beckon-widget']] },
        { rules: { region: { enabled: false } } },
      )
      return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`))
    })
    expect(violations).toEqual([])
    await page.done()
  })
})

/** As a tab in the background: the browser still draws it, but says that nobody sees it. */
const hide = (page: Page, hidden: boolean) =>
  page.evaluate((is) => {
    Object.defineProperty(document, 'hidden', { value: is, configurable: true })
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  }, hidden)

/** An invitation that comes while the page is already busy with something. */
const invite = (page: Page) =>
  page.evaluate(() =>
    window.port?.say({
      type: 'invitation',
      invitation: {
        id: '01890a5d-ac96-774b-bcce-000000000001' as never,
        state: 'sent',
        text: 'May I help?',
        agent: { name: 'Ana', initials: 'AD', tint: 0 },
        groupName: 'Bike advice',
        siteName: 'Ridgeline Cycles',
        canKeep: true,
      },
    }),
  )

declare global {
  interface Window {
    rung?: number
  }
}
