import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Agent, eventually, Visitor } from './people.ts'
import { invitationReport, openChats, rowsOf } from './record.ts'
import { openScene, type Scene } from './scene.ts'
import { openWindow } from './window.ts'

const TERM_MS = 120_000
const TITLES = {
  '/states': 'Saddles',
  '/back': 'Coming back',
  '/hidden': 'Background page',
  '/undo': 'Undo page',
  '/later': 'Withdrawn later',
}

describe('the life of an invitation', () => {
  let scene: Scene
  let ana: Agent
  let untouched: Promise<Untouched>
  beforeAll(async () => {
    scene = await openScene()
    for (const [path, title] of Object.entries(TITLES)) scene.page(path, { title })
    // Two minutes are long: this visitor's pass while the other journeys go on.
    untouched = leaveUntouched(scene)
    untouched.catch(() => {})
    ana = await scene.agent()
  })
  afterAll(() => scene?.[Symbol.asyncDispose]())

  test('W11 every state is in the row as it happens: delivered, viewed, typing, declined', async () => {
    const kim = await scene.visitor()
    await kim.page.goto(`${scene.website.origin}/states`)
    await kim.page.evaluate(() => {
      document.body.insertAdjacentHTML('beforeend', '<dialog id="sizes">Choose a size</dialog>')
      document.querySelector<HTMLDialogElement>('#sizes')?.showModal()
    })
    await ana.looksAfresh()
    await ana.invites('Saddles', 'Shall I help with the saddle?')
    await ana.reads(/^Sent to /)

    // A dialog of the page is open: the card waits as a badge, and its clock with it.
    await ana.seesRow(/Saddles.*Delivered/)
    await eventually(() =>
      kim.page.getByRole('button', { name: /Chat invitation from/ }).count(),
    ).toBe(1)
    await kim.seesNoCard()

    await kim.page.evaluate(() => document.querySelector<HTMLDialogElement>('#sizes')?.close())
    await kim.seesCard('Shall I help with the saddle?')
    await ana.seesRow(/Saddles.*Viewed(2:00|1:5\d)/)

    await kim.card.getByRole('textbox').pressSequentially('Well')
    await ana.seesRow(/Saddles.*Typing/)
    await kim.declines()
    await kim.seesNoCard()
    await ana.seesRow(/Saddles.*Declined/)
    await ana.reads(/ declined$/)
  })

  test('W11 sent while nobody is there, viewed on coming back, then in a chat', async () => {
    const kim = await scene.visitor()
    await kim.page.goto(`${scene.website.origin}/back`)
    await ana.looksAfresh()
    await ana.seesRow('Coming back')
    await kim.page.goto('about:blank')
    await ana.invites('Coming back', 'Still there?')
    await ana.seesRow(/Coming back.*Sent/)

    await kim.page.goto(`${scene.website.origin}/back`)
    await kim.seesCard('Still there?')
    await ana.seesRow(/Coming back.*Viewed/)
    expect(await chatsOn(scene, 'Coming back')).toBe(0)
    await kim.replies('I am')
    await ana.seesRow(/Coming back.*In chat/)
    expect(await chatsOn(scene, 'Coming back')).toBe(1)
  })

  test('S46 a hidden tab has not viewed: the clock starts when the tab is shown', async () => {
    await using window = await openWindow(scene)
    const kim = new Visitor(await window.tab())
    await kim.page.goto(`${scene.website.origin}/hidden`)
    await ana.looksAfresh()
    await ana.seesRow('Background page')
    await window.tab()
    await eventually(() => kim.page.evaluate(() => document.visibilityState)).toBe('hidden')

    await ana.invites('Background page', 'Can I help?')
    await ana.seesRow(/Background page.*Delivered([3-9]|\d\d) s/)
    const [waiting] = await rowsOf(scene, 'Background page')
    expect(waiting?.invitation).toMatchObject({ state: 'delivered' })
    expect(waiting?.invitation).not.toHaveProperty('viewedAt')

    await kim.page.bringToFront()
    await kim.seesCard('Can I help?')
    await ana.seesRow(/Background page.*Viewed/)
    const [shown] = await rowsOf(scene, 'Background page')
    const { deliveredAt = 0, viewedAt = 0, deadline = 0 } = shown?.invitation ?? {}
    expect(viewedAt - deliveredAt).toBeGreaterThanOrEqual(3_000)
    expect(deadline - viewedAt).toBe(TERM_MS)
  })

  test('W11 undone within five seconds: the card leaves and the agent reads how long it stood', async () => {
    const kim = await scene.visitor()
    await kim.page.goto(`${scene.website.origin}/undo`)
    await ana.looksAfresh()
    await ana.invites('Undo page', 'Too early')
    await kim.seesCard('Too early')
    await ana.page.getByRole('button', { name: /^Undo/ }).click()
    await kim.seesNoCard()
    await ana.reads(/^Withdrawn\. It was on the screen for \d+ s\.$/)
    await ana.seesRow(/Undo page.*Withdrawn/)
    const [row] = await rowsOf(scene, 'Undo page')
    expect(row?.invitation).toMatchObject({ state: 'withdrawn', reason: 'undone' })
    expect(await chatsOn(scene, 'Undo page')).toBe(0)
  })

  test('W11 withdrawn later from Actions: what the visitor wrote is kept and can start a chat', async () => {
    const kim = await scene.visitor()
    await kim.page.goto(`${scene.website.origin}/later`)
    await ana.looksAfresh()
    await ana.invites('Withdrawn later', 'A minute, please')
    await kim.seesCard('A minute, please')
    await kim.card.getByRole('textbox').pressSequentially('Is it waterproof?')
    await ana.seesRow(/Withdrawn later.*Typing/)

    await ana.chooses('Withdraw Invitation')
    await ana.seesRow(/Withdrawn later.*WithdrawnAna/)
    await kim.seesCard('This invitation has ended. Start a chat with what you wrote?')
    expect(await chatsOn(scene, 'Withdrawn later')).toBe(0)

    await kim.card.getByRole('button', { name: 'Start a chat' }).click()
    await kim.seesMessage('Is it waterproof?')
    await ana.seesRow(/Withdrawn later.*Queued/)
  })

  test('S44 S45 viewed and untouched for two minutes: ignored, gone by itself, counted once', async () => {
    const { onScreenMs, page, siteId } = await untouched
    expect(onScreenMs).toBeGreaterThan(TERM_MS - 2_000)
    expect(onScreenMs).toBeLessThan(TERM_MS + 6_000)

    await ana.looksAfresh()
    await ana.seesRow(/Quiet page.*Ignored/)
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY')
    const { rows } = await invitationReport(scene, 'site')
    const { counts } = rows.find(({ id }) => id === siteId) ?? {}
    expect(counts).toEqual({
      sent: 1,
      delivered: 1,
      viewed: 1,
      accepted: 0,
      declined: 0,
      ignored: 1,
      withdrawn: 0,
      expired: 0,
      failed: 0,
      open: 0,
    })
    expect(await chatsOn(scene, 'Quiet page')).toBe(0)
  }, 200_000)
})

