import type { CardAgent } from '@beckon/protocol'
import { iconButton, onKey, writingBox } from '../controls.ts'
import { type Drawing, h } from '../draw.ts'
import { crossIcon } from '../icons.ts'
import * as words from '../words.ts'

/** One look for the visitor's page and for the agent's Message Preview: what is sent is what was seen. */
export type CardProps = {
  text: string
  agent: CardAgent
  groupName: string
  siteName: string
  phone: boolean
  /** Where the reply stands. */
  face: 'open' | 'replying' | 'ended'
  reply: string
  boxOpen: boolean
  closing?: boolean
  isNew?: boolean
  /** Drawn to be measured, not yet to be seen. */
  unplaced?: boolean
  /** Moved to the other side of the page. */
  moved?: boolean
  problem?: string
}

export type CardDoings = {
  type(text: string): void
  reply(): void
  decline(): void
  keep(): void
  start(): void
}

export function card(props: CardProps, doings?: CardDoings): Drawing {
  const { agent, phone, face, groupName } = props
  const isOver = face === 'ended'
  const no = isOver ? words.close : words.noThanks
  const text = message(props.text)
  const classes = (['phone', 'isNew', 'moved', 'unplaced'] as const).filter((name) => props[name])
  return h(
    'section',
    {
      key: 'card',
      class: ['card', ...classes].join(' '),
      'aria-label': words.invitationFrom(agent.name),
      onkeydown: onKey('Escape', doings?.decline),
    },
    h(
      'div',
      { class: 'head' },
      avatar(agent),
      h(
        'div',
        { class: 'who' },
        h('b', { class: 'name', dir: 'auto' }, agent.name, phone && `, ${groupName}`),
        phone
          ? text
          : h('span', { class: 'place', dir: 'auto' }, `${groupName}, ${props.siteName}`),
      ),
      iconButton('x', no, crossIcon(), doings?.decline),
    ),
    !phone && text,
    isOver && h('p', { class: 'note', role: 'status' }, words.ended),
    (!phone || props.boxOpen || props.reply) && box(props, doings),
    props.problem && h('p', { class: 'problem', role: 'alert' }, props.problem),
    isOver
      ? buttons([words.discard, doings?.decline], [words.startChat, doings?.start])
      : face === 'open'
        ? buttons([words.noThanks, doings?.decline], [words.reply, doings?.reply])
        : buttons([words.noThanks], [words.replying], 'true'),
    props.closing &&
      h(
        'div',
        { class: 'closing', role: 'status' },
        words.closing,
        h('button', { class: 'keep', onclick: doings?.keep }, words.keep),
      ),
  )
}

/** A name's initials on its own tint; pictures would need a request the page's policy may refuse. */
export const avatar = ({ initials, tint }: CardAgent): Drawing =>
  h(
    'span',
    { class: `avatar tint${tint % 8}`, 'aria-hidden': 'true' },
    initials,
    h('i', { class: 'here' }),
  )

// A long message scrolls inside the card. No tabindex: browsers let the keyboard reach what scrolls.
const message = (text: string) => h('p', { class: 'text', dir: 'auto' }, text)

function box({ reply, face }: CardProps, doings?: CardDoings): Drawing {
  return writingBox(
    {
      key: 'box',
      class: 'box',
      invite: words.writeReply,
      readonly: face === 'replying',
      value: reply,
    },
    (text) => doings?.type(text),
    face === 'ended' ? doings?.start : doings?.reply,
  )
}

type Button = readonly [words: string, press?: () => void]

const buttons = ([no, decline]: Button, [yes, go]: Button, disabled?: 'true'): Drawing =>
  h(
    'div',
    { class: 'buttons' },
    h('button', { class: 'button', 'aria-disabled': disabled, onclick: decline }, no),
    h('button', { class: 'button main', 'aria-disabled': disabled, onclick: go }, yes),
  )
