import type { VisitorServerFrame } from '@beckon/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Agent, eventually, type Visitor } from './people.ts'
import { openScene, type Scene } from './scene.ts'
import { chatBetween, counted, heard, openChat, write } from './talk.ts'

const INVITATION_SECONDS = 30

describe('a server that dies and comes back', () => {
  let scene: Scene
  beforeAll(async () => {
    scene = await openScene({ BECKON_INVITATION_SECONDS: String(INVITATION_SECONDS) })
    for (const name of ['Kim', 'Lee', 'Mia', 'Noor']) {
      scene.page(`/${name}`, { title: `${name}’s page`, body: `<h1>${name}</h1>` })
    }
  })
  afterAll(async () => {
    // Both browsers say themselves that nobody answered while the server was away.
    scene.forgive(/WebSocket connection to|ERR_CONNECTION_(REFUSED|RESET)|ERR_EMPTY_RESPONSE/)
    await scene[Symbol.asyncDispose]()
  })

  test('R1 S44 kill -9 with an invitation on screen and a chat going on: nothing lost, nothing doubled, no time won', async () => {
    const ana = await scene.agent()
    await ana.opensWhosOn()
    const kim = await visits(scene, 'Kim')
    await chatBetween(ana, kim, 'Kim’s page')

    const lee = await visits(scene, 'Lee')
    await ana.opensWhosOn()
    await ana.invites('Lee’s page', 'Can I help you, Lee?')
    await lee.seesCard('Can I help you, Lee?')
    const shownAt = performance.now()
    const back = welcomesOf(lee)
    await ana.opensChats()
    await openChat(ana, 'first words of Kim’s page')

    // Both write as fast as they can; the server dies somewhere in between.
    const words = (who: string, count: number) =>
      Array.from({ length: count }, (_, index) => `${who} says ${index + 1}.`)
    const before = words('Kim', 12)
    const answers = words('Ana', 12)
    const [, , chatId] = await Promise.all([
      sayAll(kim, before),
      answerAll(ana, answers),
      (async () => {
        await eventually(() => heard(kim)).toContain('Ana says 4.')
        await scene.server.killHard()
        return new URL(ana.page.url()).pathname.split('/').at(-1)
      })(),
    ])
    await kim.writes('Are you still there?')
    await write(ana, 'I am, one moment.')
    await eventually(() => heard(kim)).toContain('sent by itself')
    await scene.server.restart()

    const all = [...before, 'Are you still there?', ...answers, 'I am, one moment.']
    for (const side of [() => heard(kim), () => heard(ana)]) {
      await eventually(async () => counted(await side(), all)).toEqual(all.map(() => 1))
    }
    await eventually(() => heard(kim)).not.toContain('sent by itself')
    const told = await transcript(scene, String(chatId))
    expect(counted(told.map(({ text }) => `${text}\n`).join(''), all)).toEqual(all.map(() => 1))
    for (const said of [before, answers]) {
      const places = said.map((text) => told.findIndex((message) => message.text === text))
      expect(places).toEqual([...places].sort((a, b) => a - b))
    }
    expect(told.map(({ seq }) => seq)).toEqual(told.map((_, index) => index + 1))

    // The list is live again by itself, and says so; the invitation goes on as it stood.
    const gone = lee.seesNoCard(60_000).then(() => performance.now())
    await ana.opensWhosOn()
    await eventually(() => ana.page.getByText(/^Live/).count()).toBeGreaterThan(0)
    await ana.seesRow(/Lee’s page/)
    const goneAt = await gone
    const endsAt = shownAt + INVITATION_SECONDS * 1_000
    expect(goneAt).toBeGreaterThan(endsAt - 2_000)
    // Whoever comes back in time keeps the rest of it; whoever is later loses the card at once.
    expect(back.length).toBeGreaterThan(0)
    expect(goneAt).toBeLessThan(Math.max(endsAt, ...back.map(({ at }) => at)) + 8_000)
    for (const { at, leftMs } of back) {
      if (leftMs !== undefined) expect(Math.abs(at + leftMs - endsAt)).toBeLessThan(4_000)
    }
    await eventually(() => ana.row('Lee’s page').textContent()).toContain('Ignored')
  })

  test('S44 a deadline that passed while the server was down is past at once', async () => {
    await scene.server.killHard()
    await scene.server.restart({ BECKON_INVITATION_SECONDS: '5' })
    const ana = await scene.agent()
    await ana.opensWhosOn()
    const mia = await visits(scene, 'Mia')
    await ana.invites('Mia’s page', 'Still looking?')
    await mia.seesCard('Still looking?')
    await ana.seesRow(/Mia’s page.*Viewed/)
    const shownAt = performance.now()
    await scene.server.killHard()
    await eventually(() => performance.now() - shownAt).toBeGreaterThan(5_000)
    await scene.server.restart()

    await eventually(() => ana.row('Mia’s page').textContent()).toContain('Ignored')
    await mia.seesNoCard()
  })

  test('R7 a restart while both reload: the chat goes on, the draft is kept', async () => {
    const ana = await scene.agent()
    await ana.opensWhosOn()
    const noor = await visits(scene, 'Noor')
    await chatBetween(ana, noor, 'Noor’s page')
    await write(ana, 'What size do you wear?')
    await noor.seesMessage('What size do you wear?')
    const draft = ana.page.getByRole('textbox', { name: /^Message to/ })
    await draft.fill('A word I have not finis')
    await noor.panel.getByRole('textbox').fill('And one of mine that I ha')

    const all = (checked: boolean) => ana.page.getByRole('radio', { name: /^All/, checked })
    await all(false).click()
    await scene.server.killHard()
    await scene.server.restart()
    await Promise.all([ana.page.reload(), noor.page.reload()])
    await all(true).waitFor()

    for (const side of [() => heard(ana), () => heard(noor)]) {
      await eventually(side).toContain('What size do you wear?')
      const all = ['first words of Noor’s page', 'What size do you wear?']
      expect(counted(await side(), all)).toEqual([1, 1])
    }
    await eventually(() => draft.inputValue()).toBe('A word I have not finis')
    await eventually(() => noor.panel.getByRole('textbox').inputValue()).toBe(
      'And one of mine that I ha',
    )
    await draft.press('End')
    await draft.pressSequentially('hed.')
    await draft.press('Enter')
    await noor.seesMessage('A word I have not finished.')
  })
})

async function visits(scene: Scene, name: string): Promise<Visitor> {
  const visitor = await scene.visitor()
  await visitor.page.goto(`${scene.website.origin}/${name}`)
  return visitor
}

/** When the server welcomed this page again, and how long it then gave an open invitation. */
function welcomesOf({ page }: Visitor): { at: number; leftMs: number | undefined }[] {
  const welcomes: { at: number; leftMs: number | undefined }[] = []
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      const frame = JSON.parse(String(payload)) as VisitorServerFrame
      if (frame.type !== 'welcome') return
      welcomes.push({ at: performance.now(), leftMs: frame.invitation?.remainingMs })
    })
  })
  return welcomes
}

async function answerAll(ana: Agent, texts: readonly string[]): Promise<void> {
  for (const text of texts) await write(ana, text)
}

async function sayAll(visitor: Visitor, texts: readonly string[]): Promise<void> {
  for (const text of texts) await visitor.writes(text)
}

type Told = { seq: number; text: string }

async function transcript(scene: Scene, chatId: string): Promise<Told[]> {
  return (await scene.rest.get<{ messages: Told[] }>(`/chats/${chatId}`)).messages
}
