import type { CardAgent } from '@beckon/protocol'
import { iconButton, onKey, writingBox } from '../controls.ts'
import { type Child, type Drawing, h } from '../draw.ts'
import { crossIcon } from '../icons.ts'
import { invitationFrom, words } from '../words.ts'

/** One look for the visitor's page and for the agent's Message Preview: what is sent is what was seen. */
export type CardProps = {
  text: string
  agent: CardAgent
  groupName: string
  siteName: string
  phone: boolean
  reply: string
  boxOpen: boolean
  /** Replied to: it stays as it is until the panel takes its place. */
  inert?: boolean
  isNew?: boolean
  /** Drawn to be measured, not yet to be seen. */
  unplaced?: boolean
  /** Moved to the other side of the page. */
  moved?: boolean
  /** Stands above the box, where it is not an invitation that is open; so do its buttons' words. */
  note?: Child
  no?: string
  yes?: string
}

export type CardDoings = {
  type(text: string): void
  yes(): void
  no(): void
}

/** `below` stands at the card's foot. */
export function card(props: CardProps, doings?: CardDoings, below?: Child): Drawing {
  const { agent, phone, groupName, note, inert, no = words.no, yes = words.yes } = props
  const text = message(props.text)
  const classes = (['phone', 'isNew', 'moved', 'unplaced'] as const).filter((name) => props[name])
  const button = (name: string, label: string, press?: () => void) =>
    h('button', { class: name, onclick: press }, label)
  return h(
    'section',
    {
      key: 'card',
      class: ['card', ...classes].join(' '),
      inert,
      'aria-label': invitationFrom(agent),
      onkeydown: onKey('Escape', doings?.no),
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
      iconButton('x', no, crossIcon(), doings?.no),
    ),
    !phone && text,
    note,
    (!phone || props.boxOpen || props.reply) &&
      writingBox(
        {
          key: 'box',
          class: 'box',
          invite: words.write,
          value: props.reply,
        },
        (typed) => doings?.type(typed),
        doings?.yes,
      ),
    h(
      'div',
      { class: 'buttons' },
      button('button', no, doings?.no),
      button('button main', yes, doings?.yes),
    ),
    below,
  )
}

const HUES = [28, 218, 128, 298, 46, 358, 186, 248]

/** A name's initials on its own tint; pictures would need a request the page's policy may refuse. */
export const avatar = ({ initials, tint }: CardAgent): Drawing =>
  h(
    'span',
    {
      key: initials + tint,
      class: 'avatar',
      'aria-hidden': 'true',
      ondrawn: ({ style }: HTMLElement) =>
        style.setProperty('--bk-tint', `${HUES[tint % HUES.length]}`),
    },
    initials,
    h('i', { class: 'here' }),
  )

// A long message scrolls inside the card. No tabindex: browsers let the keyboard reach what scrolls.
const message = (text: string) => h('p', { class: 'text', dir: 'auto' }, text)
