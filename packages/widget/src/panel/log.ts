import type { ChatFile, Message } from '@beckon/protocol'
import { type Child, type Drawing, h } from '../draw.ts'
import { clipIcon } from './icons.ts'
import type { Line } from './lines.ts'
import { piecesOf } from './links.ts'
import { dayOf, timeOf } from './times.ts'
import { filled, words } from './words.ts'

export type LogProps = {
  lines: readonly Line[]
  /** Name of the agent who is typing. */
  typing?: string
  connected: boolean
  /** Leaves room below: the place in the queue stands there. */
  brief?: boolean
  /** A file of the chat is wanted. */
  save(file: ChatFile): void
}

/** The messages, each with its speaker's name in text for those who do not see the sides. */
export function log(
  { lines, typing, connected, brief, save }: LogProps,
  ondrawn: (log: HTMLElement) => void,
): Drawing {
  const hasUnsent = lines.some((line) => line.is === 'unsent' && !line.refused)
  return h(
    'div',
    {
      key: 'log',
      class: brief ? 'log brief' : 'log',
      role: 'log',
      'aria-label': words.messages,
      tabindex: '0',
      ondrawn,
    },
    lines.map((line) => drawLine(line, save)),
    hasUnsent && !connected && h('p', { key: 'waiting', class: 'under own' }, words.waiting),
    typing !== undefined &&
      h(
        'div',
        {
          key: 'typing',
          class: 'bubble agent dots',
          role: 'img',
          'aria-label': filled(words.typing, { name: typing }),
        },
        h('i'),
        h('i'),
        h('i'),
      ),
  )
}

function drawLine(line: Line, save: LogProps['save']): Drawing {
  const { key } = line
  switch (line.is) {
    case 'day':
      return remark(key, dayOf(line.at))
    case 'said':
      return remark(key, line.fact ? (told(line.fact) ?? line.text) : line.text)
    case 'joined':
      return remark(key, filled(words.joined, { name: line.name, time: timeOf(line.at) }))
    case 'bubble': {
      const own = line.by === 'visitor'
      return bubble(
        key,
        own ? 'bubble own' : 'bubble agent',
        own ? words.you : line.name,
        line.file ? [fileButton(line.file, save)] : withLinks(line.text),
      )
    }
    case 'unsent':
      return h(
        'div',
        { key },
        bubble(key, 'bubble own unsent', words.you, withLinks(line.text)),
        line.refused && h('p', { class: 'under own problem' }, line.refused),
      )
    case 'under': {
      const { by, name, at, mark } = line
      const time = timeOf(at)
      return by === 'visitor'
        ? h('p', { key, class: 'under own' }, mark ? `${time} · ${words[mark]}` : time)
        : // A name is written in its own direction, the line in the panel's.
          h('p', { key, class: 'under' }, name && [h('bdi', {}, name), ' · '], time)
    }
  }
}

/** In another language than English; the text itself is English. */
function told(fact: NonNullable<Message['fact']>): string | undefined {
  const sentence = words[`fact_${fact.what}`]
  return sentence && filled(sentence, fact)
}

const remark = (key: string, text: string): Drawing => h('p', { key, class: 'day' }, text)

const bubble = (key: string, classes: string, speaker: string, says: Child[]): Drawing =>
  h(
    'div',
    { key, class: classes },
    h('span', { class: 'said' }, `${speaker}: `),
    h('span', { dir: 'auto', class: 'says' }, says),
  )

const withLinks = (text: string): Child[] =>
  piecesOf(text).map((piece) =>
    typeof piece === 'string'
      ? piece
      : h(
          'a',
          { href: piece.href, target: '_blank', rel: 'noopener noreferrer nofollow ugc' },
          piece.href,
        ),
  )

const fileButton = (file: ChatFile, save: LogProps['save']): Drawing =>
  h(
    'button',
    { class: 'file', type: 'button', onclick: () => save(file) },
    clipIcon(),
    `${file.name} · ${sizeOf(file)}`,
  )

const sizeOf = ({ size }: ChatFile): string =>
  size < 1e6 ? `${Math.ceil(size / 1024)} KB` : `${(size / 1_048_576).toFixed(1)} MB`
