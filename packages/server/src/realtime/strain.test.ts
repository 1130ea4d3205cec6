import { expect, test } from 'vitest'
import { createStrain } from './strain.ts'

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('R25 behind once the frames of one turn take too long, and for a second after', async () => {
  const strain = createStrain()
  expect(strain.isBehind(1_000)).toBe(false)
  expect(strain.isBehind(1_100)).toBe(false)
  expect(strain.isBehind(1_101)).toBe(true)
  await turn()
  // The next turn begins anew, and is held for a second all the same.
  expect(strain.isBehind(2_000)).toBe(true)
  expect(strain.hasRoom(2_100)).toBe(false)
  expect(strain.hasRoom(2_101)).toBe(true)
  expect(strain.isBehind(2_101)).toBe(true)
  await turn()
  expect(strain.isBehind(9_000)).toBe(false)
})
