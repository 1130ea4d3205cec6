import type { DepartmentView, LinkView } from '@beckon/protocol'
import { DEFAULT_STYLE } from '@beckon/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible } from './axe.ts'
import { type Agent, eventually, type Visitor } from './people.ts'
import { openScene, type Scene } from './scene.ts'

let scene: Scene
let admin: Agent
let kim: Visitor
let departments: DepartmentView[]
beforeAll(async () => {
  scene = await openScene()
  admin = await scene.agent()
  kim = await scene.visitor()
  departments = (await scene.rest.get<{ items: DepartmentView[] }>('/departments')).items
})
afterAll(() => scene?.[Symbol.asyncDispose]())

const linkOf = (name: string, more: object) =>
  scene.rest.post<LinkView>('/links', {
    siteId: scene.site.id,
    name,
    style: {
      ...DEFAULT_STYLE,
      title: name,
      onlineText: `${name} is here`,
      offlineText: `${name} is away`,
    },
    ...more,
  })

const live = (liveChat: boolean) =>
  scene.rest.patch(`/departments/${departments[0]?.id}`, { liveChat })

/** What has the focus, inside of the widget too. */
function focused(): string | undefined {
  const { activeElement } = document
  return (activeElement?.shadowRoot?.activeElement ?? activeElement)?.tagName
}

/** A PNG of two pixels by one. */
const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAYAAAD0In+KAAAAD0lEQVR4nGP4z8DwHwQBEPgD/U6VwW8AAAAASUVORK5CYII='

test('C1 every type on a page: faces change with the departments, one that comes later works, too', async () => {
  const { rest, site, website } = scene
  const { page } = kim
  const tab = await linkOf('Desk', { type: 'tab' })
  expect(tab.main).toBe(true)
  const text = await linkOf('Sales', {
    type: 'text',
    style: {
      ...tab.style,
      title: 'Sales',
      accent: '#b32420',
      onlineText: 'Sales is here',
      offlineText: 'Sales is away',
    },
  })
  const { id: online } = await rest.post<{ id: string }>('/images', {
    siteId: site.id,
    data: PICTURE,
  })
  const image = await linkOf('Help', {
    type: 'image',
    images: { online, offline: null, logo: null },
    offline: { do: 'hide' },
  })
  const button = await linkOf('Form', {
    type: 'button',
    offline: { do: 'url', url: `${website.origin}/contact` },
    images: { online: null, offline: null, logo: online },
  })
  scene.page('/contact', { title: 'Contact' })
  scene.page('/', {
    title: 'Shop',
    body: `<h1>Shop</h1><p><span id="text" data-beckon-link="${text.id}">Write to us</span></p>
<p id="picture" data-beckon-link="${image.id}"></p><button id="form" data-beckon-link="${button.id}">Ask</button><p id="later"></p>`,
  })
  await page.goto(`${website.origin}/`)
  const launcher = page.getByRole('button', { name: /^Desk/ })
  await eventually(() => page.locator('#text').textContent()).toBe('Sales is here')
  await eventually(() => launcher.getAttribute('aria-label')).toBe('Desk is here')
  expect((await launcher.boundingBox())?.width).toBe(36)
  expect(await page.locator('#picture img').getAttribute('alt')).toBe('Help is here')
  await eventually(() =>
    page.locator('#picture img').evaluate((one) => (one as HTMLImageElement).naturalWidth),
  ).toBe(2)

  // Offline and back, while the page stands open.
  await live(false)
  await eventually(() => page.locator('#text').textContent()).toBe('Sales is away')
  await eventually(() => page.locator('#picture').isVisible()).toBe(false)
  await eventually(() => launcher.getAttribute('aria-label')).toBe('Desk is away')
  await page.locator('#form').click()
  await eventually(() => page.url()).toBe(`${website.origin}/contact`)
  await page.goBack()
  await live(true)
  await eventually(() => page.locator('#text').textContent()).toBe('Sales is here')
  await eventually(() => page.locator('#picture').isVisible()).toBe(true)

  // What opens looks as its own link; the launcher stays the main link's.
  await page.locator('#text').focus()
  await page.keyboard.press('Enter')
  await kim.panel.waitFor()
  expect(await kim.panel.getAttribute('aria-label')).toContain('Sales')
  const accent = (part: string) =>
    page.locator(part).evaluate((one) => getComputedStyle(one).backgroundColor)
  expect(await accent('.panel .bar')).toBe('rgb(179, 36, 32)')
  expect(await accent('.launcher')).toBe('rgb(38, 69, 216)')
  await eventually(() => page.evaluate(focused)).toBe('INPUT')
  await page.keyboard.press('Escape')
  await eventually(() => kim.panel.count()).toBe(0)
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('text')

  await page.locator('#form').click()
  await eventually(() =>
    page.locator('.bar .logo').evaluate((one) => (one as HTMLImageElement).naturalWidth),
  ).toBe(2)
  await kim.panel.getByRole('textbox').first().press('Escape')
  await eventually(() => kim.panel.count()).toBe(0)

  // A page that builds itself later.
  await page.evaluate((id) => {
    const link = document.createElement('a')
    link.href = '/contact'
    link.dataset.beckonLink = id
    document.querySelector('#later')?.append(link)
  }, text.id)
  const later = page.locator('#later a')
  await eventually(() => later.textContent()).toBe('Sales is here')
  await later.click()
  await kim.panel.waitFor()
  expect(page.url()).toBe(`${website.origin}/`)
  await page.keyboard.press('Escape')
  const seen = async (id: string) => (await rest.get<LinkView>(`/links/${id}`)).seenAt
  expect(await seen(text.id)).not.toBeNull()
})

