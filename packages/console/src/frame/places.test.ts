import { expect, test } from 'vitest'
import { maySet, placesFor, settingsHomeFor } from './places.ts'

test('R W13 settings begin where a role has something to set, and lead nowhere else', () => {
  expect(settingsHomeFor(['agent'])).toBe('/settings/messages')
  expect(settingsHomeFor(['manager'])).toBe('/settings/bans')
  expect(settingsHomeFor(['administrator'])).toBe('/settings/sites')
  expect(settingsHomeFor([])).toBeUndefined()
  expect(maySet('/console/settings/messages', ['agent'])).toBe(true)
  expect(maySet('/console/settings/messages', ['administrator'])).toBe(false)
  expect(maySet('/console/settings/bans', ['agent'])).toBe(false)
  expect(maySet('/console/settings/sites', ['agent', 'manager'])).toBe(false)
})

test('R who has nothing to set has no Settings', () => {
  const names = (roles: Parameters<typeof placesFor>[0]) => placesFor(roles).map(({ name }) => name)
  expect(names(['agent'])).toContain('Settings')
  expect(names([])).not.toContain('Settings')
})
