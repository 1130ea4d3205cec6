import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { paneOf, showsTab } from './pane.ts'
import { type Agent, eventually, PROMPTLY_MS, type Visitor } from './people.ts'
import { openScene, type Scene } from './scene.ts'

describe('identity and privacy', () => {
  let scene: Scene
  let ada: Agent
  beforeAll(async () => {
    scene = await openScene()
    ada = await scene.agent()
  })
  afterAll(() => scene?.[Symbol.asyncDispose]())

  test('W15 T34 what the owner’s server signs is marked as verified, nothing else is, and another person starts anew', async () => {
    const { page } = ada
    await page.goto(`${scene.server.base}/console/settings/sites/${scene.site.id}`)
    await page.getByRole('button', { name: 'Make a key' }).click()
    await ada.reads('Copy the secret now. It is not shown again.')
    const secret =
      (await page
        .locator('code')
        .filter({ hasText: /^[\w-]{43}$/ })
        .textContent()) ?? ''
    const token = signed(secret, { sub: '8231', name: 'Marta Kowalczyk' })
    const kim = await arrives('/signed', 'Signed page', { token, name: 'The Owner' })
    await ada.reads(/It works: somebody was verified/)

    await ada.looksAfresh()
    await ada.seesRow(/Marta Kowalczyk.*Signed page/)
    const mark = ada.row('Marta Kowalczyk').getByLabel('verified')
    await eventually(() => mark.count()).toBe(1)
    await arrives('/said', 'Said page', {
      name: 'Marta K.',
      token: signed('x'.repeat(43), { sub: '1' }),
    })
    await ada.seesRow(/Marta K\..*Said page/)
    await expect(ada.row('Said page').getByLabel('verified').count()).resolves.toBe(0)
    await eventually(() => scene.complaints.join()).toContain('token_not_signed')
    scene.forgive(/token_not_signed/)

    await ada.invites('Signed page', 'May I help, #displayname#?')
    await kim.seesCard('May I help, Marta Kowalczyk?')
    await kim.replies('Yes, please')
    await kim.seesMessage('Yes, please')
    await ada.opensChats()
    await page
      .getByRole('link', { name: /Yes, please/ })
      .first()
      .click()
    await eventually(() => page.getByLabel('verified').count()).not.toBe(0)

    const other = signed(secret, { sub: '77', name: 'Nora' })
    await kim.page.evaluate((said) => (window as never as Page).beckon.identify(said), {
      token: other,
    })
    await eventually(() => kim.page.getByText('Yes, please').count()).toBe(0)
    await ada.looksAfresh()
    await ada.seesRow(/Nora.*Signed page/)
  })

  test('W21 T28 nothing before consent; whoever hides is gone at once and stays away until they say so; erased is erased', async () => {
    await scene.rest.patch(`/sites/${scene.site.id}`, { showPrivacy: true })
    await scene.addLink(scene.site, '#1f6feb')
    const asked: string[] = []
    const pia = await scene.visitor()
    pia.page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    const origin = scene.website.origin
    scene.website.put('/consent', {
      title: 'Consent page',
      head: `<script async src="${scene.server.base}/beckon.js" data-site="${scene.site.key}" data-consent="pending"></script>`,
    })
    await pia.page.goto(`${origin}/consent`)
    await pia.page.waitForFunction(() => 'identify' in ((window as never as Page).beckon ?? {}))
    expect(asked).toEqual(['/consent', '/beckon.js'])
    await expect(stored(pia)).resolves.toEqual([])
    await pia.page.evaluate(() => (window as never as Page).beckon.consent(true))
    await ada.looksAfresh()
    await ada.seesRow('Consent page')

    await pia.page.evaluate(() => (window as never as Page).beckon.open())
    await pia.page.getByRole('button', { name: 'What we see of you' }).click()
    const about = pia.page.getByRole('dialog', { name: /^What .* sees of you$/ })
    await about.getByText('Consent page').waitFor()
    await about.getByRole('button', { name: 'Hide me' }).click()
    await pia.page.getByRole('dialog', { name: 'You are hidden' }).waitFor()
    await eventually(() => ada.row('Consent page').count(), PROMPTLY_MS).toBe(0)
    await expect(stored(pia)).resolves.toEqual(['beckon-hidden'])

    scene.page('/later', {
      title: 'Later page',
      body: '<a href="/privacy" data-beckon-privacy>Your <b>privacy</b></a>',
    })
    asked.length = 0
    await pia.page.goto(`${origin}/later`)
    await pia.page.waitForFunction(() => 'identify' in ((window as never as Page).beckon ?? {}))
    expect(asked).toEqual(['/later', '/beckon.js'])
    await pia.page.getByText('privacy', { exact: true }).click()
    await pia.page.getByRole('button', { name: 'Show me again' }).click()
    // At once, on the page that is open.
    await ada.looksAfresh()
    await ada.seesRow('Later page')
    await pia.page.getByRole('button', { name: 'Close' }).last().click()
    expect(new URL(pia.page.url()).pathname).toBe('/later')

    await ada.row('Later page').getByText('Later page').click()
    await ada.page.keyboard.press('Enter')
    await showsTab(ada, 'Attributes')
    await paneOf(ada).getByRole('button', { name: 'Erase…' }).click()
    await ada.page.getByRole('button', { name: 'Erase', exact: true }).click()
    await ada.reads(/^Erased: 1 visit/)
    // Where the button was is the list now, and a pointer over it holds who stands there.
    await ada.looksAfresh()
    await eventually(() => ada.row('Later page').count()).toBe(0)
  })

  async function arrives(path: string, title: string, person: object): Promise<Visitor> {
    scene.page(path, {
      title,
      head: `<script>(window.beckon = window.beckon || []).push(['identify', ${JSON.stringify(person)}])</script>`,
    })
    const visitor = await scene.visitor()
    await visitor.page.goto(scene.website.origin + path)
    return visitor
  }
})

type Page = {
  beckon: { identify(said: object): void; consent(to: boolean): void; open(what?: string): void }
}

const stored = ({ page }: Visitor) =>
  page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)])

/** As the examples of the settings do it. */
function signed(secret: string, person: object): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const exp = Math.floor(Date.now() / 1000) + 3600
  const content = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ ...person, exp })}`
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`
}
