import { drift } from '@beckon/bench'
import { expect, test } from 'vitest'

test('W19 R8 after a crowd has come and gone, console, newcomer, figures and database say the same', async () => {
  const { rows, agrees } = await drift({ visitors: 300, seconds: 16, looks: 2, pageSeconds: 3 })
  expect(rows.flatMap(({ differences }) => differences)).toEqual([])
  expect(agrees).toBe(true)
  expect(rows.at(-1)?.pageViews).toBeGreaterThan(300)
})
