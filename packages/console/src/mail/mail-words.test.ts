import type { MailView } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { mailStory } from './mail-words.ts'

const now = new Date(2026, 10, 23, 9, 0).getTime()
const mail = (more: Partial<MailView>): MailView => ({
  id: 'm' as never,
  kind: 'test',
  to: 'kim@example.com',
  state: 'waiting',
  tries: 0,
  createdAt: now,
  canTryAgain: true,
  ...more,
})

test.each([
  [mail({}), 'Queued 09:00'],
  [mail({ tries: 1, nextTryAt: now + 60_000 }), 'One try, next 09:01'],
  [mail({ tries: 3, nextTryAt: now + 60_000 }), '3 tries, next 09:01'],
  [mail({ state: 'failed', tries: 12 }), 'Queued 09:00, 12 tries'],
  [mail({ state: 'sent', tries: 1, sentAt: now + 60_000 }), 'Sent 09:01'],
])('C4 the log tells what was and what comes: %#', (one, words) => {
  expect(mailStory(one, now)).toBe(words)
})
