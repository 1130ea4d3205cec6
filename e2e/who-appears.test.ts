import type { SiteView } from '@beckon/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { eventually } from './people.ts'
import { openScene, type Scene, snippetOf } from './scene.ts'
import { openWebsite, type Website } from './website.ts'

describe('who appears, and who may look', () => {
  let scene: Scene
  let second: Website
  beforeAll(async () => {
    scene = await openScene()
    second = await openWebsite()
    scene.page('/shop', { title: 'Shop' })
  })
  afterAll(async () => {
    await second.close()
    await scene[Symbol.asyncDispose]()
  })

  test('S1 S4 the portal and two websites at once, each visitor under their site', async () => {
    const garden = await scene.rest.post<SiteView>('/sites', {
      name: 'Garden',
      origins: [second.origin],
    })
    second.put('/', { title: 'Roses', head: snippetOf(scene.server.base, garden) })
    const ana = await scene.agent()
    await ana.opensWhosOn()
    const visitors = await Promise.all([scene.visitor(), scene.visitor(), scene.visitor()])
    const addresses = [
      `${scene.server.base}/portal`,
      `${scene.website.origin}/shop`,
      `${second.origin}/`,
    ]
    for (const [index, visitor] of visitors.entries()) {
      await visitor.page.goto(addresses[index] as string)
    }
    const portalTitle = await (visitors[0] as (typeof visitors)[0]).page.title()
    const { items: sites } = await scene.rest.get<{ items: SiteView[] }>('/sites')
    const portal = sites.find(({ kind }) => kind === 'portal') as SiteView

    const side = ana.page.getByRole('complementary', { name: 'Filters' })
    // All of them first: under the pointer the list holds still and newcomers wait.
    for (const title of [portalTitle, 'Shop', 'Roses']) await ana.seesRow(title)
    for (const [title, site] of [
      [portalTitle, portal.name],
      ['Shop', scene.site.name],
      ['Roses', 'Garden'],
    ] as const) {
      await eventually(() => side.textContent()).toMatch(new RegExp(`${site}\\s*1`))
      await ana.row(title).getByRole('gridcell').nth(2).click()
      await eventually(() =>
        ana.page.getByRole('complementary', { name: 'Visitor', exact: true }).textContent(),
      ).toContain(`Site${site}`)
    }
    for (const visitor of visitors) await visitor.page.context().close()
  })

  test('S5 without signing in there is no list: not on a screen, not on a socket', async () => {
    const context = await scene.browser.newContext()
    const page = await context.newPage()
    await page.goto(`${scene.server.base}/console/whos-on`)
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/console/sign-in')
    expect(await page.getByRole('grid').count()).toBe(0)

    const socket = new WebSocket(`${scene.server.base.replace('http', 'ws')}/ws/agent`, {
      origin: scene.server.base,
    })
    const heard: string[] = []
    socket.on('message', (data) => heard.push(String(data)))
    socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', v: 1 })))
    const code = await new Promise<number>((resolve) => {
      socket.on('close', resolve)
      socket.on('error', () => resolve(-1))
    })
    expect(code).toBe(4002)
    expect(heard.join('')).not.toContain('snapshot')
    await context.close()

    // Signing in leads to where one was going.
    const ana = await scene.agent()
    const place = `${scene.server.base}/console/reports`
    await ana.page.goto(place)
    await ana.page.getByRole('heading', { name: 'Reports' }).waitFor()
  })

  test('T2 W18 a website that is not allowed: no row, a named reason, one click, and they appear', async () => {
    const stranger = await openWebsite()
    stranger.put('/', {
      title: 'Moved shop',
      head: snippetOf(scene.server.base, scene.site),
    })
    const ana = await scene.agent()
    const visitor = await scene.visitor()
    await visitor.page.goto(stranger.origin)

    await ana.page.goto(`${scene.server.base}/console/settings/sites/${scene.site.id}`)
    await ana.page.getByText(`A hit came from ${stranger.origin}, which is not allowed.`).waitFor()
    await ana.opensWhosOn()
    await eventually(() => ana.page.getByText(/^Live/).count(), 60_000).toBeGreaterThan(0)
    expect(await ana.row('Moved shop').count()).toBe(0)
    expect(await visitor.page.evaluate(() => document.querySelector('beckon-widget'))).toBeNull()

    await ana.page.goto(`${scene.server.base}/console/settings/sites/${scene.site.id}`)
    await ana.page.getByRole('button', { name: 'Allow it' }).click()
    await eventually(() => ana.page.getByLabel('Allowed origins').inputValue()).toContain(
      stranger.origin.replace(/^http:\/\//, ''),
    )
    await ana.opensWhosOn()
    await visitor.page.reload()
    await ana.seesRow('Moved shop')
    await visitor.page.context().close()
    await stranger.close()
  })
})
