import type { BrandId, InvitationId, InvitationView } from '@beckon/protocol'
import { expect, test } from 'vitest'
import type { Announcement } from './bus.ts'
import { createLastTold } from './last-told.ts'

const invitation = (
  state: InvitationView['state'],
  more: Partial<InvitationView> = {},
): Announcement => ({
  type: 'invitation',
  brandId: 'brand' as BrandId,
  invitation: { id: 'one' as InvitationId, state, ...more } as InvitationView,
})

test('I1 I11 word of a change that lies behind what was told is not told any more', () => {
  const { isOld } = createLastTold()
  expect(isOld(invitation('sent'))).toBe(false)
  expect(isOld(invitation('viewed', { deadline: 120_000 }))).toBe(false)
  expect(isOld(invitation('delivered'))).toBe(true)
  expect(isOld(invitation('viewed', { deadline: 240_000, keeps: 1 }))).toBe(false)
  expect(isOld(invitation('viewed', { deadline: 120_000 }))).toBe(true)
  // Writing in the card moves nothing.
  expect(isOld(invitation('viewed', { deadline: 240_000, typing: true }))).toBe(false)
  expect(isOld(invitation('ignored', { endedAt: 240_000 }))).toBe(false)
  expect(isOld(invitation('viewed', { deadline: 240_000 }))).toBe(true)
  expect(isOld(invitation('ignored', { endedAt: 240_000 }))).toBe(false)
  expect(isOld(invitation('sent', { id: 'another' as InvitationId }))).toBe(false)
  expect(isOld({ type: 'bans' })).toBe(false)
})
