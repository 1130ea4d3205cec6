import type { AgentId, BrandId, VisitId, VisitorId } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { type Attention, attend, isOver, together, type Wish } from './attention.ts'

const ADA = 'agent-ada' as AgentId
const PRIYA = 'agent-priya' as AgentId
const wish = (visit: string, doing: Wish['doing'] = 'looking'): Wish => ({
  visitId: visit as VisitId,
  visitorId: `visitor of ${visit}` as VisitorId,
  brandId: 'brand' as BrandId,
  doing,
})
const said = (
  wishes: Wish[],
  now: number,
  { before, agentId = ADA, connectionId = 'one' }: Partial<Attention> & { before?: Attention } = {},
) => attend({ connectionId, agentId }, wishes, { before, now })

describe('W10 who attends to whom', () => {
  test('W10 a claim runs out 30 s after it was last said', () => {
    const first = said([wish('kim')], 1_000)
    expect(isOver(first, 30_999)).toBe(false)
    expect(isOver(first, 31_000)).toBe(true)
    expect(isOver(said([wish('kim')], 11_000, { before: first }), 40_999)).toBe(false)
  })

  test('W10 saying it again keeps its beginning; beginning to write is a beginning of its own', () => {
    const first = said([wish('kim')], 1_000)
    const again = said([wish('kim'), wish('lee')], 11_000, { before: first })
    expect(again.claims.map(({ visitId, since }) => [visitId, since])).toEqual([
      ['kim', 1_000],
      ['lee', 11_000],
    ])
    const writing = said([wish('kim', 'writing')], 12_000, { before: again })
    expect(writing.claims[0]?.since).toBe(12_000)
  })

  test('W10 two consoles of one agent are one colleague, and writing outranks looking', () => {
    const all = together([
      said([wish('kim'), wish('lee')], 1_000),
      said([wish('kim', 'writing'), wish('lee')], 9_000, { connectionId: 'two' }),
      said([wish('kim')], 2_000, { connectionId: 'three', agentId: PRIYA }),
    ])
    expect(
      [...all.values()].map(({ agentId, visitId, doing, since }) => [
        agentId,
        visitId,
        doing,
        since,
      ]),
    ).toEqual([
      [ADA, 'kim', 'writing', 9_000],
      [ADA, 'lee', 'looking', 1_000],
      [PRIYA, 'kim', 'looking', 2_000],
    ])
  })
})
