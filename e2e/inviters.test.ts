import { type Rest, signIn } from '@beckon/bench'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Agent, eventually, type Visitor } from './people.ts'
import { openChats, rowsOf } from './record.ts'
import { openScene, type Scene } from './scene.ts'

type Account = { email: string; password: string; id: string }

describe('who invites, and whose the chat is', () => {
  let scene: Scene
  let ana: Agent
  beforeAll(async () => {
    scene = await openScene()
    ana = await scene.agent()
  })
  afterAll(() => scene?.[Symbol.asyncDispose]())

  test('S38 S39 S40 S41 S42 W14 the chat is the inviter’s: unavailable, inactive, in no group, past the queue', async () => {
    const { bo, account, rest } = await colleague('Bo')
    const waiting = await arrives('/waiting', 'Waiting in line')
    await waiting.page.evaluate(() => (window as { beckon?: { open(): void } }).beckon?.open())
    await waiting.panel.getByLabel('Your question').fill('Is anybody there?')
    await waiting.panel.getByRole('button', { name: 'Start chat' }).click()
    await waiting.seesMessage('Is anybody there?')

    const kim = await arrives('/kim', 'Kim’s page')
    await bo.looksAfresh()
    await bo.invites('Kim’s page', 'May I help?')
    await kim.seesCard('May I help?')
    await bo.seesRow(/Kim’s page.*Viewed/)
    await receivesNothing(bo)
    await leavesEveryGroup(account.id)
    expect(await openChats(scene, rest)).toEqual([])
    await bo.looksAfresh()
    await bo.seesRow('Kim’s page')
    await expect(bo.row('Waiting in line').count()).resolves.toBe(0)

    await kim.replies('Yes, please')
    await kim.seesMessage('Yes, please')
    await bo.reads(/ replied\. The chat is yours\.$/)
    const chats = await openChats(scene, rest)
    expect(chats).toMatchObject([{ state: 'active', agentId: account.id, groupName: 'Support' }])
    // The one who came first waits on: nobody has taken that chat.
    const queued = (await openChats(scene)).filter(({ state }) => state === 'queued')
    expect(queued.map(({ last }) => last?.text)).toEqual(['Is anybody there?'])

    await bo.opensChats()
    await bo.page
      .getByRole('link', { name: /Yes, please/ })
      .first()
      .click()
    const log = bo.page.getByRole('log')
    await eventually(() => log.textContent()).toContain('May I help?')
    await bo.page.getByRole('textbox').last().fill('This way.')
    await bo.page.keyboard.press('Control+Enter')
    await kim.seesMessage('This way.')
  })

  test('S40 S41 unavailable and inactive everywhere from the start, an agent still invites and gets the chat', async () => {
    const { bo: cy, account, rest } = await colleague('Cy')
    await receivesNothing(cy)
    const lee = await arrives('/lee', 'Lee’s page')
    await cy.looksAfresh()
    await cy.invites('Lee’s page', 'A word?')
    await lee.seesCard('A word?')
    expect(await openChats(scene, rest).then((list) => list.filter(isOf(account)))).toEqual([])
    await lee.replies('Gladly')
    await lee.seesMessage('Gladly')
    await cy.seesRow(/Lee’s page.*In chat/)
    expect(await openChats(scene, rest).then((list) => list.filter(isOf(account)))).toHaveLength(1)
  })

  test('W14 a member of no group sees nobody', async () => {
    await arrives('/unseen', 'Unseen page')
    await ana.looksAfresh()
    await ana.seesRow('Unseen page')
    const di = await scene.agent(await scene.addAgent('Di', { groups: false }))
    await di.opensWhosOn()
    await di.reads(/Nobody is on|No website/)
    await expect(di.row('Unseen page').count()).resolves.toBe(0)
  })

  test('S10 I8 two agents at once: one goes out, the other reads who was first and keeps the text', async () => {
    const { bo: ed } = await colleague('Ed')
    const kim = await arrives('/both', 'Wanted by both')
    const writers = [
      { agent: ana, name: 'Ana', text: 'Ana here' },
      { agent: ed, name: 'Ed', text: 'Ed here' },
    ]
    for (const { agent, text } of writers) {
      await agent.looksAfresh()
      await agent.selects('Wanted by both')
      await agent.choosesInvite()
      await agent.writesInvitation(text)
      await eventually(() => agent.preview()).toBe(text)
    }
    await Promise.allSettled(
      writers.map(({ agent }) =>
        agent.dialog.getByRole('button', { name: /^Send invitation/ }).click({ timeout: 3_000 }),
      ),
    )
    await kim.seesCard(' here')
    const won = (await kim.card.locator('.text').textContent()) ?? ''
    const winner = writers.find(({ text }) => text === won)
    const loser = writers.find(({ text }) => text !== won)
    if (!winner || !loser) throw new Error(`the card says “${won}”`)
    await eventually(() => winner.agent.dialog.count()).toBe(0)
    const alert = loser.agent.dialog.getByRole('alert')
    await eventually(() => alert.textContent()).toMatch(
      new RegExp(
        `${winner.name} invited this visitor (just now|just before you|\\d+ s (ago|before you))`,
      ),
    )
    expect(await alert.textContent()).toContain('Your text is kept as a draft.')
    expect(await alert.textContent()).toContain(won)
    expect(await rowsOf(scene, 'Wanted by both')).toMatchObject([
      { invitation: { agentName: winner.name } },
    ])

    // The draft is there when that invitation is over.
    await alert.getByRole('button', { name: 'Close' }).click()
    await kim.declines()
    await loser.agent.looksAfresh()
    await loser.agent.seesRow(/Wanted by both.*Declined/)
    await loser.agent.selects('Wanted by both')
    await loser.agent.choosesInvite()
    await eventually(() => loser.agent.preview()).toBe(loser.text)
    await loser.agent.page.keyboard.press('Escape')
  })

  test('R a manager replaces the invitation of another: the visitor sees the new words', async () => {
    const account = await scene.addAgent('Mia', { roles: ['agent', 'manager'] })
    const mia = await scene.agent(account)
    const kim = await arrives('/replaced', 'Replaced page')
    await ana.looksAfresh()
    await ana.invites('Replaced page', 'From Ana')
    await kim.seesCard('From Ana')

    await mia.opensWhosOn()
    await mia.seesRow(/Replaced page.*Viewed/)
    // The menu says why; the dialog that was open already offers to replace.
    await mia.selects('Replaced page')
    await mia.page.getByRole('button', { name: 'Actions' }).first().click()
    await mia.reads('Ana has invited this visitor already.')
    await mia.page.keyboard.press('Escape')

    await ana.chooses('Withdraw Invitation')
    await kim.seesNoCard()
    await mia.seesRow(/Replaced page.*Withdrawn/)
    await mia.choosesInvite()
    await mia.writesInvitation('From Mia')
    await ana.looksAfresh()
    await ana.invites('Replaced page', 'Ana again')
    await kim.seesCard('Ana again')
    await mia.dialog.getByRole('button', { name: 'Replace that invitation' }).click()
    await kim.seesCard('From Mia')
    await eventually(() => mia.dialog.count()).toBe(0)
    await ana.reads(/^Mia replaced your invitation to /)
    await ana.seesRow(/Replaced page.*Viewed/)
  })

  async function arrives(path: string, title: string): Promise<Visitor> {
    scene.page(path, { title })
    const visitor = await scene.visitor()
    await visitor.page.goto(`${scene.website.origin}${path}`)
    await ana.looksAfresh()
    await ana.seesRow(title)
    return visitor
  }

  async function colleague(name: string): Promise<{ bo: Agent; account: Account; rest: Rest }> {
    const account = await scene.addAgent(name)
    const rest = await signIn(scene.server.base, account.email, account.password)
    return { bo: await scene.agent(account), account, rest }
  }

  async function leavesEveryGroup(agentId: string): Promise<void> {
    for (const { id, members } of await scene.groups()) {
      const memberIds = members.map((member) => member.agentId).filter((one) => one !== agentId)
      await scene.rest.patch(`/groups/${id}`, { memberIds })
    }
  }
})

const isOf = (account: Account) => (chat: { agentId?: string }) => chat.agentId === account.id

/** Unavailable and active in no group, by the agent's own switches. */
async function receivesNothing({ page }: Agent): Promise<void> {
  await page.getByRole('button', { name: /^(Available|Unavailable)/ }).click()
  const menu = page.getByRole('menu')
  await menu.getByRole('menuitemcheckbox', { name: 'Unavailable' }).click()
  for (const group of await menu
    .getByRole('menuitemcheckbox', { name: 'Support', exact: true })
    .all()) {
    await group.click()
    await eventually(() => group.getAttribute('aria-checked')).toBe('false')
  }
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Unavailable/ }).waitFor()
}
