import type { CardAgent } from '@beckon/protocol'
import { type Drawing, h } from '../draw.ts'
import { grow } from '../grow.ts'
import { crossIcon } from '../icons.ts'
import { words } from '../words.ts'

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
  closing: boolean
  isNew: boolean
  /** Drawn to be measured, not yet to be seen. */
  unplaced: boolean
  /** Moved to the other side of the page. */
  moved: boolean
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
  const { agent, phone, face } = props
  const classes = ['card', phone && 'phone', props.isNew && 'new', props.moved && 'moved']
  if (props.unplaced) classes.push('unplaced')
  return h(
    'section',
    {
      key: 'card',
      class: classes.filter(Boolean).join(' '),
      role: 'region',
      'aria-label': words.invitationFrom(agent.name),
      onkeydown: (event: KeyboardEvent) => {
        if (event.key !== 'Escape' || event.isComposing) return
        event.stopPropagation()
        doings?.decline()
      },
    },
    h(
      'div',
      { class: 'head' },
      avatar(agent),
      h(
        'div',
        { class: 'who' },
        h(
          'b',
          { class: 'name', dir: 'auto' },
          phone ? `${agent.name}, ${props.groupName}` : agent.name,
        ),
        !phone &&
          h('span', { class: 'place', dir: 'auto' }, `${props.groupName}, ${props.siteName}`),
        phone && message(props.text),
      ),
      h(
        'button',
        {
          class: 'x',
          type: 'button',
          'aria-label': face === 'ended' ? words.close : words.noThanks,
          title: face === 'ended' ? words.close : words.noThanks,
          onclick: doings?.decline,
        },
        crossIcon(),
      ),
    ),
    !phone && message(props.text),
    face === 'ended' && h('p', { class: 'note', role: 'status' }, words.ended),
    (!phone || props.boxOpen || props.reply !== '') && box(props, doings),
    props.problem && h('p', { class: 'problem', role: 'alert' }, props.problem),
    face === 'ended'
      ? buttons([words.discard, doings?.decline], [words.startChat, doings?.start])
      : buttons(
          [words.noThanks, doings?.decline],
          [face === 'replying' ? words.replying : words.reply, doings?.reply],
          face === 'replying',
        ),
    props.closing &&
      h(
        'div',
        { class: 'closing', role: 'status' },
        h('span', {}, words.closing),
        h('button', { class: 'keep', type: 'button', onclick: doings?.keep }, words.keep),
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

// A long message scrolls inside the card, and what scrolls must be reachable by keyboard.
const message = (text: string) => h('p', { class: 'text', dir: 'auto', tabindex: '-1' }, text)

function box({ reply, face }: CardProps, doings?: CardDoings): Drawing {
  return h('textarea', {
    key: 'box',
    class: 'box',
    rows: '1',
    dir: 'auto',
    maxlength: '4000',
    'aria-label': words.writeReply,
    placeholder: words.writeReply,
    enterkeyhint: 'send',
    readonly: face === 'replying',
    value: reply,
    ref: grow,
    oninput: ({ currentTarget }: { currentTarget: HTMLTextAreaElement }) => {
      grow(currentTarget)
      doings?.type(currentTarget.value)
    },
    onkeydown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
      event.preventDefault()
      if (face === 'ended') doings?.start()
      else doings?.reply()
    },
  })
}

type Button = readonly [words: string, press: (() => void) | undefined]

const buttons = ([no, decline]: Button, [yes, go]: Button, busy = false): Drawing =>
  h(
    'div',
    { class: 'buttons' },
    h(
      'button',
      { class: 'button', type: 'button', 'aria-disabled': busy && 'true', onclick: decline },
      no,
    ),
    h(
      'button',
      { class: 'button main', type: 'button', 'aria-disabled': busy && 'true', onclick: go },
      yes,
    ),
  )
