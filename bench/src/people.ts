import type { Random } from './random.ts'

/** How people on a site behave: most read on, many leave after one page, some ask something. */
export type Kind = 'reader' | 'bouncer' | 'asker'
/** How often each kind comes, by weight. */
export type People = Readonly<Record<Kind, number>>

export const READERS: People = { reader: 1, bouncer: 0, asker: 0 }
export const EVERYDAY: People = { reader: 68, bouncer: 28, asker: 4 }

export function kindOf(people: People, random: Random): Kind {
  const kinds = Object.entries(people) as [Kind, number][]
  let drawn = random.next() * kinds.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [kind, weight] of kinds) {
    drawn -= weight
    if (drawn < 0) return kind
  }
  return 'reader'
}

/** “reader=70,asker=5”: who is not named does not come. Undefined where it says something else. */
export function parsePeople(text: string): People | undefined {
  const people = { reader: 0, bouncer: 0, asker: 0 }
  for (const part of text.split(',')) {
    const [, kind, weight] = /^\s*(reader|bouncer|asker)\s*=\s*(\d{1,6})\s*$/.exec(part) ?? []
    if (kind === undefined) return undefined
    people[kind as Kind] = Number(weight)
  }
  return people.reader + people.bouncer + people.asker > 0 ? people : undefined
}
