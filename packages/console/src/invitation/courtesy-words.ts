import type { PastInvitation } from '@beckon/protocol'
import { shortAge } from '../parts/durations.ts'

const DAY = 86_400_000

/** “12 May” for another day; nothing for today, where the time says it. */
export const dayWords = (at: number, now: number): string | undefined =>
  new Date(at).toDateString() === new Date(now).toDateString()
    ? undefined
    : new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' }).format(at)

/** What happened last, in a sentence, and what to think of it. */
export function askedBefore(pasts: readonly (readonly PastInvitation[])[], now: number): string {
  const answers = pasts.map((past) =>
    past.find(({ state }) => state === 'declined' || state === 'ignored'),
  )
  const [last] = answers
  if (answers.length > 1) {
    return 'Their last invitations were declined or ignored. A second one so soon is rarely welcome.'
  }
  if (!last) return ''
  const age = now - (last.endedAt ?? last.sentAt)
  const did = `The last invitation was ${last.state}`
  if (age >= DAY) return `${did} on ${dayWords(last.endedAt ?? last.sentAt, now)}.`
  const words = shortAge(age).replace(/ min$/, age < 120_000 ? ' minute' : ' minutes')
  return `${did} ${words === 'just now' ? words : `${words} ago`}. A second one so soon is rarely welcome.`
}
