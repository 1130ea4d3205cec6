import type { MailKind, MailState, MailView } from '@beckon/protocol'
import { momentWords } from '../bans/ban-words.ts'

export const KIND_WORDS: Record<MailKind, string> = {
  agent_invitation: 'Invitation of an agent',
  password_reset: 'Password reset',
  offline_message: 'Offline message',
  offline_answer: 'Answer to an offline message',
  transcript: 'Transcript',
  test: 'Test mail',
}

export const STATE_WORDS: Record<MailState, string> = {
  waiting: 'Waits',
  sending: 'Being sent',
  sent: 'Sent',
  failed: 'Failed',
}

/** What happened last, and what happens next. */
export function mailStory(mail: MailView, now: number): string {
  const tries = mail.tries === 1 ? 'one try' : `${mail.tries} tries`
  switch (mail.state) {
    case 'sent':
      return `Sent ${momentWords(mail.sentAt ?? mail.createdAt, now)}`
    case 'sending':
      return `Queued ${momentWords(mail.createdAt, now)}`
    case 'failed':
      return `Queued ${momentWords(mail.createdAt, now)}, ${tries}`
    case 'waiting':
      if (mail.tries === 0) return `Queued ${momentWords(mail.createdAt, now)}`
      return `${tries[0]?.toUpperCase()}${tries.slice(1)}, next ${momentWords(mail.nextTryAt ?? now, now)}`
  }
}
