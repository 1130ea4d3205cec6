import { type Agent, eventually } from './people.ts'

/** The details of a visitor, beside the list. */
export const paneOf = (agent: Agent) =>
  agent.page.getByRole('complementary', { name: 'Visitor', exact: true })

/** Chooses a tab of the details, from the row or from the menu of those that did not fit. */
export async function showsTab(agent: Agent, tab: string): Promise<void> {
  const pane = paneOf(agent)
  const inRow = pane.getByRole('tab', { name: new RegExp(`^${tab}`) })
  // A pane that is still filling itself may move away between press and release.
  await eventually(async () => {
    if ((await inRow.count()) === 0) {
      await pane.getByRole('button', { name: 'More' }).click()
      await agent.page.getByRole('menuitem', { name: new RegExp(`^${tab}`) }).click()
    } else await inRow.click()
    return pane.getByRole('tabpanel', { name: tab }).count()
  }).toBe(1)
}
