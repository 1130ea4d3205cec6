import { random, type SimulatedVisitor, simulatedVisitor } from '@beckon/bench'
import type { GroupView, InvitationId, LinkView } from '@beckon/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { paneOf, showsTab } from './pane.ts'
import { evilElements, PAYLOADS, watchForHits } from './payloads.ts'
import { type Agent, eventually } from './people.ts'
import { openScene, type Scene } from './scene.ts'

/** An address that the bundled location data knows, so that they all stand on the map. */
const LOCATED = '8.8.8.8'

describe('hostile text', () => {
  let scene: Scene
  let crowd: SimulatedVisitor[]
  beforeAll(async () => {
    scene = await openScene()
  })
  afterAll(async () => {
    await scene[Symbol.asyncDispose]()
  })

  test('T4 whatever a visitor’s browser sends is inert text in list, details and map', async () => {
    const ana = await scene.agent()
    const alive = await watchForHits(ana.page)
    await ana.page.setViewportSize({ width: 1900, height: 1500 })
    await showAllColumns(ana)
    crowd = await arrive(scene)
    await ana.page.goto(`${scene.server.base}/console/whos-on`)

    // The list: every payload is there to be read, in the name and in the title.
    const grid = ana.page.getByRole('grid')
    await eventually(() => grid.getByRole('row').count()).toBe(PAYLOADS.length + 1)
    for (const payload of PAYLOADS) {
      await eventually(() => grid.textContent()).toContain(payload)
    }
    expect(await evilElements(ana.page)).toEqual([])

    // The details of each, in three tabs.
    const pane = paneOf(ana)
    for (const payload of PAYLOADS) {
      await rowOf(ana, payload).getByRole('gridcell').nth(2).click()
      await eventually(() => pane.getByRole('heading').first().textContent()).toBe(payload)
      for (const [tab, told] of [
        ['Summary', `title ${payload}`],
        ['Attributes', `attribute ${payload}`],
        ['Pages', `title ${payload}`],
      ] as const) {
        await showsTab(ana, tab)
        await eventually(() => pane.getByRole('tabpanel').textContent()).toContain(told)
      }
    }
    expect(await evilElements(ana.page)).toEqual([])

    // The list beside the map, and the card of the place, one visitor after the other.
    await ana.page.goto(`${scene.server.base}/console/whos-on?view=map`)
    const beside = ana.page.getByRole('complementary', { name: 'Visitors by country' })
    await beside.getByRole('radio', { name: 'Visitors' }).click()
    await eventually(() => beside.getByRole('listitem').count()).toBe(PAYLOADS.length)
    await ana.page.getByRole('button', { name: `${PAYLOADS.length} visitors in` }).click()
    const here = ana.page.getByRole('region', { name: 'Visitors here' })
    await eventually(() => here.getByRole('listitem').count()).toBe(PAYLOADS.length)
    for (let index = 0; index < PAYLOADS.length; index += 1) {
      await here.getByRole('listitem').nth(index).getByRole('button').click()
      const back = ana.page.getByRole('button', { name: 'Back to all here' })
      await back.waitFor()
      expect(await evilElements(ana.page)).toEqual([])
      await back.click()
    }
    expect(alive).toEqual([])
  })

  test('T4 and in the dialog, its preview, notices and chats', async () => {
    const ana = await scene.agent()
    const alive = await watchForHits(ana.page)
    await ana.page.setViewportSize({ width: 1900, height: 1500 })
    await ana.page.goto(`${scene.server.base}/console/whos-on`)

    // Some are invited, with all payloads in the message and their own as values.
    for (const [index, payload] of PAYLOADS.entries()) {
      if (index % 4 !== 0) continue
      await rowOf(ana, payload).getByRole('gridcell').nth(2).click()
      await paneOf(ana).getByRole('button', { name: 'Invite to Live Chat' }).click()
      await ana.dialog.waitFor()
      await ana.writesInvitation(`#displayname# #email# #pagetitle# #shoe#\n${PAYLOADS.join('\n')}`)
      await eventually(() => ana.preview()).toContain(`attribute ${payload}`)
      await eventually(() => ana.dialog.getByRole('status').first().textContent()).toContain(
        payload,
      )
      expect(await evilElements(ana.page)).toEqual([])
      await ana.sendsInvitation()
      const visitor = crowd[index] as SimulatedVisitor
      await eventually(() => visitor.ledger.invitations.length).toBe(1)
      const { id, text } = visitor.ledger.invitations[0] as { id: InvitationId; text: string }
      for (const other of PAYLOADS) expect(text).toContain(other)
      if (index === 0) await ana.page.getByText(`Sent to ${payload}`).first().waitFor()
      await visitor.reply(id, `says ${payload}`)
      if (index === 0) await ana.page.getByText(`${payload} replied`).first().waitFor()
      expect(await evilElements(ana.page)).toEqual([])
    }
    // The others come by themselves.
    for (const [index, payload] of PAYLOADS.entries()) {
      if (index % 4 !== 0) await crowd[index]?.startChat(`says ${payload}`)
    }

    await ana.opensChats()
    const chats = ana.page.getByRole('complementary', { name: 'Chats' })
    await chats.getByRole('radio', { name: /^All/ }).click()
    const open = chats.getByRole('link').filter({ hasText: 'says ' })
    await eventually(() => open.count()).toBe(PAYLOADS.length)
    const log = ana.page.getByRole('log')
    for (const payload of PAYLOADS) {
      await open.filter({ hasText: `says ${payload}` }).click()
      await eventually(() => log.textContent()).toContain(`says ${payload}`)
      expect(await evilElements(ana.page)).toEqual([])
    }
    expect(alive).toEqual([])
    for (const visitor of crowd) visitor.leave()
  })

  test('T5 whatever agents and administrators write is inert text on the visitor’s page', async () => {
    const { rest, site } = scene
    const me = await rest.get<{ agent: { id: string } }>('/me')
    const link = await scene.addLink(site, '#1d5c47')
    const [group] = await scene.groups()
    scene.page('/host', { title: 'Host', body: '<h1>Host</h1><p>Its own words</p>' })
    const victim = await scene.visitor()
    const alive = await watchForHits(victim.page)
    await victim.page.goto(`${scene.website.origin}/host`)
    const words = 'Its own words'
    await victim.page.getByRole('button', { name: 'Chat with us' }).waitFor()
    const before = await pageWithoutUs(victim.page)

    const short = PAYLOADS.filter((payload) => payload.length <= 60)
    const [name = '', groupName = '', online = '', title = ''] = short
    await rest.patch(`/agents/${me.agent.id}`, { name, chatName: name })
    await rest.patch<GroupView>(`/groups/${(group as GroupView).id}`, { name: groupName })
    await rest.patch(`/sites/${site.id}`, { name: title })
    await rest.patch<LinkView>(`/links/${link.id}`, {
      style: { ...link.style, onlineText: online.slice(0, 60), title, greeting: name },
    })
    const ana = await scene.agent()
    await ana.opensWhosOn()
    const text = PAYLOADS.join('\n')
    await ana.invites('Host', text)
    await victim.seesCard(PAYLOADS[0] as string)
    for (const payload of PAYLOADS) await victim.seesCard(payload)
    await eventually(() => victim.card.textContent()).toContain(name)
    expect(await evilElements(victim.page)).toEqual([])

    await victim.replies('What is all this?')
    await victim.seesMessage('What is all this?')
    await ana.opensChats()
    await ana.page
      .getByRole('complementary', { name: 'Chats' })
      .getByRole('link')
      .filter({ hasText: 'What is all this?' })
      .click()
    const box = ana.page.getByRole('textbox', { name: /^Message to/ })
    for (const payload of PAYLOADS) {
      await box.fill(`said ${payload}`)
      await box.press('Enter')
    }
    for (const payload of PAYLOADS) await victim.seesMessage(`said ${payload}`)
    expect(await evilElements(victim.page)).toEqual([])
    expect(await pageWithoutUs(victim.page)).toEqual(before)
    expect(before.html).toContain(words)
    expect(alive).toEqual([])

    // And the trap snaps: the same text as markup is noticed.
    await victim.page.evaluate((markup) => {
      document.body.innerHTML = markup
    }, PAYLOADS[0] ?? '')
    await eventually(() => alive).toEqual(['a script ran'])
    expect(await evilElements(victim.page)).toHaveLength(1)
    scene.forgive(/404/)
  })
})

