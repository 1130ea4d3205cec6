import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Agent, eventually, listenForComplaints, PROMPTLY_MS } from './people.ts'
import { openScene, type Scene } from './scene.ts'
import { ADMIN } from './server.ts'

describe('signing in and out', () => {
  let scene: Scene
  beforeAll(async () => {
    scene = await openScene()
    scene.page('/', { title: 'Front page' })
    scene.page('/ben', { title: 'Ben’s page' })
  })
  afterAll(async () => {
    // What the browser says itself about the answers asked for below.
    scene.forgive(/status of 401/)
    await scene[Symbol.asyncDispose]()
  })

  test('UI 5.1 a wrong password is told, keeps what was typed, and the right one leads in', async () => {
    const page = await (await scene.browser.newContext()).newPage()
    listenForComplaints(page, 'agent', scene.complaints)
    await page.goto(`${scene.server.base}/console/`)
    await page.getByLabel('Email').fill(ADMIN.email)
    await page.getByLabel('Password', { exact: true }).fill('not the password at all')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('That email and password do not match.').waitFor()
    expect(await page.getByLabel('Email').inputValue()).toBe(ADMIN.email)
    expect(await page.getByRole('navigation').count()).toBe(0)

    // Somebody who does not exist hears the same words.
    await page.getByLabel('Email').fill('nobody@beckon.example')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('That email and password do not match.').waitFor()

    await page.getByLabel('Email').fill(ADMIN.email)
    await page.getByLabel('Password', { exact: true }).fill(ADMIN.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: "Who's On" }).waitFor()
    await page.context().close()
  })

  test('T13 signing out in one tab cuts the other within 2 s, and it shows no visitor any more', async () => {
    const ana = await scene.agent()
    await ana.opensWhosOn()
    const second = await ana.page.context().newPage()
    listenForComplaints(second, 'second tab', scene.complaints)
    const other = new Agent(second, scene.server.base)
    await second.goto(`${scene.server.base}/console/whos-on`)
    const visitor = await scene.visitor()
    await visitor.page.goto(scene.website.origin)
    await other.seesRow('Front page')

    await ana.page.getByRole('button', { name: /, your menu$/ }).click()
    await ana.page.getByRole('menuitem', { name: 'Sign out' }).click()
    await atSignIn(ana, PROMPTLY_MS)
    await atSignIn(other, PROMPTLY_MS)
    expect(await second.getByText('Front page').count()).toBe(0)

    await second.goBack()
    await atSignIn(other)
    await visitor.page.context().close()
  })

  test('T13 R an account that is disabled is out within 2 s and does not come back', async () => {
    const ben = await scene.addAgent('Ben')
    const agent = await scene.agent(ben)
    await agent.opensWhosOn()
    const visitor = await scene.visitor()
    await visitor.page.goto(`${scene.website.origin}/ben`)
    await agent.seesRow('Ben’s page')

    await scene.rest.patch(`/agents/${ben.id}`, { disabled: true })
    await atSignIn(agent, PROMPTLY_MS)
    await agent.page.getByLabel('Email').fill(ben.email)
    await agent.page.getByLabel('Password', { exact: true }).fill(ben.password)
    await agent.page.getByRole('button', { name: 'Sign in' }).click()
    await agent.page.getByRole('alert').first().waitFor()
    expect(await agent.page.getByText('Ben’s page').count()).toBe(0)
    await visitor.page.context().close()
  })
})

const atSignIn = ({ page }: Agent, ms?: number) =>
  eventually(() => page.getByRole('button', { name: 'Sign in' }).count(), ms).toBe(1)
