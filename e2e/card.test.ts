import type { Message, SiteView } from '@beckon/protocol'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Agent, eventually, Visitor } from './people.ts'
import { openChats, rowsOf } from './record.ts'
import { openScene, type Scene, snippetOf } from './scene.ts'
import { openWebsite, type Website } from './website.ts'
import { openWindow } from './window.ts'

const GREEN = '#1d5c47'
const PLUM = '#7a2b6b'
const RUST = '#a33b12'
const SHIPPED = '#2645d8'

describe('the card on the visitor’s page', () => {
  let scene: Scene
  let ana: Agent
  let shop: SiteView
  let blog: SiteView
  let elsewhere: Website
  beforeAll(async () => {
    scene = await openScene()
    elsewhere = await openWebsite()
    shop = await scene.addSite('Shop')
    blog = await scene.rest.post<SiteView>('/sites', {
      name: 'Blog',
      origins: [scene.website.origin, elsewhere.origin],
    })
    await scene.addLink(shop, GREEN)
    await scene.addLink(blog, PLUM)
    ana = await scene.agent()
  })
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]()
    await elsewhere?.close()
  })

  test('S35 a tracked site without a link: the default style in a button-type window', async () => {
    scene.page('/plain', { title: 'Plain site' })
    const kim = await arrives('/plain')
    await ana.looksAfresh()
    await ana.invites('Plain site', 'Hello from nowhere special')
    await kim.seesCard('Hello from nowhere special')
    expect(await accentOf(kim)).toBe(rgb(SHIPPED))
  })

  test('S33 a live chat link on the page styles the card', async () => {
    const link = await scene.addLink(shop, RUST)
    await scene.rest.patch(`/sites/${shop.id}`, { mainLinkId: null })
    const body = `<a href="/talk" data-beckon-link="${link.id}">Talk to us</a>`
    scene.page('/linked', { title: 'Page with a link', site: shop, body })
    const kim = await arrives('/linked')
    await ana.looksAfresh()
    await ana.invites('Page with a link', 'Styled by the link')
    await kim.seesCard('Styled by the link')
    expect(await accentOf(kim)).toBe(rgb(RUST))
  })

  test('S34 two sites on two origins: two different windows', async () => {
    await scene.addLink(shop, GREEN)
    scene.page('/shop', { title: 'In the shop', site: shop })
    elsewhere.put('/blog', { title: 'On the blog', head: snippetOf(scene.server.base, blog) })
    const kim = await arrives('/shop')
    const lee = await scene.visitor()
    await lee.page.goto(`${elsewhere.origin}/blog`)
    const looks: string[] = []
    for (const [visitor, title] of [
      [kim, 'In the shop'],
      [lee, 'On the blog'],
    ] as const) {
      await ana.looksAfresh()
      await ana.invites(title, 'Hello')
      await visitor.seesCard('Hello')
      looks.push(await accentOf(visitor))
    }
    expect(looks).toEqual([rgb(GREEN), rgb(PLUM)])
  })

  test('S36 S46 a visitor who moved from one site to the other gets that one’s style, and no new clock', async () => {
    scene.page('/a', { title: 'Site A', site: shop })
    scene.page('/b', { title: 'Site B', site: blog })
    const kim = await arrives('/a')
    await ana.looksAfresh()
    await ana.invites('Site A', 'Wherever you go')
    await kim.seesCard('Wherever you go')
    expect(await accentOf(kim)).toBe(rgb(GREEN))
    const before = (await rowsOf(scene, 'Site A'))[0]?.invitation?.deadline
    expect(before).toBeGreaterThan(0)

    await kim.page.goto(`${scene.website.origin}/b`)
    await kim.seesCard('Wherever you go')
    expect(await accentOf(kim)).toBe(rgb(PLUM))
    await eventually(async () => (await rowsOf(scene, 'Site B'))[0]?.invitation?.deadline).toBe(
      before,
    )
  })

  test('S29 S30 nobody’s name leaves nothing: preview and card say the same tidy words', async () => {
    scene.page('/nameless', { title: 'Nameless' })
    const kim = await arrives('/nameless')
    await ana.looksAfresh()
    await ana.selects('Nameless')
    await ana.choosesInvite()
    await ana.writesInvitation('Hi #displayname#, using #browser#?')
    await eventually(() => ana.preview()).toMatch(/^Hi, using Chrome \d+\?$/)
    const previewed = await ana.preview()
    await ana.sendsInvitation()
    await kim.seesCard(previewed)
    expect(await cardText(kim)).toBe(previewed)
  })

  test('S29 navigating between the last keystroke and Send delivers exactly what a preview showed', async () => {
    for (const round of [1, 2, 3]) {
      scene.page(`/race-${round}`, { title: `Race ${round}` })
      const kim = await arrives(`/race-${round}`)
      await ana.looksAfresh()
      await ana.selects(`Race ${round}`)
      await ana.choosesInvite()
      await ana.writesInvitation('You are reading #pagetitle#')
      await eventually(() => ana.preview()).toBe(`You are reading Race ${round}`)
      const shown = await previewsOf(ana)
      await Promise.all([
        kim.page.evaluate((to) => {
          history.pushState({}, '', `/elsewhere-${to}`)
          document.title = `Elsewhere ${to}`
        }, round),
        ana.sendsInvitation(),
      ])
      await kim.seesCard('You are reading')
      expect(await shown()).toContain(await cardText(kim))
    }
  })

  test('I11 two tabs of one window: one row, the card in front, and in the other when it is shown', async () => {
    scene.page('/tabs', { title: 'Two tabs' })
    await using window = await openWindow(scene)
    const back = new Visitor(await window.tab())
    await back.page.goto(`${scene.website.origin}/tabs`)
    await ana.looksAfresh()
    await ana.seesRow('Two tabs')
    const front = new Visitor(await window.tab())
    await front.page.goto(`${scene.website.origin}/tabs`)
    await ana.invites('Two tabs', 'In front of you')
    await front.seesCard('In front of you')
    await ana.seesRow(/Two tabs.*Viewed/)
    expect((await rowsOf(scene, 'Two tabs')).map(({ hits }) => hits)).toEqual([2])

    await back.page.bringToFront()
    await back.seesCard('In front of you')
    await back.replies('Here I am')
    await back.seesMessage('Here I am')
    await front.page.bringToFront()
    await front.seesNoCard()
    await ana.seesRow(/Two tabs.*In chat/)
  })

  test('I12 two tabs reply at once: one chat, and no word in it twice', async () => {
    scene.page('/twice', { title: 'Replied twice' })
    const one = await arrives('/twice')
    await ana.looksAfresh()
    await ana.seesRow('Replied twice')
    const other = new Visitor(await one.page.context().newPage())
    await other.page.goto(`${scene.website.origin}/twice`)
    await ana.invites('Replied twice', 'Which one?')
    for (const [tab, text] of [
      [one, 'The left one'],
      [other, 'The right one'],
    ] as const) {
      await tab.seesCard('Which one?')
      await tab.card.getByRole('textbox').fill(text)
    }
    const reply = (tab: Visitor) =>
      tab.card.getByRole('button', { name: 'Reply', exact: true }).click({ timeout: 5_000 })
    await Promise.allSettled([reply(one), reply(other)])
    await ana.seesRow(/Replied twice.*In chat/)
    const [row] = await rowsOf(scene, 'Replied twice')
    const mine = (await openChats(scene)).filter(({ visitorId }) => visitorId === row?.visitorId)
    expect(mine).toHaveLength(1)
    const { messages } = await scene.rest.get<{ messages: Message[] }>(`/chats/${mine[0]?.id}`)
    const said = messages.filter(({ from }) => from === 'visitor').map(({ text }) => text)
    expect(['The left one', 'The right one']).toEqual(expect.arrayContaining(said))
    expect(new Set(said).size).toBe(said.length)
    expect(messages.map(({ text }) => text)[0]).toBe('Which one?')
    await one.seesNoCard()
    await eventually(() => openCards(other)).toBe(0)
  })

  test('S32 DESIGN §5 the card follows to the next page with what was being written', async () => {
    scene.page('/first', { title: 'First page' })
    scene.page('/second', { title: 'Second page' })
    const kim = await arrives('/first')
    await ana.looksAfresh()
    await ana.invites('First page', 'Take your time')
    await kim.seesCard('Take your time')
    await kim.card.getByRole('textbox').pressSequentially('I was about to')
    await kim.page.goto(`${scene.website.origin}/second`)
    await kim.seesCard('Take your time')
    await eventually(() => kim.card.getByRole('textbox').inputValue()).toBe('I was about to')
    await kim.replies('I was about to ask')
    await kim.seesMessage('I was about to ask')
  })

  async function arrives(path: string): Promise<Visitor> {
    const visitor = await scene.visitor()
    await visitor.page.goto(`${scene.website.origin}${path}`)
    return visitor
  }
})

const rgb = (hex: string): string =>
  `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(', ')})`

/** The colour of the card's one filled button, as the browser computed it. */
const accentOf = ({ card }: Visitor): Promise<string> =>
  card
    .getByRole('button', { name: 'Reply', exact: true })
    .evaluate((button) => getComputedStyle(button).backgroundColor)

const cardText = async ({ card }: Visitor): Promise<string> =>
  (await card.locator('.text').first().textContent()) ?? ''

/** Cards that still wait for an answer. */
const openCards = ({ card }: Visitor): Promise<number> =>
  card.getByRole('button', { name: 'Reply', exact: true }).count()

/** Every text the Message Preview shows from now on, beginning with the one it shows. */
async function previewsOf({ page }: { page: Page }): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const shown = new Set<string>()
    Object.assign(window, { shownPreviews: shown })
    const look = () => {
      const text = document.querySelector('[data-preview-text]')?.textContent
      if (text) shown.add(text)
    }
    look()
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    })
  })
  return () =>
    page.evaluate(() => [...(window as unknown as { shownPreviews: Set<string> }).shownPreviews])
}