const rowOf = (ana: Agent, payload: string) => ana.row(`title ${payload}`)

const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0'
/** Words in a user agent that programs have: such a visitor would be kept apart with the bots. */
const ROBOTIC = /java|\(\)/

/** One visitor for each payload, with it in everything a browser can send. */
async function arrive(scene: Scene): Promise<SimulatedVisitor[]> {
  const chance = random(7)
  const crowd = PAYLOADS.map((payload) =>
    simulatedVisitor({
      server: scene.server.base.replace('http', 'ws'),
      random: chance,
      persona: {
        site: scene.site.key,
        origin: scene.website.origin,
        address: LOCATED,
        ...(ROBOTIC.test(payload)
          ? {}
          : { userAgent: `${CHROME} ${payload.replaceAll(/[^ -~]/g, '')}` }),
        language: payload.slice(0, 35),
        timeZone: payload.slice(0, 60),
        identity: {
          name: payload,
          username: `user ${payload}`,
          email: `mail ${payload}@evil.example`,
          attributes: { shoe: `attribute ${payload}` },
        },
      },
    }),
  )
  for (const [index, visitor] of crowd.entries()) {
    const payload = PAYLOADS[index] as string
    const address = `${scene.website.origin}/${payload}?q=${payload}`
    await visitor.arrive({ url: address, title: `title ${payload}`, referrer: payload })
    visitor.navigate({ url: payload, title: `title ${payload}`, referrer: address })
  }
  return crowd
}

/** As an agent who wants to see everything chooses. */
async function showAllColumns(ana: Agent): Promise<void> {
  await ana.opensWhosOn()
  await ana.page.getByRole('button', { name: 'Columns' }).click()
  const hidden = ana.page
    .getByRole('menuitemcheckbox', { checked: false })
    .filter({ hasNotText: /Compact|Comfortable/ })
  while ((await hidden.count()) > 0) await hidden.first().click()
  await ana.page.keyboard.press('Escape')
}

/** The host page as its own scripts see it, less the one element that is ours. */
const pageWithoutUs = (page: Agent['page']) =>
  page.evaluate(() => {
    const copy = document.documentElement.cloneNode(true) as HTMLElement
    for (const ours of copy.querySelectorAll('beckon-widget')) ours.remove()
    return { html: copy.outerHTML, cookie: document.cookie, children: copy.children.length }
  })