test('C1 the editor: shows at once, is live with Publish only, refuses what cannot be read', async () => {
  const { page } = admin
  const { items } = await scene.rest.get<{ items: LinkView[] }>('/links')
  const tab = items.find(({ name }) => name === 'Desk')
  await page.goto(`${scene.server.base}/console/settings/links/${tab?.id}`)
  await page.getByText(`In use on ${scene.site.name}`).waitFor()
  const shown = page.locator('[data-preview=page]')
  const publish = page.getByRole('button', { name: 'Publish' })
  await page.getByRole('radio', { name: 'Start' }).click()
  const heading = shown.locator('.bar b')
  await eventually(() => heading.textContent()).toBe('Desk')
  await page.getByLabel('Title in the chat').fill('Ridgeline')
  await eventually(() => heading.textContent()).toBe('Ridgeline')
  await page.getByText('1 change not published').waitFor()

  await page.getByLabel('Colour as figures').fill('#ffe14d')
  await eventually(() => publish.isDisabled()).toBe(true)
  await page.getByRole('button', { name: 'Dark text instead' }).click()
  await eventually(() => publish.isDisabled()).toBe(false)

  await page.getByRole('tab', { name: 'Custom CSS' }).click()
  await page
    .getByRole('textbox', { name: 'Custom CSS' })
    .fill('.launcher { background: url(//evil.example) }')
  await page.getByRole('alert').getByText('url() would fetch something').waitFor()
  expect(await publish.isDisabled()).toBe(true)
  await page.getByRole('textbox', { name: 'Custom CSS' }).fill('.launcher { letter-spacing: 3px }')

  await page.getByRole('radio', { name: 'RTL' }).click()
  await page.getByRole('radio', { name: 'Closed' }).click()
  const box = await shown.locator('.launcher').boundingBox()
  const frame = await shown.boundingBox()
  expect(box && frame && box.x - frame.x < 40).toBe(true)
  await page.getByRole('radio', { name: 'Queue' }).click()
  await page.getByLabel('Language of the visitor').selectOption('ar')
  await shown.getByText('أنت الثاني في الانتظار').waitFor()
  await page.getByLabel('Language of the visitor').selectOption('en')
  await shown.getByText('You are second in line').waitFor()
  for (const part of ['Look', 'Words', 'Departments', 'Offline']) {
    await page.getByRole('tab', { name: part }).click()
    await expectAccessible(page, `link editor, ${part}`)
  }

  // A draft is kept while it is not published; what visitors see is still as before.
  await page.reload()
  await page.getByText(/changes not published/).waitFor()
  const words = kim.page.getByRole('button', { name: /^Desk/ })
  expect(await words.evaluate((one) => getComputedStyle(one).letterSpacing)).not.toBe('3px')
  await publish.click()
  await eventually(() => words.evaluate((one) => getComputedStyle(one).letterSpacing)).toBe('3px')
  await eventually(() => words.evaluate((one) => getComputedStyle(one).backgroundColor)).toBe(
    'rgb(255, 225, 77)',
  )
})
