import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Agent, eventually } from './people.ts'
import { rowsOf } from './record.ts'
import { openScene, type Scene } from './scene.ts'

const TERM_S = 25

describe('an invitation near its end', () => {
  let scene: Scene
  let ana: Agent
  beforeAll(async () => {
    scene = await openScene({ BECKON_INVITATION_SECONDS: String(TERM_S) })
    ana = await scene.agent()
  })
  afterAll(() => scene?.[Symbol.asyncDispose]())

  test('S44 DESIGN §5 in the last 20 s it can be kept open, which adds a full term', async () => {
    scene.page('/keep', { title: 'Kept open' })
    const kim = await scene.visitor()
    await kim.page.goto(`${scene.website.origin}/keep`)
    await ana.looksAfresh()
    await ana.invites('Kept open', 'No hurry')
    await kim.seesCard('No hurry')
    const keep = kim.card.getByRole('button', { name: 'Keep it open' })
    await eventually(() => keep.count()).toBe(1)
    const [closing] = await rowsOf(scene, 'Kept open')
    const { viewedAt = 0, deadline = 0 } = closing?.invitation ?? {}
    expect(deadline - viewedAt).toBe(TERM_S * 1_000)
    expect(Date.now()).toBeGreaterThan(deadline - 20_500)
    expect(await kim.card.textContent()).toContain('Closing in a few seconds')

    await keep.click()
    await eventually(() => keep.count()).toBe(0)
    await eventually(async () => (await rowsOf(scene, 'Kept open'))[0]?.invitation).toMatchObject({
      state: 'viewed',
      deadline: deadline + TERM_S * 1_000,
    })
    await ana.seesRow(/Kept open.*Viewed0:[234]\d/)
  })

  test('S44 DESIGN §5 writing in the card holds it for a minute after the last key', async () => {
    scene.page('/writing', { title: 'Writing' })
    const kim = await scene.visitor()
    await kim.page.goto(`${scene.website.origin}/writing`)
    await ana.looksAfresh()
    await ana.invites('Writing', 'Your turn')
    await kim.seesCard('Your turn')
    await kim.card.getByRole('textbox').pressSequentially('Let me think')
    await ana.seesRow(/Writing.*Typing(1:00|0:5\d)/)
  })
})
