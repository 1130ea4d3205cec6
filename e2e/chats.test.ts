import { chatting } from '@beckon/bench'
import { expect, test } from 'vitest'

test('R7 C8 people who chat, reload and lose the network: nothing is lost, doubled or out of order, no limit exceeded', async () => {
  const { promised, faults } = await chatting({ visitors: 20, agents: 5, seconds: 12 })
  expect(faults).toEqual([])
  expect(promised).toBeGreaterThan(50)
})
