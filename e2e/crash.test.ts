import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Agent, eventually, type Visitor } from './people.ts'
import { openScene, type Scene } from './scene.ts'

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
    scene.forgive(/WebSocket connection to|ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE/)
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
    await ana.opensChats()
    await openChat(ana, 'first words')

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
      await eventually(async () => counted(await side(), all), 30_000).toEqual(all.map(() => 1))
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
    await ana.opensWhosOn()
    await eventually(() => ana.page.getByText(/^Live/).count()).toBeGreaterThan(0)
    await ana.seesRow(/Lee’s page/)
    await lee.seesNoCard(INVITATION_SECONDS * 1_000)
    const shownFor = (performance.now() - shownAt) / 1_000
    expect(shownFor).toBeGreaterThan(INVITATION_SECONDS - 2)
    expect(shownFor).toBeLessThan(INVITATION_SECONDS + 4)
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

    await eventually(() => ana.row('Mia’s page').textContent(), 40_000).toContain('Ignored')
    await mia.seesNoCard(40_000)
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

    await scene.server.killHard()
    await scene.server.restart()
    await Promise.all([ana.page.reload(), noor.page.reload()])

    for (const side of [() => heard(ana), () => heard(noor)]) {
      await eventually(side).toContain('What size do you wear?')
      const all = ['first words', 'What size do you wear?']
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

/** Invited, answered, and open on both sides. */
async function chatBetween(ana: Agent, visitor: Visitor, row: string): Promise<void> {
  await ana.invites(row, 'May I help?')
  await visitor.seesCard('May I help?')
  await visitor.replies('first words')
  await visitor.seesMessage('first words')
  await ana.opensChats()
  await openChat(ana, 'first words')
}

async function openChat(ana: Agent, words: string): Promise<void> {
  await ana.page
    .getByRole('complementary', { name: 'Chats' })
    .getByRole('link')
    .filter({ hasText: words })
    .first()
    .click()
  await eventually(() => heard(ana)).toContain(words)
}

async function write(ana: Agent, text: string): Promise<void> {
  const box = ana.page.getByRole('textbox', { name: /^Message to/ })
  await box.fill(text)
  await box.press('Enter')
}

async function answerAll(ana: Agent, texts: readonly string[]): Promise<void> {
  for (const text of texts) await write(ana, text)
}

async function sayAll(visitor: Visitor, texts: readonly string[]): Promise<void> {
  for (const text of texts) await visitor.writes(text)
}

const heard = ({ page }: Agent | Visitor): Promise<string> =>
  page
    .getByRole('log', { name: 'Messages' })
    .textContent({ timeout: 2_000 })
    .then(
      (text) => text ?? '',
      () => '',
    )

/** How often each of these stands there. */
const counted = (text: string, parts: readonly string[]): number[] =>
  parts.map((part) => text.split(part).length - 1)

type Told = { seq: number; text: string }

async function transcript(scene: Scene, chatId: string): Promise<Told[]> {
  return (await scene.rest.get<{ messages: Told[] }>(`/chats/${chatId}`)).messages
}
