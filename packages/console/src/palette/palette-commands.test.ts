import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { placesFor } from '../frame/places.ts'
import { fits, matchedParts, paletteCommands } from './palette-commands.ts'

const PAGES = [
  { to: '/settings/agents', name: 'Agents' },
  { to: '/settings/bans', name: 'Bans' },
]
const namesFor = (roles: Parameters<typeof placesFor>[0], available?: boolean) =>
  paletteCommands({
    places: placesFor(roles),
    roles,
    pages: PAGES,
    standing: available === undefined ? undefined : { available },
    dark: false,
    lettersOff: false,
  }).map(({ name }) => name)

describe('the palette', () => {
  test('W20 R offers what a role can go to and do, and nothing else', () => {
    const agents = namesFor(['agent'], true)
    expect(agents.slice(0, 4)).toEqual(["Who's On", 'Density Map', 'Chats', 'Reports'])
    expect(agents).toContain('Mark me unavailable')
    expect(agents).not.toContain('Agents')
    expect(namesFor(['administrator'])).not.toContain('Chats')
    expect(namesFor(['administrator'])).toContain('Agents')
    expect(namesFor(['manager'], false)).not.toContain('Mark me available')
    expect(namesFor(['manager'])).toContain('Bans')
  })

  test('W20 words are found in any order, also those a name only stands for', () => {
    const commands = paletteCommands({
      places: [],
      roles: ['agent'],
      pages: PAGES,
      standing: { available: true },
      dark: false,
      lettersOff: false,
    })
    const found = (text: string) =>
      commands.filter((one) => fits(one, text)).map(({ name }) => name)
    expect(found('unav mark')).toEqual(['Mark me unavailable'])
    expect(found('theme')).toEqual(['Switch to dark'])
    expect(found('zebra')).toEqual([])
  })

  test('W20 what is marked is text all the same', () => {
    expect(matchedParts('Marta Marques', 'mar ques')).toEqual([
      { text: 'Mar', matched: true },
      { text: 'ta Mar', matched: false },
      { text: 'ques', matched: true },
    ])
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, asked) => {
        expect(
          matchedParts(text, asked)
            .map((part) => part.text)
            .join(''),
        ).toBe(text)
      }),
    )
  })
})
