import { avatar, card } from '../card/card.ts'
import { iconButton, onKey, writingBox } from '../controls.ts'
import { type Child, type Drawing, h } from '../draw.ts'
import { crossIcon, downIcon } from '../icons.ts'
import { dotsIcon, minusIcon, upIcon } from './icons.ts'
import { type Face, type Field, faceOf, type PanelState } from './state.ts'
import * as words from './words.ts'

export type PanelDoings = {
  type(field: Field, text: string): void
  start(): void
  send(): void
  close(): void
  startAnyway(): void
  discard(): void
  askEnd(asked: boolean): void
  end(): void
  again(): void
  privacy(): void
}

export type PanelView = { phone: boolean; log: Drawing | undefined }

/** The whole panel: head, one of five faces, and where something can be written, the composer. */
export function panel(state: PanelState, view: PanelView, doings: PanelDoings): Drawing {
  const face = faceOf(state)
  return h(
    'div',
    {
      key: 'panel',
      class: view.phone ? 'panel phone' : 'panel',
      role: 'dialog',
      'aria-label': words.panel(titleOf(state)),
      onkeydown: onKey('Escape', () => (state.endAsked ? doings.askEnd(false) : doings.close())),
    },
    head(state, { face, phone: view.phone }, doings),
    state.endAsked && endStrip(doings),
    bodies[face](state, view, doings),
    state.look.privacy &&
      h('button', { key: 'privacy', class: 'about', onclick: doings.privacy }, words.privacy),
  )
}

const titleOf = ({ look }: PanelState) => look.style.title || look.siteName

/** Instead of the panel: what was written when an invitation ended is not lost. */
export function offer(
  { ended, fields, look }: PanelState,
  phone: boolean,
  doings: PanelDoings,
): Child {
  if (!ended) return
  return card(
    {
      ...ended,
      siteName: look.siteName,
      phone,
      reply: fields.text,
      boxOpen: true,
      note: words.invitationEnded,
      no: words.discard,
      yes: words.startChat,
    },
    {
      type: (text) => doings.type('text', text),
      yes: doings.startAnyway,
      no: doings.discard,
    },
  )
}

type Body = (state: PanelState, view: PanelView, doings: PanelDoings) => Child

const bodies: Record<Face, Body> = {
  before: (state, _, doings) =>
    form(doings, [
      h('h2', { class: 'greeting', dir: 'auto' }, state.look.style.greeting),
      field(state, 'name', { label: words.name, optional: true }, doings),
      field(
        state,
        'email',
        {
          label: words.email,
          optional: true,
          inputmode: 'email',
          placeholder: words.emailHint,
        },
        doings,
      ),
      field(state, 'text', { label: words.question }, doings),
      h('div', { class: 'gap' }),
      state.starting &&
        !state.connected &&
        h('p', { class: 'hint', role: 'status' }, words.waiting),
      h(
        'button',
        { class: 'button main wide', type: 'submit', 'aria-disabled': state.starting && 'true' },
        state.starting ? words.starting : words.start,
      ),
    ]),

  offline: (state, _, doings) =>
    form(doings, [
      h('h2', { class: 'greeting' }, words.nobody),
      h('p', { class: 'hint' }, words.nobodyYet),
      field(state, 'text', { label: words.yourMessage }, doings),
      h('p', { class: 'hint' }, words.keptHere),
    ]),

  replying: (_state, { log }) => log,

  queue: (state, { log }, doings) => [
    log,
    h(
      'div',
      { key: 'place', class: 'place-in-line', role: 'status' },
      state.chat?.place !== undefined &&
        h('b', { class: 'figure', 'aria-hidden': 'true' }, state.chat.place),
      h('b', { class: 'title' }, state.chat?.place ? words.place(state.chat.place) : words.inLine),
      h('p', { class: 'hint' }, words.keepBrowsing),
    ),
    composer(state, words.addToQuestion, doings),
  ],

  chatting: (state, { log }, doings) => [log, composer(state, words.write, doings)],

  ended: (state, { log }, doings) => [
    log,
    h(
      'div',
      { key: 'over', class: 'over' },
      h('p', { role: 'status' }, endWords(state)),
      h(
        'button',
        { class: 'button main wide', type: 'button', onclick: doings.again },
        words.again,
      ),
    ),
  ],
}

