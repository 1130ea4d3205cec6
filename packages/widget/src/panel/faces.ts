import { avatar } from '../card/card.ts'
import { iconButton, onKey, writingBox } from '../controls.ts'
import { type Child, type Drawing, h, type Props } from '../draw.ts'
import { crossIcon, downIcon } from '../icons.ts'
import { clipIcon, dotsIcon, minusIcon, smileIcon, upIcon } from './icons.ts'
import { type Draft, type Face, faceOf, type PanelState } from './state.ts'
import { timeOf } from './times.ts'
import { filled, words } from './words.ts'

export type PanelDoings = {
  type(field: string, text: string): void
  send(): void
  close(): void
  open(): void
  discard(): void
  end(): void
  move(move: (draft: Draft) => void): void
  sound(): void
  privacy(): void
  attach(): void
  toEnd(): void
}

/** All that is drawn beside the chat itself: loaded when a face or a strip of it is wanted. */
export type Forms = {
  before(state: PanelState): Child
  offline(state: PanelState): Child
  /** Instead of the panel: what was written when an invitation ended is not lost. */
  offer(state: PanelState, phone: boolean): Child
  queue(state: PanelState): Child
  ended(state: PanelState): Child
  /** What came while somebody reads further up, and the way there. */
  below(state: PanelState): Child
  /** Strips below the head: what a chat's end asks, and what may be chosen. */
  end(view: PanelView): Child
  options(view: PanelView): Child
  /** To be picked into the composer. */
  emoji(): Child
  /** Under the title, while nobody is there. */
  closed(state: PanelState): string
}

export type PanelView = {
  phone: boolean
  log: Drawing | undefined
  forms: Forms | undefined
  quiet: boolean
  /** Where pictures come from. */
  origin: string
  /** That what is typed is read. */
  typed?: Child
}

/** The whole panel: head, one of five faces, and where something can be written, the composer. */
export function panel(state: PanelState, view: PanelView, doings: PanelDoings): Drawing {
  const face = faceOf(state)
  return h(
    'div',
    {
      key: 'panel',
      class: view.phone ? 'panel phone' : 'panel',
      role: 'dialog',
      'aria-label': filled(words.panel, { title: titleOf(state) }),
      onkeydown: onKey('Escape', () => (state.strip ? doings.move(shut) : doings.close())),
    },
    head(state, { face, view }, doings),
    state.strip && state.strip !== 'emoji' && view.forms?.[state.strip](view),
    bodies[face](state, view, doings),
    state.look.privacy &&
      h('button', { key: 'privacy', class: 'about', onclick: doings.privacy }, words.privacy),
  )
}

const titleOf = ({ look }: PanelState) => look.style.title || look.siteName

type Body = (state: PanelState, view: PanelView, doings: PanelDoings) => Child

const bodies: Record<Face, Body> = {
  before: (state, { forms }) => forms?.before(state),

  offline: (state, { forms }) => forms?.offline(state),

  replying: (_state, { log }) => log,

  queue: (state, view, doings) => [
    view.log,
    view.forms?.queue(state),
    composer(state, { view, invite: words.more }, doings),
  ],

  chatting: (state, view, doings) => [
    view.log,
    view.forms?.below(state),
    view.typed,
    composer(state, { view, invite: words.write }, doings),
  ],

  ended: (state, { log, forms }) => [log, forms?.ended(state)],
}

export const shut = (draft: Draft): void => {
  draft.strip = undefined
}

export const toggle = (strip: PanelState['strip']) => (draft: Draft) => {
  draft.strip = draft.strip === strip ? undefined : strip
}

function head(
  state: PanelState,
  { face, view: { phone, forms, origin } }: { face: Face; view: PanelView },
  { close, move }: PanelDoings,
): Drawing {
  const { chat, starting, strip } = state
  const { logo } = state.look
  const talk = face === 'replying' ? starting?.to : chat
  const agent = face === 'replying' || face === 'chatting' ? talk?.agent : undefined
  const inChat = face === 'chatting' || face === 'queue'
  const withAgent: [string, string] = [
    agent?.name ?? titleOf(state),
    `${talk?.groupName} · ${state.look.siteName}`,
  ]
  const { endedAt, endedBy } = chat ?? {}
  const lines: Record<Face, [string, string]> = {
    before: [titleOf(state), ''],
    offline: [titleOf(state), forms?.closed(state) ?? ''],
    queue: [titleOf(state), chat?.groupName ?? ''],
    replying: withAgent,
    chatting: withAgent,
    ended: [
      words.ended,
      [endedAt && timeOf(endedAt), endedBy === 'agent' && chat?.agent?.name]
        .filter(Boolean)
        .join(' · ') || titleOf(state),
    ],
  }
  const [first, second] = lines[face]
  const minimise = iconButton('bar-button', words.minimise, phone ? downIcon() : minusIcon(), close)
  const cross = inChat
    ? iconButton('bar-button', words.end, crossIcon(), () => move(toggle('end')))
    : iconButton('bar-button', words.close, crossIcon(), () => {
        // A chat that is over is closed for good.
        if (face === 'ended') move(startOver)
        close()
      })
  return h(
    'div',
    { key: 'head', class: 'bar' },
    phone && minimise,
    agent
      ? avatar(agent)
      : logo && h('img', { key: 'logo', class: 'logo', src: origin + logo, alt: '' }),
    h(
      'div',
      { key: 'who', class: 'who', dir: 'auto' },
      h('b', {}, first),
      second && h('span', { class: 'bar-place' }, second),
    ),
    inChat &&
      pick(words.options, dotsIcon(), {
        key: 'options',
        class: 'bar-button',
        'aria-expanded': `${strip === 'options'}`,
        onclick: () => move(toggle('options')),
      }),
    !phone && minimise,
    (!phone || face === 'ended') && cross,
  )
}

/** Another chat than the one that is over. */
export function startOver(draft: Draft): void {
  draft.again = true
  draft.done = {}
  draft.fields = { text: draft.fields.text }
  draft.effects.push({ do: 'focus' })
}

export const onSubmit = (go: () => void) => (event: Event) => {
  event.preventDefault()
  go()
}

function composer(
  { fields, strip }: PanelState,
  { view, invite }: { view: PanelView; invite: string },
  { type, send, move, attach }: PanelDoings,
): Child {
  return [
    strip === 'emoji' && view.forms?.emoji(),
    h(
      'form',
      {
        key: 'composer',
        class: 'composer',
        onsubmit: onSubmit(send),
      },
      writingBox(
        { class: 'box write', invite, value: fields.text },
        (text) => type('text', text),
        send,
      ),
      pick(words.attach, clipIcon(), { onclick: attach }),
      pick(words.emoji, smileIcon(), {
        'aria-expanded': `${strip === 'emoji'}`,
        onclick: () => move(toggle('emoji')),
      }),
      h(
        'button',
        { class: 'send', type: 'submit', 'aria-label': words.send, title: words.send },
        upIcon(),
      ),
    ),
  ]
}

const pick = (label: string, icon: Drawing, more: Props): Drawing =>
  h('button', { class: 'pick', type: 'button', 'aria-label': label, title: label, ...more }, icon)
