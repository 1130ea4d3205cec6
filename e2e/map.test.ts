import { random, type SimulatedVisitor, simulatedVisitor } from '@beckon/bench'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Agent, eventually } from './people.ts'
import { openScene, type Scene } from './scene.ts'
import { shot } from './shot.ts'

// By the location data: from west to east, and one whose address has no place.
const BUENOS_AIRES = '190.188.54.1'
const LONDON = '212.58.244.20'
const BERLIN = '85.214.132.117'
const TOKYO = '210.171.226.40'
const NOWHERE = '192.168.7.7'

describe('the Density Map', () => {
  let scene: Scene
  let ana: Agent
  const people: SimulatedVisitor[] = []
  const comes = async (address: string, title: string) => {
    const visitor = simulatedVisitor({
      server: scene.server.base.replace('http', 'ws'),
      persona: { site: scene.site.key, origin: scene.website.origin, address },
      random: random(people.length + 1),
    })
    people.push(visitor)
    await visitor.arrive({ url: `${scene.website.origin}/`, title })
    return visitor
  }
  const button = (name: string | RegExp) => ana.page.getByRole('button', { name })
  const marks = () =>
    ana.page
      .locator('[data-mark]')
      .evaluateAll((all) => all.map((mark) => mark.getAttribute('aria-label') ?? ''))
  const focused = () =>
    ana.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')

  beforeAll(async () => {
    scene = await openScene()
    ana = await scene.agent()
  })
  afterAll(async () => {
    for (const visitor of people) visitor.leave()
    await scene?.[Symbol.asyncDispose]()
  })

  test('W6 by keyboard from west to east, live, and the same in words beside it', async () => {
    for (const [address, title] of [
      [TOKYO, 'Far east'],
      [BUENOS_AIRES, 'Far west'],
      [LONDON, 'In London'],
      [BERLIN, 'In Berlin'],
      [NOWHERE, 'From nowhere'],
    ] as const)
      await comes(address, title)
    await ana.looksAfresh()
    await ana.seesRow('From nowhere')
    const asked = new Set<string>()
    ana.page.on('request', (request) => asked.add(new URL(request.url()).origin))
    await ana.page.getByText('Density Map', { exact: true }).click()
    const map = ana.page.getByRole('region', { name: /^Density Map/ })
    await eventually(async () => (await marks()).length).toBeGreaterThanOrEqual(3)
    expect(await button(/outside this view/).count()).toBe(0)
    await map.getByText('4 of 5 located').waitFor()

    // Tab walks from west to east.
    const order = await marks()
    expect(order[0]).toMatch(/Argentina/)
    expect(order.at(-1)).toMatch(/Japan/)
    await map.focus()
    for (const name of order) {
      await ana.page.keyboard.press('Tab')
      expect(await focused()).toBe(name)
    }

    // A pin's card says who it is; Escape leads back to the pin.
    await ana.page.keyboard.press('Enter')
    const card = ana.page.getByRole('region', { name: TOKYO })
    await eventually(() => card.textContent()).toContain('Far east')
    expect(await card.textContent()).toContain(scene.site.name)
    await ana.page.keyboard.press('Escape')
    expect(await focused()).toBe(order.at(-1))

    // Live: somebody comes, and neither the map nor the focus moves.
    const before = await button(/^1 visitor in .*Argentina/).boundingBox()
    await comes(TOKYO, 'A second one')
    await eventually(marks).toContainEqual(expect.stringMatching(/^2 visitors in .*Japan$/))
    expect(await button(/^1 visitor in .*Argentina/).boundingBox()).toEqual(before)
    expect(await focused()).toMatch(/^2 visitors in .*Japan$/)

    // Plus and the arrows; who is left outside is counted, and one press brings all back.
    await map.focus()
    for (let n = 0; n < 4; n++) await ana.page.keyboard.press('+')
    await button(/^\d outside this view/).waitFor()
    for (let n = 0; n < 3; n++) await ana.page.keyboard.press('ArrowLeft')
    await button(/^\d outside this view/).click()
    await eventually(() => button(/outside this view/).count()).toBe(0)

    // In words: a country is gone to, and who has no place is listed with the reason.
    const list = ana.page.getByRole('complementary', { name: 'Visitors by country' })
    await list.getByRole('button', { name: /Japan/ }).click()
    await button(/^3 outside this view/).waitFor()
    await button(/^3 outside this view/).click()
    const unlocated = list.getByRole('region', { name: 'Not located' })
    await eventually(() => unlocated.textContent()).toMatch(/Not located1.*has no place.*192\.168/)
    await shot(ana.page, 'map')
    // Shapes and all: nothing was asked of anybody else.
    expect([...asked]).toEqual([scene.server.base])

    // A phone has no room beside the map, nor in the top bar for all totals: both are a press away.
    await ana.page.setViewportSize({ width: 390, height: 844 })
    await eventually(() => list.count()).toBe(0)
    await button('Countries and visitors').click()
    await eventually(() => unlocated.textContent()).toMatch(/Not located1/)
    await ana.page.keyboard.press('Escape')
    await eventually(() => list.count()).toBe(0)
    await button('Filters and sites').click()
    await button(/^Active 6/).waitFor()
    await button('Filters and sites').click()
    await ana.page.setViewportSize({ width: 1440, height: 900 })
    await unlocated.getByRole('button').first().click()
    await eventually(() => ana.page.url()).toContain('visit=')
    await button(/^Invite to Live Chat/)
      .first()
      .click()
    await ana.dialog.waitFor()
    await ana.writesInvitation('Wherever you are')
    await ana.sendsInvitation()
    await eventually(() => people[4]?.ledger.invitations.map(({ text }) => text)).toEqual([
      'Wherever you are',
    ])
  })
})
