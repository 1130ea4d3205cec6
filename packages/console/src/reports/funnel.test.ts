import type { InvitationCounts } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { endsOf, funnelOf, percent } from './funnel.ts'

const counts: InvitationCounts = {
  sent: 482,
  delivered: 463,
  viewed: 391,
  accepted: 118,
  declined: 71,
  ignored: 193,
  withdrawn: 15,
  expired: 67,
  failed: 9,
  open: 9,
}

test('I20 losses and successes add up to sent', () => {
  const steps = funnelOf(counts)
  expect(steps.reduce((sum, step) => sum + step.lost, 0) + counts.accepted).toBe(counts.sent)
  expect(steps.map((step) => percent(step.share))).toEqual(['–', '96.1 %', '84.4 %', '30.2 %'])
})

test('I20 the ends add up to sent, and those nobody came to are left out', () => {
  const ends = endsOf({ ...counts, failed: 0, open: 18 })
  expect(ends.reduce((sum, { count }) => sum + count, 0)).toBe(counts.sent)
  expect(ends.map(({ id }) => id)).not.toContain('failed')
})

test('S9 with nothing sent there is no share', () => {
  const none = Object.fromEntries(Object.keys(counts).map((key) => [key, 0])) as InvitationCounts
  expect(funnelOf(none).every((step) => step.share === undefined && step.count === 0)).toBe(true)
})
