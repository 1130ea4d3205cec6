import { createHmac } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './axe.ts'
import { type Mailbox, openMailbox } from './mailbox.ts'
import { eventually, listenForComplaints, PROMPTLY_MS } from './people.ts'
import { openScene, type Scene } from './scene.ts'
import { ADMIN } from './server.ts'
import { shot } from './shot.ts'

/** Ana protects her account with codes and a passkey, invites Kim, forgets her password and comes back. */
describe('sign-in, completed', () => {
  let mailbox: Mailbox
  let scene: Scene
  beforeAll(async () => {
    mailbox = await openMailbox()
    scene = await openScene({
      BECKON_SMTP_URL: mailbox.url,
      BECKON_MAIL_FROM: 'Beckon <beckon@beckon.example>',
    })
  })
  afterAll(async () => {
    // What the browser says itself about the refusals below.
    scene.forgive(/status of (401|403|410)/)
    await scene[Symbol.asyncDispose]()
    await mailbox.close()
  })

  async function newPage(who: string): Promise<Page> {
    const context = await scene.browser.newContext({ viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    listenForComplaints(page, who, scene.complaints)
    return page
  }
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
  async function typePassword(
    page: Page,
    { email, password }: { email: string; password: string },
  ) {
    await page.goto(`${scene.server.base}/console/sign-in`)
    await page.getByLabel('Email').fill(email)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  }
  const inside = (page: Page) => page.getByRole('heading', { name: "Who's On" }).waitFor()
  async function opensOwn(page: Page) {
    await button(page, /, your menu$/).click()
    await page.getByRole('menuitem', { name: 'Your sign-in' }).click()
    await page.getByRole('heading', { name: 'Where you are signed in' }).waitFor()
  }

  test('UI 5.1 T13 T15 codes, a passkey, an invitation by mail and a forgotten password', async () => {
    const ana = await newPage('Ana')
    await typePassword(ana, ADMIN)
    await inside(ana)
    await opensOwn(ana)

    // Codes of an app: shown once, confirmed by one, with recovery codes.
    await button(ana, 'Switch codes on').click()
    const dialog = ana.getByRole('dialog', { name: 'Switch codes on' })
    const secret = ((await dialog.locator('code').textContent()) ?? '').replace(/\s/g, '')
    await dialog.getByRole('img', { name: /^QR code/ }).waitFor()
    await expectAccessible(ana, 'switching codes on')
    await dialog.getByLabel('Code', { exact: true }).fill(codeOf(secret))
    await button(ana, 'Switch on').click()
    const kept = ana.getByRole('dialog', { name: 'Keep your recovery codes' })
    await kept.getByRole('listitem').first().waitFor()
    const recovery = await kept.getByRole('listitem').allTextContents()
    expect(recovery).toHaveLength(10)
    await kept.getByRole('button', { name: 'I have kept them' }).click()
    await ana.getByText('10 recovery codes left').waitFor()

    // A passkey on a device that asks its owner.
    const device = await virtualDevice(ana)
    await button(ana, 'Add a passkey').click()
    await ana.getByRole('dialog', { name: 'Name the passkey' }).getByLabel('Name').fill('Laptop')
    await button(ana, /^Save/).click()
    await ana.getByText('Laptop', { exact: true }).waitFor()
    await expectAccessible(ana, 'your sign-in')

    // It signs in alone, from the sign-in page; the codes are not asked for.
    await device.finger(false)
    await button(ana, /, your menu$/).click()
    await ana.getByRole('menuitem', { name: 'Sign out' }).click()
    await button(ana, 'Use a passkey').waitFor()
    await expectAccessible(ana, 'sign-in')
    await device.finger(true)
    await button(ana, 'Use a passkey').click()
    await inside(ana)

    // The password alone leads to the second step only; a used code leads nowhere.
    const other = await newPage('Ana elsewhere')
    await typePassword(other, ADMIN)
    await other.getByRole('heading', { name: 'Type your code' }).waitFor()
    await expectAccessible(other, 'second step')
    await button(other, 'Use a recovery code').click()
    await other.getByLabel('Recovery code').fill(recovery[0] ?? '')
    await button(other, 'Sign in').click()
    await inside(other)

    // Ana sees that browser and signs it out: it is out within two seconds.
    await opensOwn(ana)
    await eventually(() => button(ana, /^Sign out Chrome/).count()).toBe(1)
    await button(ana, 'Sign out everywhere else').click()
    await eventually(() => button(other, 'Use a passkey').count(), PROMPTLY_MS).toBe(1)

    // Kim is invited by mail and chooses name and password.
    await ana.goto(`${scene.server.base}/console/settings/agents`)
    await button(ana, 'Add an agent').click()
    const form = ana.getByRole('dialog', { name: 'Add an agent' })
    await form.getByLabel('Name', { exact: true }).fill('Kim')
    await form.getByLabel('Email').fill('kim@beckon.example')
    await form.getByRole('button', { name: /^Add the agent/ }).click()
    await ana.getByText('Invited', { exact: true }).waitFor()
    const kim = await newPage('Kim')
    const welcome = await mailbox.linkTo('kim@beckon.example', /invites you/)
    await kim.goto(welcome)
    await kim.getByRole('heading', { name: 'Welcome, Kim' }).waitFor()
    expect(kim.url()).not.toContain('#')
    await expectAccessible(kim, 'welcome')
    await kim.getByLabel('Name', { exact: true }).fill('Kim Larsen')
    await kim.getByLabel('Password', { exact: true }).fill('tulip anvil ferry ninety')
    await button(kim, 'Begin').click()
    await inside(kim)
    const again = await newPage('Kim again')
    await again.goto(welcome)
    await again.getByText('This link has been used or has run out.').waitFor()

    // Kim forgets it. The page says the same for everybody; the link sets a new one and signs out.
    await button(again, 'To the sign-in').click()
    await button(again, 'Forgotten?').click()
    await again.getByLabel('Email').fill('kim@beckon.example')
    await button(again, 'Send the link').click()
    await again.getByText('If kim@beckon.example has an account here').waitFor()
    await again.goto(await mailbox.linkTo('kim@beckon.example', /new password/))
    await again.getByLabel('Password', { exact: true }).fill('heron ladder cobalt nine')
    await button(again, 'Save and sign in').click()
    await inside(again)
    await eventually(() => button(kim, 'Use a passkey').count(), PROMPTLY_MS).toBe(1)

    // Two steps of every agent: Kim, who is in with a password, sets the second up before anything else.
    await ana.goto(`${scene.server.base}/console/settings/agents`)
    await button(ana, 'Two-step sign-in').click()
    const steps = ana.getByRole('dialog', { name: 'Two-step sign-in' })
    await steps.getByRole('checkbox', { name: 'Agent' }).click()
    await expectAccessible(ana, 'asking two steps')
    await shot(ana, 'two-step-settings')
    await button(ana, /^Save/).click()
    await again.getByRole('heading', { name: 'Add a second step' }).waitFor()
    await expectAccessible(again, 'a second step that is asked')
    await shot(again, 'second-step')
    await again.goto(`${scene.server.base}/console/chats`)
    await again.getByRole('heading', { name: 'Add a second step' }).waitFor()
    await button(again, 'Switch codes on').click()
    const asked = again.getByRole('dialog', { name: 'Switch codes on' })
    const hers = ((await asked.locator('code').textContent()) ?? '').replace(/\s/g, '')
    await asked.getByLabel('Code', { exact: true }).fill(codeOf(hers))
    await button(again, 'Switch on').click()
    await button(again, 'I have kept them').click()
    await again.getByRole('heading', { name: 'Your second step is set up' }).waitFor()
    await shot(again, 'second-step-done')
    await button(again, 'Go on').click()
    await inside(again)
    expect(scene.server.log()).not.toMatch(/#|new-password/)
  })

  /** A device that asks for a finger; it lies there from the beginning. */
  async function virtualDevice(page: Page) {
    const session = await page.context().newCDPSession(page)
    await session.send('WebAuthn.enable')
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    return {
      /** Where it lies there already, the browser needs no click: it takes the passkey it offers. */
      finger: (enabled: boolean) =>
        session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled }),
    }
  }
})

/** As an authenticator app does it (RFC 6238). */
function codeOf(secret: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...secret].map((one) => letters.indexOf(one).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const hash = createHmac('sha1', key).update(step).digest()
  const at = (hash.at(-1) ?? 0) & 15
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
