import { shortAge } from '../parts/durations.ts'
import type { Notice } from './invitation-notice.tsx'

/** What stood in the way, on one line: in the list of recipients, and in a toast. */
export function noticeWords(notice: Notice, who = 'them'): string {
  switch (notice.kind) {
    case 'invited': {
      const { agentName, sentAt } = notice.invitation
      const ms = notice.triedAt === undefined ? 0 : notice.triedAt - sentAt
      return `Not sent: ${agentName} invited ${who} ${ms < 2_000 ? 'just' : shortAge(ms)} before you`
    }
    case 'in_chat':
      return 'Not sent: in a chat already'
    case 'gone':
      return 'Not sent: the visitor has left'
    case 'away':
      return 'Away from the site'
    case 'stale':
      return 'Not sent: the text has changed; look at it and send again'
    case 'before':
      return 'Not sent: the last invitation was declined or ignored'
    case 'refused':
      return `Not sent: ${notice.message}`
  }
}
