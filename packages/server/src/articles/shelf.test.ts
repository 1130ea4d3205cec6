import { describe, expect, test } from 'vitest'
import { createShelf } from './shelf.ts'

const ARTICLES = [
  {
    title: 'Returning a bicycle',
    lead: 'Within 30 days, for any reason.',
    text: 'Send the bicycle back to us. We pay for the parcel.',
  },
  {
    title: 'Delivery times',
    lead: 'When the bicycle comes.',
    text: 'A bicycle is on the way for two to four days. Abroad it takes a week.',
  },
  {
    title: 'Choosing a frame size',
    lead: 'Two measurements are enough.',
    text: 'Measure the inside of your leg. The bicycle must fit.',
  },
]
const shelf = createShelf(ARTICLES, (article) => article)
const titles = (found: { title: string }[]) => found.map(({ title }) => title)

describe('finding help articles', () => {
  test('a question finds what it is about, whatever its other words', () => {
    expect(titles(shelf.suggest('Hello, how can I return my bicycle? It is too small'))[0]).toBe(
      'Returning a bicycle',
    )
    expect(titles(shelf.suggest('what FRAME do i need'))).toEqual(['Choosing a frame size'])
    expect(titles(shelf.suggest('How long does delivery abroad take?'))).toEqual(['Delivery times'])
  })

  test('a question about nothing that is there suggests nothing', () => {
    expect(shelf.suggest('Do you repair umbrellas?')).toEqual([])
    // In every article: says nothing.
    expect(shelf.suggest('bicycle')).toEqual([])
    expect(shelf.suggest('hi')).toEqual([])
    expect(shelf.suggest('')).toEqual([])
  })

  test('a search needs every word, by its beginning, without accents and capitals', () => {
    expect(titles(shelf.search('bicy deliv'))).toEqual(['Delivery times'])
    expect(titles(shelf.search('FRÁME'))).toEqual(['Choosing a frame size'])
    expect(shelf.search('bicycle umbrella')).toEqual([])
    expect(shelf.search('bicycle')).toHaveLength(3)
    expect(shelf.search('?')).toEqual([])
  })

  test('an empty shelf answers too', () => {
    const empty = createShelf<(typeof ARTICLES)[number]>([], (article) => article)
    expect(empty.suggest('returning a bicycle')).toEqual([])
    expect(empty.search('bicycle')).toEqual([])
  })

  test('T26 a question of hostile length is answered at once', () => {
    const many = Array.from({ length: 500 }, (_, n) => ({
      title: `About thing ${n}`,
      lead: '',
      text: `${'word '.repeat(400)} thing ${n}`,
    }))
    const large = createShelf(many, (article) => article)
    const from = process.cpuUsage()
    large.suggest(
      'thing '.repeat(2_000) + Array.from({ length: 500 }, (_, n) => `x${n}word`).join(' '),
    )
    expect(process.cpuUsage(from).user / 1_000).toBeLessThan(5_000)
  })
})
