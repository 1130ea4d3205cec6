import type { Message, Timestamp } from '@beckon/protocol'
import type { Letter } from '../mail/letter.ts'
import { visitorWords, withName } from '../mail/visitor-words.ts'

export type Transcript = {
  siteName: string
  /** What the visitor is called; empty when they never said. */
  visitorName: string
  startedAt: Timestamp
  messages: readonly Message[]
  language: string
  /** How times are written in it. */
  writing: string
  timeZone: string | undefined
}

/** Messages between visitor and agents: notes and whispers are not among messages, lines of the system are not theirs. */
export const spoken = (messages: readonly Message[]): Message[] =>
  messages.filter(({ from }) => from === 'visitor' || from === 'agent')

/** A chat as a letter: the form a mail and a saved page share. */
export function transcriptLetter(chat: Transcript): Letter {
  const { siteName, visitorName, messages, language, writing } = chat
  const words = visitorWords(language)
  const zone = zoneOf(chat.timeZone)
  const day = formatter(writing, { dateStyle: 'long', timeZone: zone })
  const time = formatter(writing, { timeStyle: 'short', timeZone: zone })
  return {
    title: withName(words.chatWith, siteName),
    language,
    parts: [
      {
        part: 'note',
        text: `${day.format(chat.startedAt)}\n${withName(words.timesIn, zone)}`,
      },
      ...spoken(messages).map((message) => ({
        part: 'said' as const,
        who: message.from === 'agent' ? message.name : visitorName || words.visitor,
        at: time.format(message.at),
        text: message.text,
      })),
    ],
  }
}

/** A browser says which zone it is in, and may say anything. */
function zoneOf(said: string | undefined): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: said ?? 'UTC' }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}

function formatter(language: string, style: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(language, style)
  } catch {
    return new Intl.DateTimeFormat('en', style)
  }
}
