import { describe, expect, test } from 'vitest'
import { isGoodToken } from '../src/visits/tokens.ts'
import { openFloor } from './floor.ts'

const MADE =
  '2987302231-1093402844-3301928374-0591928374-2210394857-4019283746-1827364554-918273645'

describe('a visitor is who has the token', () => {
  test('S2 two hellos with the same new token are one visitor with one visit and two tabs', async () => {
    await using floor = await openFloor()
    // Where one is looked up a moment after the other, that moment has to pass.
    const time = setInterval(() => floor.clock.advance(25), 25)
    const [one, other] = await Promise.all([
      floor.visitor({ newToken: MADE }),
      floor.visitor({ newToken: MADE }),
    ]).finally(() => clearInterval(time))
    expect(other.welcome.visit).toBe(one.welcome.visit)
    expect([one.welcome.token, other.welcome.token]).toEqual([MADE, MADE])
    expect(floor.visits.figures).toMatchObject({ visitors: 1, visits: 1 })
  })

  test('S2 said again after a lost welcome, or kept and said later, it is the same visitor', async () => {
    await using floor = await openFloor()
    const lost = await floor.visitor({ newToken: MADE })
    await lost.leave()
    const again = await floor.visitor({ newToken: MADE })
    const later = await floor.visitor({ token: MADE })
    expect(again.welcome.visit).toBe(lost.welcome.visit)
    expect(later.welcome).toMatchObject({ visit: lost.welcome.visit })
    expect(later.welcome.token).toBeUndefined()
  })

  test('T28 at the level of presence it is not used, whatever the page says', async () => {
    await using floor = await openFloor()
    const { welcome } = await floor.visitor({ newToken: MADE, privacy: 'presence' })
    expect(welcome.token).toBeUndefined()
    const later = await floor.visitor({ newToken: MADE, ip: '203.0.113.77' })
    expect(later.welcome.visit).not.toBe(welcome.visit)
  })

  test('T3 a token that is not random is replaced by one of ours, and so is one nobody has', async () => {
    await using floor = await openFloor()
    for (const said of [{ newToken: '0-0-0-0-0-0-0-0' }, { newToken: 'x' }, { token: MADE }]) {
      const { welcome } = await floor.visitor(said)
      expect(welcome.token).toMatch(/^[\w-]{43}$/)
    }
    expect(floor.visits.figures.visitors).toBe(3)
  })

  test.each([
    ['as the script makes them', MADE, true],
    ['too few numbers', MADE.slice(0, MADE.lastIndexOf('-')), false],
    ['numbers that count', '1-2-3-4-5-6-7-8', false],
    ['the same number', Array(8).fill('3301928374').join('-'), false],
    ['numbers above 32 bits', MADE.replace('918273645', '9918273645'), false],
  ])('T3 %s', (_what, token, good) => expect(isGoodToken(token)).toBe(good))
})
