import { LANGUAGE_CODES, LANGUAGES, type LanguageCode, type Plural } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { visitorWords } from '../mail/visitor-words.ts'
import { type PortalWords, speechOf } from './words.ts'

const CODES = Object.keys(LANGUAGES) as LanguageCode[]
const english = speechOf(undefined).words
const placesIn = (text: string) => text.match(/\{\w+\}|%/g)
const form = (said: string | Plural) => (typeof said === 'string' ? said : said.other)

describe('C5 what the server says to visitors', () => {
  test.each(CODES)('C5 the portal says it in %s, with the same places for values', (code) => {
    const { words, lang, dir } = speechOf(code)
    expect([lang, dir]).toEqual([code, LANGUAGES[code].dir])
    for (const [name, said] of Object.entries(words)) {
      const same = placesIn(form(english[name as keyof PortalWords]))
      expect(placesIn(form(said)), `${code} ${name}`).toEqual(same)
      expect(JSON.stringify(said), `${code} ${name}`).not.toMatch(/""|[<>]|&\w+;/)
    }
    const rules = new Intl.PluralRules(code)
    const needed = new Set(Array.from({ length: 130 }, (_, n) => rules.select(n)))
    expect(Object.keys(words.found)).toEqual(
      expect.arrayContaining([...needed].filter((rule) => rule !== 'zero')),
    )
  })

  test('C5 mails have words in every language, with the place of a name', () => {
    const [first, ...others] = LANGUAGE_CODES.map((code) => visitorWords(code))
    expect(new Set(others).size).toBe(CODES.length)
    for (const words of others) {
      for (const [name, said] of Object.entries(words)) {
        expect(said).toBeTruthy()
        expect(placesIn(said)).toEqual(placesIn(first?.[name as keyof typeof words] ?? ''))
      }
    }
  })
})
