import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BUILT_IN_VARIABLES, renderTemplate, usedVariables, type Values } from './template.ts'

// This package knows no Node, but its tests run on it: the processor's time, in milliseconds. A wall
// clock would also count what everything else on the machine does.
type Processor = { cpuUsage(): { user: number } }
const { process: processor } = globalThis as unknown as { process: Processor }
const spent = (): number => processor.cpuUsage().user / 1_000

const values: Values = {
  displayname: 'Ana',
  browser: 'Firefox',
  email: 'ana@example.org',
  city: null,
  region: '',
}

describe('known and unknown', () => {
  test.each([
    ['S27 Hello #displayname#!', 'S27 Hello Ana!'],
    ['#DisplayName# #BROWSER#', 'Ana Firefox'],
    ['#1 choice and #browser#', '#1 choice and Firefox'],
    ['we are #1', 'we are #1'],
    ['#word# #wörd# # #', '#word# #wörd# # #'],
    ['#word#browser#', '#wordFirefox'],
    ['#browser#browser#', 'Firefoxbrowser#'],
    ['#browser##browser#', 'FirefoxFirefox'],
    ['## ### ####', '# ## ##'],
    ['##browser#', '#browser#'],
    ['###browser#', '#Firefox'],
    ['#browser##', 'Firefox#'],
    ['C# and F# with #browser#', 'C# and F# with Firefox'],
    ['# browser#', '# browser#'],
    ['#browser', '#browser'],
    ['#constructor# #__proto__# #tostring#', '#constructor# #__proto__# #tostring#'],
    ['', ''],
    ['#', '#'],
  ])('S31 %j gives %j', (template, expected) => {
    expect(renderTemplate(template, values)).toBe(expected)
  })

  test('S31 a name has at most 40 signs and starts with a letter', () => {
    const longest = `a${'9'.repeat(39)}`
    const known = { [longest]: 'yes', [`${longest}9`]: 'no', '1a': 'no', _a: 'no' }
    expect(renderTemplate(`#${longest}# #${longest}9# #1a# #_a#`, known)).toBe(
      `yes #${longest}9# #1a# #_a#`,
    )
    // The Kelvin sign lower-cases to an ASCII k: it is not a name.
    expect(renderTemplate('#\u212a#', { k: 'no' })).toBe('#\u212a#')
  })
})

describe('fallbacks', () => {
  test.each([
    ['Hi #city|there#!', 'Hi there!'],
    ['Hi #region|there#!', 'Hi there!'],
    ['Hi #displayname|there#!', 'Hi Ana!'],
    ['Hi #nobody|there#!', 'Hi #nobody|there#!'],
    ['Hi #city|#!', 'Hi!'],
    ['Hi #city|my friend, you#', 'Hi my friend, you'],
    ['Hi #city|a|b#', 'Hi a|b'],
    ['#city|line\nbreak#', '#city|line\nbreak#'],
    ['#city|open', '#city|open'],
    ['#city|#browser#', 'browser#'],
  ])('S31 %j gives %j', (template, expected) => {
    expect(renderTemplate(template, values)).toBe(expected)
  })
})

