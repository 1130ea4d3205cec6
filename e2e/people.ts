import type { BrowserContext, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** Fails the journey on anything a browser complained about. */
export function listenForComplaints(page: Page, who: string, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(`${who}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      complaints.push(`${who}: ${message.text()} (${message.location().url})`)
    }
  })
}

/** Waits for a fact; never for time. On a busy machine it may come late. */
export const eventually = <T>(fact: () => T | Promise<T>, ms = 60_000) =>
  expect.poll(fact, { timeout: ms, interval: 50 })

/**
 * For what must come soon and by itself: long enough for a busy machine, far below any deadline or
 * second look that would bring it all the same. How soon it comes is measured by `npm run bench`.
 */
export const PROMPTLY_MS = 10_000

/** Somebody reading a website. The widget's shadow root is opened for the test from outside. */
export class Visitor {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  get card(): Locator {
    return this.page.getByRole('region', { name: /^Chat invitation from/ })
  }

  get panel(): Locator {
    return this.page.getByRole('dialog')
  }

  async seesCard(text: string): Promise<void> {
    await eventually(() => this.card.textContent().catch(() => '')).toContain(text)
  }

  async seesNoCard(ms?: number): Promise<void> {
    await eventually(() => this.card.count(), ms).toBe(0)
  }

  async replies(text: string): Promise<void> {
    await this.card.getByRole('textbox').fill(text)
    await this.card.getByRole('button', { name: 'Reply', exact: true }).click()
  }

  async declines(): Promise<void> {
    await this.card.getByText('No thanks').click()
  }

  async writes(text: string): Promise<void> {
    const box = this.panel.getByRole('textbox')
    await box.fill(text)
    await box.press('Enter')
  }

  async seesMessage(text: string, ms?: number): Promise<void> {
    await eventually(
      () =>
        this.panel
          .getByRole('log')
          .textContent()
          .catch(() => ''),
      ms,
    ).toContain(text)
  }
}

/** An agent in the console. */
export class Agent {
  readonly page: Page
  readonly base: string
  constructor(page: Page, base: string) {
    this.page = page
    this.base = base
  }

  async signsIn({ email, password }: { email: string; password: string }): Promise<void> {
    await this.page.goto(`${this.base}/console/`)
    await this.page.getByLabel('Email').fill(email)
    await this.page.getByLabel('Password', { exact: true }).fill(password)
    await this.page.getByRole('button', { name: 'Sign in' }).click()
    await this.page.getByRole('link', { name: "Who's On" }).first().waitFor()
  }

  async opensWhosOn(): Promise<void> {
    await this.page.getByRole('link', { name: "Who's On" }).first().click()
    await this.page.getByRole('heading', { name: "Who's On" }).waitFor()
  }

  /** Who's On as it is when just opened: nobody is selected and no pointer holds the order. */
  async looksAfresh(): Promise<void> {
    await this.page.goto(`${this.base}/console/whos-on`)
    await this.page.getByRole('heading', { name: "Who's On" }).waitFor()
  }

  row(text: string | RegExp): Locator {
    return this.page.getByRole('grid').getByRole('row').filter({ hasText: text })
  }

  async seesRow(text: string | RegExp, ms?: number): Promise<void> {
    await eventually(() => this.row(text).count(), ms).toBe(1)
  }

  async selects(text: string | RegExp): Promise<void> {
    await this.seesRow(text)
    await this.row(text).getByRole('checkbox').click()
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog', { name: 'Live Chat Invitation' })
  }

  /** Actions → Invite to Live Chat, for the selected visitor (S13). */
  async choosesInvite(): Promise<void> {
    await this.page.getByRole('button', { name: 'Actions' }).first().click()
    await this.page.getByRole('menuitem', { name: /Invite to Live Chat/ }).click()
    // After declined or ignored the history comes first (W12); whoever wants to know it looks there.
    await this.dialog.or(this.courtesy).waitFor()
    await eventually(() => this.dialog.locator('[aria-busy=true]').count()).toBe(0)
    if (await this.courtesy.count()) {
      await this.courtesy.getByRole('button', { name: 'Invite again' }).click()
      await this.dialog.waitFor()
    }
  }

  get courtesy(): Locator {
    return this.page.getByRole('alertdialog', { name: /^Invite .* again\?$/ })
  }

  async chooses(action: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Actions' }).first().click()
    await this.page.getByRole('menuitem', { name: action }).click()
  }

  /** A notice or a line anywhere on the screen. */
  async reads(text: string | RegExp): Promise<void> {
    await eventually(() => this.page.getByText(text).filter({ visible: true }).count()).not.toBe(0)
  }

  async writesInvitation(text: string): Promise<void> {
    await this.dialog.getByLabel('Message', { exact: true }).fill(text)
  }

  /** What the Message Preview shows: the text of the real card. */
  async preview(): Promise<string> {
    return (await this.dialog.locator('[data-preview-text]').textContent()) ?? ''
  }

  async sendsInvitation(): Promise<void> {
    await this.dialog.getByRole('button', { name: /^Send invitation/ }).click()
    await eventually(() => this.dialog.count()).toBe(0)
  }

  async invites(row: string | RegExp, text: string): Promise<void> {
    await this.selects(row)
    await this.choosesInvite()
    await this.writesInvitation(text)
    await this.sendsInvitation()
  }

  async opensChats(): Promise<void> {
    await this.page
      .getByRole('link', { name: /^Chats/ })
      .first()
      .click()
  }
}

/** Opens the closed shadow root for the test, from outside the product. */
export async function openShadowRoots(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const attach = Element.prototype.attachShadow
    Element.prototype.attachShadow = function attachOpen(options: ShadowRootInit) {
      return attach.call(this, { ...options, mode: 'open' })
    }
  })
}
