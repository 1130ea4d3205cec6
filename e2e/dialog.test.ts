import { random, signIn, simulatedAgent, simulatedVisitor } from '@beckon/bench'
import type { DepartmentView, GroupView } from '@beckon/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Agent, eventually } from './people.ts'
import { rowsOf } from './record.ts'
import { openScene, type Scene } from './scene.ts'

const BUENOS_AIRES = '190.188.54.1'

describe('the Live Chat Invitation dialog', () => {
  let scene: Scene
  let ana: Agent
  beforeAll(async () => {
    scene = await openScene()
    ana = await scene.agent()
  })
  afterAll(() => scene?.[Symbol.asyncDispose]())

  test('S12 an administrator without the agent role has no Who’s On and cannot invite', async () => {
    await arrives('/guarded', 'Guarded page')
    const [row] = await rowsOf(scene, 'Guarded page')
    const account = await scene.addAgent('Root', { roles: ['administrator'] })
    const { cookie } = await signIn(scene.server.base, account.email, account.password)
    const connection = await simulatedAgent(scene.server.base, cookie)
    const sending = connection.ask<'invitation.send'>({
      type: 'invitation.send',
      visitId: row?.id as never,
      groupId: (await scene.groups())[0]?.id as never,
      template: 'Hello',
      version: 'none',
    })
    await expect(sending).rejects.toThrow(/^not_allowed/)
    connection.close()

    const context = await scene.browser.newContext()
    const page = await context.newPage()
    await page.goto(`${scene.server.base}/console/`)
    await page.getByLabel('Email').fill(account.email)
    await page.getByLabel('Password', { exact: true }).fill(account.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('link', { name: 'Settings' }).first().waitFor()
    await expect(page.getByRole('link', { name: "Who's On" }).count()).resolves.toBe(0)
    await page.goto(`${scene.server.base}/console/whos-on`)
    await page.getByRole('link', { name: 'Settings' }).first().waitFor()
    await expect(page.getByText('Guarded page').count()).resolves.toBe(0)
    await context.close()
  })

  test('S14 with nobody selected the item is there, does nothing and says why', async () => {
    await ana.looksAfresh()
    await ana.page.getByRole('button', { name: 'Actions' }).first().click()
    const item = ana.page.getByRole('menuitem', { name: /Invite to Live Chat/ })
    await eventually(() => item.getAttribute('aria-disabled')).toBe('true')
    await ana.reads('Select a visitor first.')
    await item.click({ force: true })
    await expect(ana.dialog.count()).resolves.toBe(0)
    await ana.page.keyboard.press('Escape')
  })

  test('S15 S16 a pin of the Density Map offers the same invitation', async () => {
    const eva = simulatedVisitor({
      server: scene.server.base.replace('http', 'ws'),
      persona: { site: scene.site.key, origin: scene.website.origin, address: BUENOS_AIRES },
      random: random(7),
    })
    await eva.arrive({ url: `${scene.website.origin}/far`, title: 'Far away' })
    await ana.looksAfresh()
    await ana.seesRow('Far away')
    await ana.page
      .getByRole('radio', { name: 'Density Map' })
      .or(ana.page.getByRole('button', { name: 'Density Map' }))
      .first()
      .click()
    await ana.page.getByRole('button', { name: /^1 visitor in .*Argentina/ }).click()
    const card = ana.page.getByRole('region', { name: BUENOS_AIRES })
    await eventually(() => card.textContent()).toContain('Far away')
    await card.getByRole('button', { name: /^Invite to Live Chat/ }).click()
    await ana.dialog.waitFor()
    await eventually(() => recipient()).toContain(BUENOS_AIRES)
    await ana.writesInvitation('Greetings to #city|your town#')
    await eventually(() => ana.preview()).toMatch(/^Greetings to \p{L}/u)
    const previewed = await ana.preview()
    await ana.sendsInvitation()
    await eventually(() => eva.ledger.invitations.map(({ text }) => text)).toEqual([previewed])
    eva.leave()
  })

  const everything = { name: 'Kim Lee', username: 'kimlee', email: 'kim@example.com' }
  const rungs = [
    ['display name', everything, 'Kim Lee'],
    ['username', { ...everything, name: undefined }, 'kimlee'],
    ['email', { email: everything.email }, 'kim@example.com'],
    ['IP address', undefined, '127.0.0.1'],
  ] as const
  test.for(rungs)(
    'S18 S19 S20 the recipient is the %s, shown and not typed',
    async ([rung, person, shown]) => {
      const path = `/${rung.replace(' ', '-')}`
      const head = person
        ? `<script>(window.beckon = window.beckon || []).push(['identify', ${JSON.stringify(person)}])</script>`
        : ''
      await arrives(path, `Named by ${rung}`, { head })
      await opensDialogFor(`Named by ${rung}`)
      await eventually(() => recipient()).toMatch(new RegExp(`^${shown.replaceAll('.', '\\.')}`))
      await expect(ana.dialog.getByRole('textbox', { name: 'Recipient' }).count()).resolves.toBe(0)
      await ana.page.keyboard.press('Escape')
    },
  )

  test('S18 S19 S20 the recipient without a kept address is a code', async () => {
    const site = await scene.addSite('Discreet shop')
    await scene.rest.patch(`/sites/${site.id}`, { ipMode: 'none' })
    await arrives('/discreet', 'Discreet page', { site })
    await opensDialogFor('Discreet page')
    await eventually(() => recipient()).toMatch(/^Visitor [0-9A-F]{4}$/)
    await ana.page.keyboard.press('Escape')
  })

  test('S22 S23 S24 groups follow live chat of their departments at the next opening; with none nothing is sent', async () => {
    await arrives('/groups', 'Groups page')
    const { items: departments } = await scene.rest.get<{ items: DepartmentView[] }>('/departments')
    const support = departments[0]
    if (!support) throw new Error('there is no department')
    const orders = await scene.rest.post<DepartmentView>('/departments', {
      name: 'Orders',
      liveChat: true,
    })
    await scene.rest.post<GroupView>('/groups', {
      departmentId: orders.id,
      name: 'Returns',
      memberIds: [],
    })
    await opensDialogFor('Groups page')
    // Membership is not needed; the agent's own group comes first and is chosen.
    await eventually(() => groups()).toEqual(['Support', 'Orders', 'Returns'])
    await eventually(() => chosen()).toBe('Support')
    await ana.page.keyboard.press('Escape')

    await liveChat(orders, false)
    await opensDialogFor('Groups page')
    await eventually(() => groups()).toEqual(['Support'])
    await ana.page.keyboard.press('Escape')

    await liveChat(support, false)
    await opensDialogFor('Groups page')
    await ana.writesInvitation('Hello')
    await eventually(() => ana.dialog.textContent()).toContain(
      'No group can take chats now. Switch live chat on for a department in Settings.',
    )
    await expect(
      ana.dialog.getByRole('button', { name: /^Send invitation/ }).isDisabled(),
    ).resolves.toBe(true)
    await ana.page.keyboard.press('Escape')

    await liveChat(support, true)
    await liveChat(orders, true)
    await opensDialogFor('Groups page')
    await eventually(() => groups()).toEqual(['Support', 'Orders', 'Returns'])
    await ana.page.keyboard.press('Escape')
  })

  async function arrives(path: string, title: string, page: object = {}): Promise<void> {
    scene.page(path, { title, ...page })
    const visitor = await scene.visitor()
    await visitor.page.goto(`${scene.website.origin}${path}`)
    await ana.looksAfresh()
    await ana.seesRow(title)
  }

  async function opensDialogFor(title: string): Promise<void> {
    await ana.looksAfresh()
    await ana.selects(title)
    await ana.choosesInvite()
  }

  const recipient = () => ana.dialog.getByRole('status', { name: 'Recipient' }).textContent()
  const select = () => ana.dialog.getByLabel('Groups')
  const groups = () => select().locator('option').allTextContents()
  const chosen = () => select().locator('option:checked').textContent()
  const liveChat = ({ id }: DepartmentView, on: boolean) =>
    scene.rest.patch(`/departments/${id}`, { liveChat: on })
})
