import { mkdirSync } from 'node:fs'
import type { AgentView, DepartmentView, GroupView, HandOffTimers } from '@beckon/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './axe.ts'
import { type Agent, eventually, type Visitor } from './people.ts'
import { openScene, type Scene } from './scene.ts'
import { heard, openChat, write } from './talk.ts'

describe('chats find their agents', () => {
  let scene: Scene
  beforeAll(async () => {
    scene = await openScene({ BECKON_GRACE_SECONDS: '0.5' })
    await scene.addLink(scene.site, '#1d5c47')
    for (const name of ['kim', 'lee', 'max', 'nia']) {
      scene.page(`/${name}`, { title: `${name} reads`, body: `<h1>${name}</h1>` })
    }
  })
  afterAll(async () => {
    await scene[Symbol.asyncDispose]()
  })

  const group = async () => (await scene.groups())[0] as GroupView
  const setGroup = async (part: object) => scene.rest.patch(`/groups/${(await group()).id}`, part)
  const NEVER = { firstReply: null, followUp: null, gone: null }

  /** Opens the launcher and asks. */
  async function asks(name: string): Promise<Visitor> {
    const visitor = await scene.visitor()
    await visitor.page.goto(`${scene.website.origin}/${name}`)
    await visitor.page.getByRole('button', { name: 'Chat with us' }).click()
    await visitor.panel.getByLabel('Your question').fill(`${name} asks`)
    await visitor.panel.locator('button[type=submit]').click()
    return visitor
  }
  const seesInPanel = (visitor: Visitor, text: string | RegExp) =>
    eventually(() => visitor.panel.textContent().catch(() => '')).toMatch(text)
  /** The one of the two whose chat it is now. */
  const mine = ({ page }: Agent, words: string) =>
    page
      .getByRole('region', { name: 'My active' })
      .getByRole('link')
      .filter({ hasText: words })
      .count()

  /** The one chat they have, whose log says how they came to it. */
  async function opensOnly(agent: Agent, how: RegExp): Promise<void> {
    await eventually(() => mine(agent, '')).toBe(1)
    const region = agent.page.getByRole('region', { name: 'My active' })
    await region.getByRole('link').click()
    await eventually(() => heard(agent)).toMatch(how)
  }

  async function ends(agent: Agent, words: string): Promise<void> {
    await openChat(agent, words)
    await agent.page.getByRole('button', { name: /^End chat/ }).click()
    await eventually(() => mine(agent, words)).toBe(0)
  }

  test('C8 C3 C10 round robin, the queue, hand-off by each timer, and a department that closes', async () => {
    const { email, password } = await scene.addAgent('Ben')
    const ana = await scene.agent()
    const ben = await scene.agent({ email, password })
    const { items: accounts } = await scene.rest.get<{ items: AgentView[] }>('/agents')
    for (const { id } of accounts) await scene.rest.patch(`/agents/${id}`, { chatLimit: 1 })
    await setGroup({ distribution: 'round_robin', handOff: NEVER })
    for (const agent of [ana, ben]) {
      await agent.opensChats()
      await agent.page.getByRole('heading', { name: 'Chats' }).waitFor()
      const switched = agent.page.getByRole('button', { name: /^(Una|A)vailable/ })
      await switched.waitFor()
      if (/^Una/.test((await switched.textContent()) ?? '')) {
        await switched.click()
        await agent.page.getByRole('menuitemcheckbox', { name: 'Available', exact: true }).click()
        await agent.page.keyboard.press('Escape')
      }
      await agent.page.getByRole('button', { name: /^Available/ }).waitFor()
    }
    const whose = async (words: string): Promise<Agent> => {
      await eventually(async () => (await mine(ana, words)) + (await mine(ben, words))).toBe(1)
      return (await mine(ana, words)) > 0 ? ana : ben
    }
    const other = (agent: Agent) => (agent === ana ? ben : ana)
    const idOf = (agent: Agent) =>
      accounts.find((one) => (one.email === email) === (agent === ben))?.id
    const nameOf = (agent: Agent) => (agent === ana ? 'Ana' : 'Ben')

    // C8 each gets one; C3 the others wait, and are told where they stand.
    const kim = await asks('kim')
    const first = await whose('kim asks')
    const lee = await asks('lee')
    expect(await whose('lee asks')).toBe(other(first))
    const max = await asks('max')
    await seesInPanel(max, /You are first in line/)
    const nia = await asks('nia')
    await seesInPanel(nia, /You are second in line/)
    await ana.page.getByText('2 in queue').waitFor()
    await picture(ana, 'queue')
    await ends(first, 'kim asks')
    await seesInPanel(nia, /You are first in line/)
    expect(await whose('max asks')).toBe(first)
    await seesInPanel(kim, /ended/i)
    await ends(other(first), 'lee asks')
    await seesInPanel(lee, /ended/i)
    expect(await whose('nia asks')).toBe(other(first))
    await ends(other(first), 'nia asks')

    // C8 no first reply: the colleague has it, and both sides are told who answers.
    for (const { id } of accounts) await scene.rest.patch(`/agents/${id}`, { chatLimit: 9 })
    const second = other(first)
    // Only the colleague can receive: what was handed on stays there.
    const handsTo = (agent: Agent, timer: Partial<HandOffTimers>) =>
      setGroup({ memberIds: [idOf(agent)], handOff: { ...NEVER, ...timer } })
    await handsTo(second, { firstReply: 1 })
    await first.reads('Your chat with')
    await seesInPanel(max, new RegExp(`${nameOf(second)}.* answers you from now on`))
    await picture(first, 'handed-off')

    // C8 no follow-up: who has answered and then lets the visitor wait.
    await opensOnly(second, /No first reply: the chat went to you/)
    await write(second, 'One moment')
    await max.seesMessage('One moment')
    await max.writes('still there?')
    await eventually(() => heard(second)).toContain('still there?')
    await handsTo(first, { followUp: 1 })

    // C8 disconnected: the console is closed.
    await opensOnly(first, /No follow-up: the chat went to you/)
    await write(first, 'I am here')
    await max.seesMessage('I am here')
    const stays = second
    await handsTo(second, { gone: 1 })
    await first.page.close()
    await opensOnly(stays, /was not connected: the chat went to you/)

    // C8 leaving with open chats asks; C10 closed by its hours, the link says so at once.
    await stays.page.getByRole('button', { name: /your menu$/ }).click()
    await stays.page.getByRole('menuitem', { name: 'Sign out' }).click()
    await stays.page.getByRole('alertdialog', { name: /open chats?$/ }).waitFor()
    await picture(stays, 'leaving')
    await stays.page.getByRole('button', { name: 'Stay here' }).click()
    const reader = await scene.visitor()
    await reader.page.goto(`${scene.website.origin}/kim`)
    await reader.page.getByRole('button', { name: 'Chat with us' }).waitFor()
    const { items } = await scene.rest.get<{ items: DepartmentView[] }>('/departments')
    const hours = { timeZone: 'UTC', week: Array(7).fill([]), holidays: [] }
    const { id } = items[0] as DepartmentView
    await scene.rest.patch(`/departments/${id}`, { hours, closedOutside: true })
    await reader.page.getByRole('button', { name: 'We are away' }).waitFor()
    await scene.rest.patch(`/departments/${id}`, { closedOutside: false })
    await reader.page.getByRole('button', { name: 'Chat with us' }).waitFor()
  })

  test('C8 C10 groups, hours and limits are set by hand', async () => {
    const handOff = { firstReply: 60, followUp: 300, gone: 120 }
    await setGroup({ distribution: 'round_robin', handOff })
    const { items: all } = await scene.rest.get<{ items: DepartmentView[] }>('/departments')
    await scene.rest.patch(`/departments/${all[0]?.id}`, { hours: null })
    const ana = await scene.agent()
    const { page } = ana
    // C8 the switch is at hand also where a screen's own buttons stand in its place.
    await page.goto(`${scene.server.base}/console/settings/departments`)
    await page.getByRole('button', { name: /^Ana, available, your menu$/ }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Unavailable' }).click()
    // The notice takes no key away from the menu.
    await page.getByText('You are unavailable').first().waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: /^Ana, unavailable, your menu$/ }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Available', exact: true }).click()
    await page.keyboard.press('Escape')
    await page.goto(`${scene.server.base}/console/settings/hours`)
    await page.getByRole('link', { name: /^Support/ }).click()
    const keeps = page.getByRole('switch', { name: 'Keep business hours' })
    if ((await keeps.getAttribute('aria-checked')) === 'false') await keeps.click()
    await page.getByRole('switch', { name: /^No new chats outside/ }).waitFor()
    await page.getByRole('button', { name: 'Add times to Monday' }).click()
    await page.getByLabel('Monday, time 2, from').fill('18:00')
    await page.getByLabel('Monday, time 2, to').fill('16:00')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('A time ends before it begins').waitFor()
    await page.getByLabel('Monday, time 2, to').fill('00:00')
    await page.getByRole('button', { name: 'Monday to Friday as on Monday' }).click()
    await page.getByRole('button', { name: 'Add a holiday' }).click()
    await page.getByLabel('Day of Holiday 1').fill('2030-12-24')
    await picture(ana, 'hours')
    await expectAccessible(page, 'business hours')
    await page.keyboard.press('Control+s')
    await page.getByText('Saved the hours of Support', { exact: true }).waitFor()
    const { items } = await scene.rest.get<{ items: DepartmentView[] }>('/departments')
    expect(items[0]?.hours?.week.slice(3)).toEqual([
      ...Array(2).fill([
        { from: 540, to: 1_020 },
        { from: 1_080, to: 1_440 },
      ]),
      [],
      [],
    ])

    await page.goto(`${scene.server.base}/console/settings/groups`)
    await page.getByRole('button', { name: /Support/ }).click()
    const form = page.getByRole('dialog', { name: 'Support' })
    await form.getByLabel(/^No first reply, seconds/).fill('abc')
    await form.getByRole('button', { name: 'Save' }).click()
    await form.getByText('Type a whole number from 1 to 86,400.').waitFor()
    const reply = form.getByRole('checkbox', { name: 'No first reply' })
    await reply.click()
    await reply.click()
    await form.getByRole('radio', { name: 'Whoever takes it from the queue' }).click()
    await picture(ana, 'group')
    await expectAccessible(page, 'group')
    await form.getByRole('button', { name: 'Save' }).click()
    await eventually(() => form.count()).toBe(0)
    expect(await group()).toMatchObject({ distribution: 'pull', handOff: { firstReply: 60 } })
  })
})

const pictures = process.env.PICTURES
/** Kept where somebody wants to look at them. */
async function picture({ page }: Agent, name: string): Promise<void> {
  if (!pictures) return
  mkdirSync(pictures, { recursive: true })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: `${pictures}/routing-${name}-${colorScheme}.png` })
  }
  await page.emulateMedia({ colorScheme: null })
}
