import type { Agent } from './people.ts'

/** The details of a visitor, beside the list. */
export const paneOf = (agent: Agent) =>
  agent.page.getByRole('complementary', { name: 'Visitor', exact: true })

/** Chooses a tab of the details, from the row or from the menu of those that did not fit. */
export async function showsTab(agent: Agent, tab: string): Promise<void> {
  const inRow = paneOf(agent).getByRole('tab', { name: new RegExp(`^${tab}`) })
  if ((await inRow.count()) === 0) {
    await paneOf(agent).getByRole('button', { name: 'More' }).click()
    await agent.page.getByRole('menuitem', { name: new RegExp(`^${tab}`) }).click()
  } else await inRow.click()
  await paneOf(agent).getByRole('tabpanel', { name: tab }).waitFor()
}
