import { expect, test } from 'vitest'
import { TABS, tabBeside, tabsShown } from './tabs.ts'
import { fitted, readWidth } from './use-pane-width.ts'

test('W4 arrows reach every tab and come round, and the chosen one is always seen', () => {
  const walked = TABS.map((_, at) => TABS.slice(0, at).reduce((tab) => tabBeside(tab, 1), TABS[0]))
  expect(walked).toEqual([...TABS])
  expect([tabBeside('timeline', 1), tabBeside('summary', -1)]).toEqual(['summary', 'timeline'])
  for (const tab of TABS) expect(tabsShown(tab)).toContain(tab)
})

test('W4 the pane keeps its width within 280 and 480, whatever was stored', () => {
  expect([fitted(100), fitted(333.4), fitted(900)]).toEqual([280, 333, 480])
  expect([null, 'x', '{}', '400'].map(readWidth)).toEqual([318, 318, 318, 400])
})