const endWords = ({ chat }: PanelState) =>
  chat?.endedBy === 'visitor' ? words.youEnded : words.endedBy(chat?.endedBy && chat.agent?.name)

function head(
  state: PanelState,
  { face, phone }: { face: Face; phone: boolean },
  { close, askEnd }: PanelDoings,
): Drawing {
  const { chat, starting } = state
  const talk = face === 'replying' ? starting?.to : chat
  const agent = face === 'replying' || face === 'chatting' ? talk?.agent : undefined
  const inChat = face === 'chatting' || face === 'queue'
  const withAgent: [string, string] = [
    agent?.name ?? titleOf(state),
    `${talk?.groupName} · ${state.look.siteName}`,
  ]
  const lines: Record<Face, [string, string]> = {
    before: [titleOf(state), ''],
    offline: [titleOf(state), words.nobody],
    queue: [titleOf(state), chat?.groupName ?? ''],
    replying: withAgent,
    chatting: withAgent,
    ended: [words.ended, titleOf(state)],
  }
  const [first, second] = lines[face]
  const minimise = iconButton('bar-button', words.minimise, phone ? downIcon() : minusIcon(), close)
  const end = iconButton('bar-button', words.end, phone ? dotsIcon() : crossIcon(), () =>
    askEnd(true),
  )
  return h(
    'div',
    { key: 'head', class: 'bar' },
    phone && minimise,
    agent && avatar(agent),
    h(
      'div',
      { key: 'who', class: 'who', dir: 'auto' },
      h('b', {}, first),
      second && h('span', { class: 'bar-place' }, second),
    ),
    !phone && minimise,
    inChat ? end : !phone && iconButton('bar-button', words.close, crossIcon(), close),
  )
}

const endStrip = ({ askEnd, end }: PanelDoings): Drawing =>
  h(
    'div',
    { key: 'strip', class: 'strip', role: 'group', 'aria-label': words.endAsk },
    h('b', {}, words.endAsk),
    h('button', { class: 'button', type: 'button', onclick: () => askEnd(false) }, words.goOn),
    h('button', { class: 'button main', type: 'button', onclick: end }, words.end),
  )

const form = ({ start }: PanelDoings, inside: Child[]): Drawing =>
  h(
    'form',
    {
      key: 'form',
      class: 'form',
      novalidate: true,
      onsubmit: onSubmit(start),
    },
    inside,
  )

const onSubmit = (go: () => void) => (event: Event) => {
  event.preventDefault()
  go()
}

type FieldLooks = {
  label: string
  optional?: boolean
  inputmode?: string
  placeholder?: string
}

function field(
  { fields, problem, starting }: PanelState,
  name: Field,
  { label, optional, ...looks }: FieldLooks,
  doings: PanelDoings,
): Drawing {
  const wrong = problem?.at === name ? problem.words : undefined
  return h(
    'label',
    { key: name, class: 'field' },
    h('span', { class: 'label' }, label, optional && h('i', {}, ` ${words.optional}`)),
    h(name === 'text' ? 'textarea' : 'input', {
      ...looks,
      class: name === 'text' ? 'box tall' : 'box',
      name,
      dir: 'auto',
      // Names and addresses, which the browser may know.
      autocomplete: optional && name,
      rows: name === 'text' ? '3' : undefined,
      maxlength: name === 'text' ? '4000' : '254',
      readonly: starting !== undefined,
      'aria-invalid': wrong ? 'true' : undefined,
      value: fields[name],
      oninput: ({ currentTarget }: { currentTarget: HTMLInputElement }) =>
        doings.type(name, currentTarget.value),
    }),
    wrong && h('span', { class: 'problem', role: 'alert' }, wrong),
  )
}

function composer({ fields }: PanelState, invite: string, { type, send }: PanelDoings): Drawing {
  return h(
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
    h(
      'button',
      { class: 'send', type: 'submit', 'aria-label': words.send, title: words.send },
      upIcon(),
    ),
  )
}