describe('a variable without a value leaves nothing', () => {
  test.each([
    ['Hello #city#, welcome', 'Hello, welcome'],
    ['Hello #city# welcome', 'Hello welcome'],
    ['Hello #city#!', 'Hello!'],
    ['Hello  #city#  welcome', 'Hello welcome'],
    ['#city# welcome', 'welcome'],
    ['welcome #city#', 'welcome'],
    ['  #city#', ''],
    ['one\n#city# two', 'one\ntwo'],
    ['one #city#\ntwo', 'one\ntwo'],
    ['one #city#\r\ntwo', 'one\r\ntwo'],
    ['one\n#city#\ntwo', 'one\n\ntwo'],
    ['one\n\n\n#city#two', 'one\n\n\ntwo'],
    ['a #city# #region# b', 'a b'],
    ['a #city##region#, b', 'a, b'],
    ['in#city#side', 'inside'],
    ['in#city# side', 'in side'],
    ['(#city# only)', '(only)'],
    ['from #city# (really)', 'from (really)'],
    ['say #city# "yes"', 'say "yes"'],
    ['#city# #displayname#', 'Ana'],
    ['#displayname# #city# #browser#', 'Ana Firefox'],
    ['a\u00a0#city#\u00a0!', 'a!'],
  ])('S30 %j gives %j', (template, expected) => {
    expect(renderTemplate(template, values)).toBe(expected)
  })

  test('S30 the agent’s own spacing and newlines elsewhere are kept', () => {
    const own = '  Hello ,  dear   visitor !\n\n\n   indented  \n'
    expect(renderTemplate(own, values)).toBe(own)
    expect(renderTemplate(`${own}x #city# y  z`, values)).toBe(`${own}x y  z`)
    expect(renderTemplate('a  #displayname#  b', values)).toBe('a  Ana  b')
  })

  test('S30 spaces that a value brings along are the value’s', () => {
    const spaced = { a: ' x ', e: null }
    expect(renderTemplate('#a#', spaced)).toBe(' x ')
    expect(renderTemplate('#a# #e# y', spaced)).toBe(' x y')
    expect(renderTemplate('y #e# #a#', spaced)).toBe('y x ')
  })

  test('S30 nothing but the hole’s spaces changes, in 10,000 templates', () => {
    const own = fc.string({ unit: fc.constantFrom(' ', 'a', ',', '\n', '.', '('), maxLength: 8 })
    fc.assert(
      fc.property(own, own, (before, after) => {
        const left = before.replace(/ +$/, '')
        const right = after.replace(/^ +/, '')
        const said = renderTemplate(`${before}#city#${after}`, values)
        expect(said.startsWith(left)).toBe(true)
        expect(said.endsWith(right)).toBe(true)
        const between = said.slice(left.length, said.length - right.length)
        const touching = before.length + after.length > left.length + right.length
        const edge = /[\n(]?$/.exec(left)?.[0] || /^[\n,.]?/.exec(right)?.[0] || !left || !right
        expect(between).toBe(touching && !edge ? ' ' : '')
      }),
      { numRuns: 10_000 },
    )
  })
})

describe('values are text', () => {
  test('T9 a value is never scanned again, in 10,000 random templates', () => {
    const piece = fc.oneof(
      fc.constantFrom('#x#', '#y|z#', '##', '#', '#no#', ' ', '\n', 'word', '#X#'),
      fc.string({ maxLength: 4 }),
    )
    const template = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))
    const value = fc.oneof(
      fc.constantFrom('#email#', '##', '#x#', '$&', "$'"),
      fc.string({ minLength: 1 }),
    )
    fc.assert(
      fc.property(template, value, value, (text, x, y) => {
        // Rendering with stand-ins that hold no sign and replacing them afterwards is the same.
        const plain = renderTemplate(text, { x: '\ue000', y: '\ue001', email: 'leaked' })
        const said = renderTemplate(text, { x, y, email: 'leaked' })
        expect(said).toBe(plain.replaceAll('\ue000', () => x).replaceAll('\ue001', () => y))
      }),
      { numRuns: 10_000 },
    )
  })

  test.each([
    ['signs', '#'.repeat(1_000_000)],
    ['signs with an odd end', `${'#'.repeat(999_999)}x`],
    ['broken variables', '#x'.repeat(500_000)],
    ['open fallbacks', '#city|'.repeat(166_000)],
    ['holes', 'a #city# '.repeat(110_000)],
  ])('T9 1 MB of %s is rendered in linear time', (_, template) => {
    // Against a sixteenth of itself, the best of five.
    const fastest = (text: string): number =>
      Math.min(
        ...[1, 2, 3, 4, 5].map(() => {
          const start = spent()
          renderTemplate(text, values)
          return spent() - start
        }),
      )
    const part = fastest(template.slice(0, template.length / 16))
    expect(fastest(template)).toBeLessThan(80 * Math.max(part, 1))
  })
})

describe('for the editor', () => {
  test('S28 used variables are found where they stand', () => {
    const template = 'Hi #DisplayName#, ##email# #no# #city|there#'
    expect(
      usedVariables(template, values).map(({ name, start, end }) => [
        name,
        template.slice(start, end),
      ]),
    ).toEqual([
      ['displayname', '#DisplayName#'],
      ['city', '#city|there#'],
    ])
  })

  test('S31a all built-in variables are listed once, with those that reveal tracking marked', () => {
    const names = BUILT_IN_VARIABLES.map(({ name }) => name)
    expect(names.join(' ')).toBe(
      'displayname username email ip hostname hostdomain country region city language browser os device site brand pagetitle pageurl referrer searchphrase landingpage hits duration idle startedat previousvisits agentname group department',
    )
    expect(BUILT_IN_VARIABLES.filter(({ reveals }) => reveals).map(({ name }) => name)).toEqual([
      'ip',
      'hostname',
      'pageurl',
      'referrer',
      'searchphrase',
      'hits',
      'duration',
    ])
  })
})
