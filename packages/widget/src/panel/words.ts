import type { Plural } from '@beckon/protocol'

/*
 * What the panel says. English is built in, a part with each file that needs it; another language is
 * fetched whole with the panel (languages/*.json).
 */

declare const __WORDS__: string

const english = {
  panel: 'Chat: {title}',
  minimise: 'Minimise',
  close: 'Close',
  end: 'End chat',
  options: 'Options',
  emoji: 'Emoji',
  attach: 'Send a file',
  send: 'Send',
  sent: 'Sent',
  delivered: 'Delivered',
  seen: 'Seen',
  unread: { one: '{n} unread message', other: '{n} unread messages' } as Plural,
  typing: '{name} is typing',
  you: 'You',
  messages: 'Messages',
  today: 'Today',
  write: 'Write a message…',
  more: 'Add to your question…',
  waiting: 'Waiting for the connection. It will be sent by itself.',
  joined: '{name} joined at {time}',
  ended: 'Chat ended',
  privacy: 'What we see of you',
}

/** English of this part, or what has been learned; what the server says in English is learned only. */
export const words: typeof english & {
  readonly [said: `fact_${string}` | `refused_${string}`]: string | undefined
} = {
  ...english,
}
let learned: object = {}
/** For times, days and plurals. */
export let locale = 'en'

/** Another part brings its English along. */
export function speak<T extends object>(more: T): T {
  Object.assign(words, more, learned)
  return words as never
}

/** From then on everything is said in this language. What cannot be fetched is said in English. */
export async function learn(origin: string, language: string): Promise<void> {
  const { default: all } = await import(
    /* @vite-ignore */ `${origin}/beckon/lazy/${language}.${__WORDS__}.js`
  )
  speakAs(language, all)
}

export function speakAs(language: string, all: object): void {
  locale = language
  learned = all
  speak(all)
}

/** Puts values where `{name}` stands, as they are: a value is never looked through again. */
export const filled = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (sign, name: string) => `${values[name] ?? sign}`)

/** Why not: the server's sentence, or what this language has for its code. */
export const reasonOf = ({ code, message }: { code?: string; message: string }): string =>
  (code && (words[`refused_${code}`] ?? words.refused_other)) || message

export const counted = (forms: Plural, n: number): string =>
  filled(forms[new Intl.PluralRules(locale).select(n) as 'one'] ?? forms.other, { n })
