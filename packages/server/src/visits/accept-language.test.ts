import { expect, test } from 'vitest'
import { acceptedLanguages } from './accept-language.ts'

test('C5 languages are taken as much as they are wanted', () => {
  expect(acceptedLanguages('de-CH, fr;q=0.5, en;q=0.9, *;q=0.1')).toEqual(['de-CH', 'en', 'fr'])
  expect(acceptedLanguages('en; q=0.2,he;Q=0.3')).toEqual(['he', 'en'])
})

test('T17 a header may say anything', () => {
  expect(acceptedLanguages(undefined)).toEqual([])
  expect(acceptedLanguages(';;,,q=1;q=x,fr;q=0')).toEqual([])
  expect(acceptedLanguages('x'.repeat(900))[0]).toHaveLength(35)
  expect(acceptedLanguages('a,'.repeat(5_000))).toHaveLength(20)
})
