import { readdirSync, readFileSync } from 'node:fs'
import { ENGLISH, LANGUAGE_CODES, LANGUAGES, languageFor, type Plural } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { words as files } from './files/words.ts'
import { words as forms } from './forms/words.ts'
import { words as panel, reasonOf } from './panel/words.ts'
import { words as privacy } from './privacy/words.ts'
import { words as typed } from './typed/words.ts'

type Said = Record<string, string | Plural>
const english: Said = { ...panel, ...forms, ...files, ...privacy, ...typed }
const folder = new URL('../languages/', import.meta.url)
const learned = new Map<string, Said>(
  readdirSync(folder).map((file) => [
    file.replace('.json', ''),
    JSON.parse(readFileSync(new URL(file, folder), 'utf8')),
  ]),
)
/** Lines of the system and refusals come from the server in English. */
const FACTS = ['passed', 'passed_to_group', 'joined', 'left', 'took_over'].map(
  (one) => `fact_${one}`,
)
const REFUSED = [
  'chat_open',
  'chat_ended',
  'rate_limited',
  'limit_reached',
  'bad_input',
  'survey_closed',
  'not_found',
  'other',
].map((one) => `refused_${one}`)
const FACT_VALUES: Record<string, string[]> = {
  fact_passed: ['by', 'to'],
  fact_passed_to_group: ['by', 'to'],
}

const placesIn = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort()
const placesOf = (said: string | Plural) =>
  typeof said === 'string' ? placesIn(said) : placesIn(said.other)

describe('C5 languages', () => {
  test('there are at least twelve, and launcher, card and panel have the same', () => {
    expect(LANGUAGE_CODES.length).toBeGreaterThanOrEqual(12)
    expect([...learned.keys()].sort()).toEqual(Object.keys(LANGUAGES).sort())
    expect(LANGUAGE_CODES).toEqual(expect.arrayContaining(['ar', 'he']))
  })

  test.each([...learned])(
    '%s says all that English says, with the same places for values',
    (code, said) => {
      expect(Object.keys(said).sort()).toEqual(
        [...new Set([...Object.keys(english), ...FACTS, ...REFUSED])].sort(),
      )
      for (const [name, text] of Object.entries(said)) {
        const same = FACTS.includes(name)
          ? (FACT_VALUES[name] ?? ['by']).map((one) => `{${one}}`)
          : placesOf(english[name] ?? '')
        expect(placesOf(text), `${code} ${name}`).toEqual(same)
        expect(JSON.stringify(text), `${code} ${name}`).not.toMatch(/""|<|&\w+;/)
      }
    },
  )

  test.each([...learned])('%s has every plural it needs', (code, said) => {
    const rules = new Intl.PluralRules(code)
    const needed = new Set(Array.from({ length: 130 }, (_, n) => rules.select(n)))
    for (const [name, text] of Object.entries(said)) {
      if (typeof text === 'string') continue
      for (const rule of needed) {
        const form = text[rule as 'one'] ?? text.other
        // One and two may be words: a figure is needed from three on.
        if (!['zero', 'one', 'two'].includes(rule)) expect(form, `${code} ${name}`).toContain('{n}')
      }
      expect(Object.keys(text), `${code} ${name}`).toEqual(
        expect.arrayContaining([...needed].filter((rule) => rule !== 'zero' && rule !== 'other')),
      )
    }
  })

  test.each(Object.entries(LANGUAGES))('%s has words for launcher and card', (code, words) => {
    const { shipped, closing, keep, ...rest } = words
    const { dir, lang } = rest
    expect(Object.keys(rest).sort()).toEqual(Object.keys(ENGLISH).sort())
    expect(lang).toBe(code)
    expect(rest.from).toContain('{name}')
    expect(dir).toBe(/ar|he/.test(code) ? 'rtl' : 'ltr')
    for (const text of [closing, keep, ...Object.values(shipped), ...Object.values(rest)]) {
      expect(text, code).toBeTruthy()
    }
  })

  test('C5 why something was refused is said in the visitor’s language, whatever the code', () => {
    const refused = (code?: string) => reasonOf({ ...(code && { code }), message: 'In English.' })
    expect(refused('chat_ended')).toBe('In English.')
    const german = learned.get('de') ?? {}
    Object.assign(panel, german)
    try {
      expect(refused('chat_ended')).toBe(german.refused_chat_ended)
      expect(refused('internal')).toBe(german.refused_other)
      expect(refused('code_of_tomorrow')).toBe(german.refused_other)
      // A file's reason is in the visitor's language already.
      expect(refused()).toBe('In English.')
    } finally {
      for (const name of Object.keys(german)) delete (panel as Record<string, unknown>)[name]
      Object.assign(panel, english)
    }
  })

  test('a wish is met by its language, whatever the region, and English is a wish as well', () => {
    expect(languageFor(['pt-BR'])).toBe('pt')
    expect(languageFor(['xx', 'AR-eg'])).toBe('ar')
    expect(languageFor(['en-GB', 'de'])).toBeUndefined()
    expect(languageFor([undefined, null, '__proto__', 'constructor'])).toBeUndefined()
  })
})
