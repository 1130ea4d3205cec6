import { describe, expect, test } from 'vitest'
import { freeSpot, isPayment, mirrored } from './decency.ts'

const card = { left: 600, right: 970, top: 400, bottom: 690 }
const other = mirrored(card, 1000)
const under = { left: 700, right: 760, top: 500, bottom: 520 }
const across = { left: 0, right: 1000, top: 500, bottom: 520 }

const element = (tagName: string, attributes: Record<string, string>) =>
  ({ tagName, getAttribute: (name: string) => attributes[name] ?? null }) as unknown as Element

describe('where a card may stand', () => {
  test('UI 6.5 beside what has the focus, on the other side if need be, else nowhere', () => {
    expect(freeSpot([card, other], [])).toBe(0)
    expect(freeSpot([card, other], [under])).toBe(1)
    expect(freeSpot([card, other], [across])).toBe(-1)
    expect(freeSpot([card], [under])).toBe(-1)
  })

  test('touching edges is not covering', () => {
    expect(freeSpot([card, other], [{ ...under, top: 690, bottom: 700 }])).toBe(0)
  })
})

describe('paying', () => {
  test.each([
    ['INPUT', { autocomplete: 'section-a cc-number' }],
    ['INPUT', { name: 'cardNumber' }],
    ['INPUT', { placeholder: 'IBAN' }],
    ['IFRAME', { src: 'https://js.stripe.com/v3/elements' }],
  ])('S46 %s %o is a payment field', (tag, attributes) => {
    expect(isPayment(element(tag, attributes as unknown as Record<string, string>))).toBe(true)
  })

  test.each([
    ['INPUT', { name: 'search' }],
    ['INPUT', { name: 'postcard_text' }],
    ['IFRAME', { src: 'https://video.example/embed' }],
  ])('S46 %s %o is not', (tag, attributes) => {
    expect(isPayment(element(tag, attributes as unknown as Record<string, string>))).toBe(false)
  })
})
