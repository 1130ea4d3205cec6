import type { AgentView, BrandView, DepartmentView, GroupView, SiteView } from '@beckon/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { USER_AGENT } from '../scripts/lib/chromium.mjs'
import { Agent, eventually, listenForComplaints, openShadowRoots } from './people.ts'
import { openScene, type Scene } from './scene.ts'
import { ADMIN } from './server.ts'

let scene: Scene
let admin: Agent
beforeAll(async () => {
  scene = await openScene()
  // Somebody whose own browser is a person's: they visit their website with it.
  const context = await scene.browser.newContext({
    viewport: { width: 1440, height: 900 },
    userAgent: USER_AGENT,
  })
  await openShadowRoots(context)
  const page = await context.newPage()
  listenForComplaints(page, 'admin', scene.complaints)
  admin = new Agent(page, scene.server.base)
  await admin.signsIn(ADMIN)
})
afterAll(() => scene?.[Symbol.asyncDispose]())

test('W18 a refused website is named, allowed by a click, and the administrator finds their own visit', async () => {
  const { site, website, rest, server } = scene
  const { page } = admin
  await rest.patch(`/sites/${site.id}`, { origins: ['shop.example'] })
  scene.page('/', { title: 'Shop start' })
  const kim = await scene.visitor()
  await kim.page.goto(`${website.origin}/`)

  await page.goto(`${server.base}/console/settings/sites/${site.id}`)
  await page.getByText('Waiting for the first hit…').waitFor()
  await page.getByText(`A hit came from ${website.origin}, which is not allowed.`).waitFor()
  await page.getByRole('button', { name: 'Allow it' }).click()
  await page.getByText('Pages on shop.example may send hits.').waitFor()
  await kim.page.reload()
  await page.getByText('Visitors arrive. Last on Shop start').waitFor()
  await eventually(() => page.getByText(': passed').count()).toBe(4)

  await rest.patch(`/sites/${site.id}`, { origins: [website.origin] })
  await page.reload()
  const opened = page.context().waitForEvent('page')
  await page.getByRole('link', { name: 'Send me through as a test visitor' }).click()
  const mine = await opened
  await page.bringToFront()
  await page.getByText('That’s you: Shop start').waitFor()
  await page.getByRole('button', { name: 'Check the page' }).click()
  await page.getByText('Beckon looks only at the usual ports of websites').waitFor()

  await admin.looksAfresh()
  await admin.seesRow(/Test visitor.*Shop start/)
  await mine.close()
})

test('W14 a second brand: made on the screen, seen by its own agents, and chosen above the list', async () => {
  const { rest, server, website } = scene
  const { page } = admin
  await expect(page.getByLabel('Brand').count()).resolves.toBe(0)

  await page.goto(`${server.base}/console/settings/brands`)
  await page.getByRole('button', { name: 'Add a brand' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Tandem')
  await page.getByRole('button', { name: 'Add the brand' }).click()
  await page.getByRole('link', { name: '/portal/tandem' }).waitFor()
  await page.getByRole('link', { name: 'Sites', exact: true }).click()
  await page.getByRole('button', { name: 'Add a website' }).click()
  await page.getByLabel('Brand').selectOption({ label: 'Tandem' })
  await page.getByLabel('Address').fill(website.origin)
  await page.getByLabel('Name', { exact: true }).fill('Tandem shop')
  await page.getByRole('dialog').getByRole('button', { name: /^Add/ }).click()
  await page.getByText('Waiting for the first hit…').waitFor()

  const brands = (await rest.get<{ items: BrandView[] }>('/brands')).items
  const brandId = brands.find((brand) => brand.name === 'Tandem')?.id
  const sites = (await rest.get<{ items: SiteView[] }>('/sites')).items
  const site = sites.find((one) => one.name === 'Tandem shop')
  expect(site?.brandId).toBe(brandId)
  const department = await rest.post<DepartmentView>('/departments', {
    name: 'Tandem help',
    liveChat: true,
    brandId,
  })
  const ben = await scene.addAgent('Ben', { groups: false })
  const join = (memberIds: string[]) =>
    rest.patch<GroupView>(`/groups/${department.frontGroupId}`, { memberIds })
  await join([ben.id])

  if (site) scene.page('/tandem', { title: 'Tandem page', site })
  const tim = await scene.visitor()
  await tim.page.goto(`${website.origin}/tandem`)
  scene.page('/other', { title: 'Other page' })
  const kim = await scene.visitor()
  await kim.page.goto(`${website.origin}/other`)

  // Each sees their own brand; an administrator is nobody special here.
  const agent = await scene.agent(ben)
  await agent.looksAfresh()
  await agent.seesRow('Tandem page')
  await expect(agent.row('Other page').count()).resolves.toBe(0)
  await expect(agent.page.getByLabel('Brand').count()).resolves.toBe(0)
  await admin.looksAfresh()
  await admin.seesRow('Other page')
  await expect(admin.row('Tandem page').count()).resolves.toBe(0)

  const { agent: me } = await rest.get<{ agent: AgentView }>('/me')
  await join([ben.id, me.id])
  await admin.looksAfresh()
  await admin.seesRow('Tandem page')
  await admin.seesRow('Other page')
  await page.getByLabel('Brand').selectOption({ label: 'Tandem' })
  await eventually(() => admin.row('Other page').count()).toBe(0)
  await admin.seesRow('Tandem page')
  // The address keeps it.
  await page.reload()
  await admin.seesRow('Tandem page')
  await expect(admin.row('Other page').count()).resolves.toBe(0)
  await page.getByLabel('Brand').selectOption({ label: 'All brands' })
  await admin.seesRow('Other page')
})
