import { type Agent, eventually, type Visitor } from './people.ts'

/** Invited from the row with this page title, answered, and open on both sides. */
export async function chatBetween(ana: Agent, visitor: Visitor, row: string): Promise<void> {
  await ana.invites(row, 'May I help?')
  await visitor.seesCard('May I help?')
  await visitor.replies(`first words of ${row}`)
  await visitor.seesMessage(`first words of ${row}`)
  await ana.opensChats()
  await openChat(ana, `first words of ${row}`)
}

/** The chat whose last words are these. */
export async function openChat(ana: Agent, words: string): Promise<void> {
  await ana.page
    .getByRole('complementary', { name: 'Chats' })
    .getByRole('link')
    .filter({ hasText: words })
    .first()
    .click()
  await eventually(() => heard(ana)).toContain(words)
}

/** As fast as the keyboard allows; whether it has been sent is another question. */
export async function write(ana: Agent, text: string): Promise<void> {
  const box = ana.page.getByRole('textbox', { name: /^Message to/ })
  await box.fill(text)
  await box.press('Enter')
}

/** The whole conversation as it stands on this side's screen. */
export const heard = ({ page }: Agent | Visitor): Promise<string> =>
  page
    .getByRole('log', { name: 'Messages' })
    .textContent({ timeout: 2_000 })
    .then(
      (text) => text ?? '',
      () => '',
    )

/** How often each of these stands there. */
export const counted = (text: string, parts: readonly string[]): number[] =>
  parts.map((part) => text.split(part).length - 1)
