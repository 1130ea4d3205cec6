import { expect, test } from 'vitest'
import { excerptOf, tellingWord } from './excerpts.ts'

test('C6 an excerpt is one line around the longest word that was searched for', () => {
  expect(tellingWord('is the invoice')).toBe('invoice')
  const long = `${'before '.repeat(20)}the\nINVOICE number ${'after '.repeat(20)}`
  expect(excerptOf(long, 'invoice')).toMatch(/^…before before before the INVOICE number after.+…$/)
  expect(excerptOf('Invoice?', 'invoice')).toBe('Invoice?')
  expect(excerptOf('Nothing', 'invoice')).toBeUndefined()
  expect(excerptOf('Nothing', '')).toBeUndefined()
})
