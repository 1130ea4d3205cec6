import { random, simulatedVisitor } from '@beckon/bench'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Agent, eventually } from './people.ts'
import { openScene, type Scene } from './scene.ts'
import { shot } from './shot.ts'

const BERLIN = '85.214.132.117'

/** A filter by its whole life: built, saved, shared, seen by a colleague, opened by its address. */
describe('filters', () => {
  let scene: Scene
  let ana: Agent
  let ben: Agent
  beforeAll(async () => {
    scene = await openScene()
    const { items } = await scene.rest.get<{ items: { id: string; roles: string[] }[] }>('/agents')
    await scene.rest.patch(`/agents/${items[0]?.id}`, {
      roles: ['agent', 'manager', 'administrator'],
    })
    ana = await scene.agent()
    ben = await scene.agent(await scene.addAgent('Ben'))
  })
  afterAll(() => scene?.[Symbol.asyncDispose]())

  const arrives = async (path: string, title: string, seed: number, address = '203.0.113.9') => {
    const visitor = simulatedVisitor({
      server: scene.server.base.replace('http', 'ws'),
      persona: { site: scene.site.key, origin: scene.website.origin, address },
      random: random(seed),
    })
    await visitor.arrive({ url: `${scene.website.origin}${path}`, title })
    return visitor
  }
  const side = (agent: Agent) => agent.page.getByRole('complementary', { name: 'Filters' })
  const entry = (agent: Agent, name: string | RegExp) =>
    side(agent).getByRole('button', { name }).filter({ hasNotText: 'More for' }).first()

  test('W7 a filter is built with a live count, saved, shared, used on the map and by its address', {
    timeout: 120_000,
  }, async () => {
    await arrives('/bikes/gravel', 'Gravel bikes', 1)
    await arrives('/bikes/kids', 'Kids bikes', 2, BERLIN)
    await arrives('/help', 'Help', 3)
    await ana.looksAfresh()
    await ana.seesRow('Gravel bikes')
    await ana.seesRow('Help')

    // From the keyboard: a condition, with the number it would leave.
    await ana.page.keyboard.press('/')
    const form = ana.page.getByRole('dialog', { name: 'Filter' })
    await form.getByLabel('Condition').selectOption('matches')
    await form.getByLabel('Value').fill('*/bikes/*')
    await eventually(() => form.textContent()).toContain('2 of 3 match now')
    await shot(ana.page, 'form')
    await form.getByRole('button', { name: 'Show these' }).click()
    await eventually(() => ana.row('Help').count()).toBe(0)
    await ana.seesRow('Kids bikes')

    // The builder: another condition, wrong at first, and one switched off.
    await ana.page.getByRole('button', { name: 'Save as filter…' }).click()
    const builder = ana.page.getByRole('dialog', { name: 'New filter' })
    await builder.getByLabel('Name', { exact: true }).fill('Looking at bikes')
    await builder.getByRole('button', { name: 'Add a condition' }).click()
    await builder.getByLabel('Field').nth(1).selectOption('duration')
    await builder.getByRole('button', { name: 'Save filter' }).click()
    await eventually(() => builder.getByRole('alert').textContent()).toContain('Use a figure')
    await builder.getByLabel('Value').nth(1).fill('30')
    await eventually(() => builder.textContent()).toContain('0 of 3 match now')
    await builder.getByLabel('This condition is in force').nth(1).click()
    await eventually(() => builder.textContent()).toContain('2 of 3 match now')
    await builder.getByLabel('Who has it').selectOption('everyone')
    await shot(ana.page, 'builder')
    await builder.getByRole('button', { name: /^Save filter/ }).click()
    await eventually(() => builder.count()).toBe(0)
    await eventually(() => entry(ana, /Looking at bikes/).textContent()).toContain('2')
    await eventually(() => entry(ana, /Looking at bikes/).getAttribute('aria-current')).toBe('true')
    await shot(ana.page, 'saved')

    // A colleague has it, with its number, live.
    await ben.looksAfresh()
    await eventually(() => entry(ben, /Looking at bikes/).textContent()).toContain('2')
    await arrives('/bikes/cargo', 'Cargo bikes', 4, BERLIN)
    await eventually(() => entry(ben, /Looking at bikes/).textContent()).toContain('3')
    await side(ben).getByRole('button', { name: 'More for Looking at bikes' }).focus()
    await ben.page.keyboard.press('Enter')
    const remove = ben.page.getByRole('menuitem', { name: 'Delete' })
    await eventually(() => remove.getAttribute('aria-disabled')).toBe('true')
    await shot(ben.page, 'menu')
    await ben.page.keyboard.press('Escape')

    // The address of the map with this filter is the same picture for the colleague.
    await ana.page.getByText('Density Map', { exact: true }).first().click()
    const pin = /^2 visitors in .*Germany/
    await ana.page.getByRole('button', { name: pin }).waitFor()
    await ben.page.goto(ana.page.url())
    await ben.page.getByRole('button', { name: pin }).waitFor()
    await shot(ben.page, 'map')
    await ben.page.reload()
    await eventually(() => entry(ben, /Looking at bikes/).getAttribute('aria-current')).toBe('true')

    // Two at once: the second is told what there is now, and keeps what was typed.
    const edit = async (agent: Agent) => {
      await entry(agent, /Looking at bikes/).click({ button: 'right' })
      await agent.page.getByRole('menuitem', { name: 'Edit…' }).click()
      return agent.page.getByRole('dialog', { name: 'Edit filter' })
    }
    const again = await scene.agent()
    await again.looksAfresh()
    const [first, second] = [await edit(ana), await edit(again)]
    await first.getByLabel('Name', { exact: true }).fill('Bikes, please')
    await second.getByLabel('Name', { exact: true }).fill('Bikes and more')
    await first.getByRole('button', { name: /^Save filter/ }).click()
    await eventually(() => first.count()).toBe(0)
    await second.getByRole('button', { name: /^Save filter/ }).click()
    await eventually(() => second.textContent()).toContain('changed this filter at')
    await shot(again.page, 'conflict')
    await eventually(() => second.getByLabel('Name', { exact: true }).inputValue()).toBe(
      'Bikes and more',
    )
    await second.getByRole('button', { name: 'Go on with mine' }).click()
    await second.getByRole('button', { name: /^Save filter/ }).click()
    await eventually(() => entry(ben, 'Bikes and more').count()).toBe(1)

    // Deleted and taken back; by its address it says so meanwhile.
    const address = new URL(ben.page.url())
    await again.page.getByRole('button', { name: 'More for Bikes and more' }).focus()
    await again.page.keyboard.press('Enter')
    await again.page.getByRole('menuitem', { name: 'Delete' }).click()
    await eventually(() => entry(ben, 'Bikes and more').count()).toBe(0)
    address.searchParams.delete('where')
    await ben.page.goto(address.href)
    await ben.reads('This filter is not there')
    await shot(ben.page, 'missing')
    await again.page.getByRole('button', { name: /^Undo/ }).click()
    await ben.page.getByRole('button', { name: pin }).waitFor()
    expect(await ben.page.getByText('This filter is not there').count()).toBe(0)
  })

  test('W7 a shipped filter is edited, hidden and put back', async () => {
    await ben.looksAfresh()
    const menu = async (name: string, item: string) => {
      await side(ben)
        .getByRole('button', { name: `More for ${name}` })
        .focus()
      await ben.page.keyboard.press('Enter')
      await ben.page.getByRole('menuitem', { name: item }).click()
    }
    await menu('Idle', 'Edit…')
    const builder = ben.page.getByRole('dialog', { name: 'Edit filter' })
    await builder.getByLabel('Name', { exact: true }).fill('Long idle')
    await builder.getByLabel('Value').fill('10')
    await builder.getByRole('button', { name: /^Save filter/ }).click()
    await eventually(() => ben.page.getByText('10 min').count()).toBe(1)
    await menu('Long idle', 'Put back as shipped')
    await eventually(() => entry(ben, /^Idle/).count()).toBe(1)
    await menu('Idle', 'Hide')
    await eventually(() => entry(ben, /^Idle/).count()).toBe(0)
    await ben.page.reload()
    await side(ben).getByRole('button', { name: '1 hidden' }).click()
    await ben.page.getByRole('menuitem', { name: 'Idle' }).click()
    await eventually(() => entry(ben, /^Idle/).count()).toBe(1)
    await entry(ben, /^Idle/).focus()
    await ben.page.keyboard.press('Alt+ArrowUp')
    await eventually(async () =>
      (await side(ben).getByRole('listitem').allTextContents()).findIndex((text) =>
        text.startsWith('Idle'),
      ),
    ).toBe(5)
  })
})