/** Open chats of the visitors who are on the page with this title. */
async function chatsOn(scene: Scene, title: string): Promise<number> {
  const visitors = new Set((await rowsOf(scene, title)).map(({ visitorId }) => visitorId))
  return (await openChats(scene)).filter(({ visitorId }) => visitors.has(visitorId)).length
}

type Untouched = { onScreenMs: number; page: Page; siteId: string }

/** Invites a visitor who never does anything, and measures in their page how long the card stands. */
async function leaveUntouched(scene: Scene): Promise<Untouched> {
  const site = await scene.addSite('Quiet shop')
  scene.page('/quiet', { title: 'Quiet page', site })
  const kim = await scene.visitor()
  await kim.page.goto(`${scene.website.origin}/quiet`)
  const bo = await scene.agent(await scene.addAgent('Bo'))
  const stood = kim.page.evaluate(async () => {
    const isThere = () =>
      [...document.querySelectorAll('*')].some((one) => one.shadowRoot?.querySelector('.card'))
    const until = (there: boolean) =>
      new Promise<number>((resolve) => {
        const timer = setInterval(() => {
          if (isThere() !== there) return
          clearInterval(timer)
          resolve(performance.now())
        }, 50)
      })
    const from = await until(true)
    return (await until(false)) - from
  })
  await bo.looksAfresh()
  await bo.invites('Quiet page', 'Can I help?')
  await kim.seesCard('Can I help?')
  await bo.page.context().close()
  return { onScreenMs: await stood, page: kim.page, siteId: site.id }
}
