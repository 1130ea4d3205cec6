import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Agent, eventually, type Visitor } from './people.ts'
import { openScene, type Scene } from './scene.ts'

const TEXT = 'May I help you with sizes?'

describe('what the dialog says when an invitation cannot go out', () => {
  let scene: Scene
  let kim: Visitor
  let title: string
  let visitors = 0

  beforeAll(async () => {
    scene = await openScene()
    await scene.addLink(scene.site, '#1d5c47')
  })
  afterAll(async () => {
    await scene[Symbol.asyncDispose]()
  })
  // Each test has a visitor of its own, known by the page.
  beforeEach(async () => {
    visitors += 1
    title = `Page of visitor ${visitors}`
    scene.page(`/${visitors}`, { title, body: `<h1>${title}</h1>` })
    kim = await scene.visitor()
    await kim.page.goto(`${scene.website.origin}/${visitors}`)
  })

  const writing = async (agent: Agent, text = TEXT) => {
    await agent.opensWhosOn()
    await agent.selects(title)
    await agent.choosesInvite()
    await agent.writesInvitation(text)
    await eventually(() => agent.preview().catch(() => '')).toBe(text)
  }
  const message = (agent: Agent) => agent.dialog.getByLabel('Message', { exact: true }).inputValue()
  const notice = (agent: Agent) =>
    eventually(() =>
      agent.dialog
        .getByRole('alert')
        .textContent()
        .catch(() => ''),
    )
  const send = (agent: Agent) => agent.dialog.getByRole('button', { name: /^Send invitation/ })

  test('S41 visitor_invited: the first wins, the second keeps the text, a manager may replace', async () => {
    const ana = await scene.agent()
    const priya = await scene.agent(await scene.addAgent('Priya', { roles: ['agent', 'manager'] }))
    await writing(priya, 'From Priya')
    await writing(ana, 'From Ana')
    await ana.sendsInvitation()
    await notice(priya).toMatch(/Ana invited this visitor .*Your text is kept as a draft/)
    await notice(priya).toContain('From Ana')
    expect(await send(priya).isDisabled()).toBe(true)

    await priya.dialog.getByRole('button', { name: 'Close' }).last().click()
    await eventually(() => priya.dialog.count()).toBe(0)

    // The draft is there again as soon as one may write.
    await kim.seesCard('From Ana')
    await kim.card.getByText('No thanks').click()
    await kim.seesNoCard()
    await priya.choosesInvite()
    expect(await message(priya)).toBe('From Priya')
    await priya.writesInvitation('Second from Priya')
    await ana.choosesInvite()
    await ana.writesInvitation('Second from Ana')
    await ana.sendsInvitation()
    await priya.dialog.getByRole('button', { name: 'Replace that invitation' }).click()
    await eventually(() => priya.dialog.count()).toBe(0)
    await kim.seesCard('Second from Priya')
  })

  test('S41 visitor_in_chat: who begins a chat meanwhile cannot be invited', async () => {
    const ana = await scene.agent()
    await writing(ana)
    await kim.page.evaluate('beckon.open()')
    await kim.panel.getByRole('textbox').last().fill('Hello, anybody there?')
    await kim.panel.locator('button[type=submit]').click()
    await notice(ana).toContain('in a chat already')
    expect(await send(ana).isDisabled()).toBe(true)
    expect(await message(ana)).toBe(TEXT)
    await ana.dialog.getByRole('button', { name: 'Open chat' }).click()
    await eventually(() => ana.page.getByRole('log').textContent()).toContain('anybody there?')
  })

  test('S29 preview_stale: other values, another look before it goes out', async () => {
    const ana = await tampering((command) => ({ ...command, version: 'gone' }))
    await writing(ana)
    await send(ana).click()
    await notice(ana).toMatch(/the text has changed/)
    expect(await message(ana)).toBe(TEXT)
    untampered()
    await ana.sendsInvitation()
    await kim.seesCard(TEXT)
  })

  test('S31 nothing_to_say: an empty text is neither sent by the console nor taken by the server', async () => {
    const ana = await tampering((command) => ({ ...command, template: '#email#' }))
    await writing(ana)
    await ana.writesInvitation('#email#')
    await eventually(() => ana.dialog.textContent()).toContain('Nothing would be left to read.')
    expect(await send(ana).isDisabled()).toBe(true)
    await ana.writesInvitation(TEXT)
    await send(ana).click()
    await notice(ana).toBe('Not sent: Nothing would be left to read.')
    untampered()
  })

  test('S20 group_closed: said, and the next dialog knows that there is no group', async () => {
    const departments = await scene.rest.get<{ items: { id: string }[] }>('/departments')
    const [department] = departments.items
    const setLiveChat = (liveChat: boolean) =>
      scene.rest.patch(`/departments/${department?.id}`, { liveChat })
    const ana = await tampering(async (command) => {
      await setLiveChat(false)
      return command
    })
    await writing(ana)
    await send(ana).click()
    await notice(ana).toContain('Not sent: This group takes no chats now')
    expect(await message(ana)).toBe(TEXT)
    untampered()
    await ana.page.keyboard.press('Escape')
    await ana.choosesInvite()
    await eventually(() => ana.dialog.textContent()).toContain(
      'No group can take chats now. Switch live chat on for a department in Settings.',
    )
    expect(await send(ana).isDisabled()).toBe(true)
    expect(await message(ana)).toBe(TEXT)
    await ana.page.keyboard.press('Escape')
    await setLiveChat(true)
    await ana.choosesInvite()
    await ana.sendsInvitation()
    await kim.seesCard(TEXT)
  })

  test('S41 visitor_gone: the text waits for another time', async () => {
    const boss = await scene.agent()
    const ana = await tampering(async (command) => {
      await boss.opensWhosOn()
      await boss.selects(title)
      await boss.page.getByRole('button', { name: 'Actions' }).first().click()
      await boss.page.getByRole('menuitem', { name: 'Remove' }).click()
      await boss.seesRow(/Removed/)
      return command
    })
    await writing(ana)
    await send(ana).click()
    await notice(ana).toContain('The visitor has left. Your text is kept as a draft.')
    expect(await message(ana)).toBe(TEXT)
    untampered()
  })

  test('W12 W11 who declines meanwhile is asked about first; a refusal after closing is told', async () => {
    const mara = await scene.agent(await scene.addAgent('Mara'))
    const ana = await tampering(async (command) => {
      // What becomes of it reaches this dialog only with the refusal.
      deaf = true
      await writing(mara, 'From Mara')
      await mara.sendsInvitation()
      await kim.seesCard('From Mara')
      await kim.declines()
      await kim.seesNoCard()
      await mara.seesRow(/Declined/)
      return command
    })
    await writing(ana)
    await send(ana).click()
    await eventually(() => ana.courtesy.textContent().catch(() => '')).toContain('From Mara')
    deaf = false
    await ana.courtesy.getByRole('button', { name: 'Invite again' }).click()
    expect(await message(ana)).toBe(TEXT)

    tamper = async (command) => {
      await mara.choosesInvite()
      await mara.sendsInvitation()
      return command
    }
    await send(ana).click()
    await ana.page.keyboard.press('Escape')
    await ana.reads(/^Not sent: Mara invited the visitor .*before you$/)
    await ana.reads('Your text is kept as a draft.')
    await ana.page.getByRole('button', { name: 'See it' }).click()
    const pane = ana.page.getByRole('complementary', { name: 'Visitor' })
    await eventually(() => pane.textContent().catch(() => '')).toContain('Viewed')
    untampered()
    await kim.declines()
    await ana.looksAfresh()
    await ana.selects(title)
    await ana.choosesInvite()
    expect(await message(ana)).toBe(TEXT)
    await ana.sendsInvitation()
    await kim.seesCard(TEXT)
  })

  type Command = {
    type: string
    sub?: number
    topic?: { topic: string }
    version?: string
    template?: string
  }
  /** While true no news of the values reaches the agents who tamper. */
  let deaf = false
  let tamper: ((command: Command) => Command | Promise<Command>) | undefined
  const untampered = () => {
    tamper = undefined
  }
  /** An agent whose sends are changed, or held up, on their way to the real server. */
  async function tampering(how: NonNullable<typeof tamper>): Promise<Agent> {
    tamper = how
    const agent = await scene.agent()
    await agent.page.routeWebSocket(/\/ws\/agent/, (socket) => {
      const server = socket.connectToServer()
      const values = new Set<number | undefined>()
      server.onMessage((frame) => {
        const { type, sub } = JSON.parse(String(frame)) as Command
        if (!deaf || type !== 'event' || !values.has(sub)) socket.send(frame)
      })
      socket.onMessage(async (frame) => {
        const command = JSON.parse(String(frame)) as Command
        if (command.topic?.topic === 'values') values.add(command.sub)
        const changed = tamper && command.type === 'invitation.send' && (await tamper(command))
        server.send(changed ? JSON.stringify(changed) : frame)
      })
    })
    await agent.page.reload()
    return agent
  }
})
