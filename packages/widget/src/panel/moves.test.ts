import type {
  DepartmentId,
  OfferedDepartment,
  RefusalCode,
  VisitorFrame,
  VisitorServerFrame,
} from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { chat, conversation, invitation, look, talk, welcome } from '../../stories/stories.ts'
import { start } from '../forms/asking.ts'
import { check } from '../forms/before.ts'
import { applyPanel, type PanelHappening } from './moves.ts'
import {
  type Draft,
  faceOf,
  initialPanel,
  type PanelEffect,
  type PanelState,
  unreadOf,
} from './state.ts'

function after(happenings: readonly PanelHappening[], given: Partial<PanelState> = {}) {
  let state: PanelState = { ...initialPanel({ look: look(), watched: true, draft: '' }), ...given }
  const effects: PanelEffect[] = []
  for (const happening of happenings) {
    const [next, more] = applyPanel(state, happening)
    state = next
    effects.push(...more)
  }
  const sent = effects.flatMap((effect) => (effect.do === 'send' ? [effect.frame] : []))
  return { state, effects, sent, face: faceOf(state) }
}

const open: PanelHappening = { type: 'state', state: 'open' }
const lost: PanelHappening = { type: 'state', state: 'lost' }
const says = (frame: VisitorServerFrame): PanelHappening => ({ type: 'frame', frame })
const typed = (text: string, now = 0): PanelHappening => ({
  type: 'typed',
  field: 'text',
  text,
  now,
})
const moved = (move: (draft: Draft) => void): PanelHappening => ({ type: 'moved', move })
const startedAs = (id: string) => moved((draft) => start(draft, id, check(draft)))
const started = startedAs('start-0001')
const again = moved((draft) => {
  draft.again = true
})
/** Without what every look at a form asks. */
const told = (frames: readonly VisitorFrame[]) => frames.filter(({ type }) => type !== 'form.ask')
const orders: OfferedDepartment = {
  id: 'department-orders' as DepartmentId,
  name: 'Orders',
  online: true,
  fields: [
    { id: 'email', kind: 'email', label: '', required: false, as: 'email' },
    { id: 'order', kind: 'text', label: 'Order number', required: true },
  ],
}
const trade = { ...orders, id: 'department-trade' as DepartmentId, name: 'Trade', online: false }
const snapshot = says({ type: 'chat.snapshot', chatId: chat().id, state: conversation() })

describe('before a chat', () => {
  test('C2 a first question is asked for, and an address that cannot be one is named', () => {
    expect(after([open, started]).state.problems).toEqual({ text: 'missing' })
    const email: PanelHappening = { type: 'typed', field: '.email', text: 'ana@mail', now: 0 }
    const form = says({ type: 'form', departments: [orders] })
    const { state, sent, effects } = after([open, form, typed('hi'), email, started])
    expect(state.problems).toEqual({ '.email': 'email', '.order': 'missing' })
    expect(told(sent)).toEqual([])
    expect(effects.at(-1)).toEqual({ do: 'focus' })
    const mended = { ...email, text: 'ana@mail.example' }
    const order: PanelHappening = { type: 'typed', field: '.order', text: ' RC-1 ', now: 0 }
    const all = after([open, form, typed('hi'), mended, order, started]).sent
    expect(all.at(-1)).toMatchObject({
      type: 'chat.start',
      text: 'hi',
      answers: { email: 'ana@mail.example', order: 'RC-1' },
    })
  })

  test('C2 a topic is chosen where there are several, and one that is closed takes a message', () => {
    const form = says({ type: 'form', departments: [orders, trade] })
    const none = after([open, form, typed('hi'), started])
    expect(none.state.problems.topic).toBe('missing')
    const choose = (id: DepartmentId) =>
      moved((draft) => {
        draft.departmentId = id
      })
    expect(after([open, form, choose(trade.id)]).face).toBe('offline')
    expect(after([open, form, choose(orders.id)]).face).toBe('before')
  })

  test('C2 what the server finds missing stands at the field, and what is asked is asked for anew', () => {
    const refused = says({
      type: 'refused',
      id: 'start-0001',
      code: 'form_incomplete',
      message: '',
      problems: { order: 'missing' },
    })
    const { state, sent } = after([open, typed('hi'), started, refused])
    expect(state).toMatchObject({ problems: { '.order': 'missing' }, fields: { text: 'hi' } })
    expect(sent.filter(({ type }) => type === 'form.ask')).toHaveLength(2)
  })

  test('I13 a start without connection is sent when it is back, and again after the next, with one id', () => {
    const { sent: all, face } = after([typed('hi'), started, open, lost, open])
    const sent = told(all)
    expect(sent.map(({ type }) => type)).toEqual(['chat.start', 'chat.start'])
    expect(new Set(sent.map((frame) => 'id' in frame && frame.id)).size).toBe(1)
    expect(face).toBe('before')
  })

  test('C2 nobody there: the text is kept, and asking becomes possible when somebody comes', () => {
    const nobody = says({ type: 'refused', id: 'start-0001', code: 'no_agents', message: '' })
    const refused = [open, typed('hi'), started, nobody]
    expect(after(refused)).toMatchObject({ face: 'offline', state: { fields: { text: 'hi' } } })
    expect(after([...refused, { type: 'look', look: look() }]).face).toBe('before')
    expect(after([], { look: look({ online: false }) }).face).toBe('offline')
    const missing = (draft: Draft) => {
      draft.problems = { text: 'missing' }
    }
    const changed = [
      { type: 'moved', move: missing } as const,
      { type: 'look', look: look() } as const,
    ]
    expect(after([open, ...changed]).state.problems).toEqual({})
  })

  test('C2 the chat begins: its face follows, the draft is gone', () => {
    const began = after([
      open,
      typed('hi'),
      started,
      says({ type: 'chat', chat: chat({ state: 'queued', place: 2 }) }),
      says({ type: 'done', id: 'start-0001', chatId: chat().id }),
    ])
    expect(began).toMatchObject({
      face: 'queue',
      state: { fields: { text: '' }, starting: undefined },
    })
    expect(began.effects).toContainEqual({ do: 'keep start', starting: undefined })
    expect(began.sent.filter(({ type }) => type === 'chat.open')).toHaveLength(1)
  })
})

describe('in a chat', () => {
  const chatting = [open, says(welcome({ chat: chat() })), snapshot]

  test('I17 after a lost connection it asks for what came after the last message', () => {
    const { sent } = after([...chatting, lost, open])
    expect(sent.findLast(({ type }) => type === 'chat.open')).toMatchObject({ after: talk.length })
  })

  test('C5 what arrives is seen only while the panel is watched, and told once', () => {
    const seen = (frames: readonly PanelHappening[]) =>
      after(frames).sent.filter(({ type }) => type === 'chat.seen')
    expect(seen([...chatting, { type: 'look', look: look() }])).toHaveLength(1)
    const away = [{ type: 'watched', watched: false } as const, ...chatting]
    expect(seen(away)).toHaveLength(0)
    expect(unreadOf(after(away).state)).toBe(3)
    expect(seen([...away, { type: 'watched', watched: true }])).toHaveLength(1)
  })

  test('C5 what arrives while nobody looks is delivered, told once, and again after a lost connection', () => {
    const told = (frames: readonly PanelHappening[]) =>
      after([{ type: 'watched', watched: false }, ...chatting, ...frames]).sent.flatMap((frame) =>
        frame.type === 'chat.delivered' || frame.type === 'chat.seen'
          ? [`${frame.type} ${frame.seq}`]
          : [],
      )
    const once = [`chat.delivered ${talk.length}`]
    expect(told([{ type: 'look', look: look() }])).toEqual(once)
    expect(told([lost, open])).toEqual([...once, ...once])
    expect(told([{ type: 'watched', watched: true }])).toEqual([
      ...once,
      `chat.seen ${talk.length}`,
    ])
  })

  test('C5 typing is told at most every 3 s and ends with sending', () => {
    const { sent } = after([
      ...chatting,
      typed('a', 0),
      typed('ab', 2999),
      typed('abc', 3000),
      { type: 'sent' },
    ])
    expect(sent.flatMap((frame) => (frame.type === 'chat.typing' ? [frame.on] : []))).toEqual([
      true,
      true,
      false,
    ])
  })

  test('words from an ended invitation start a chat, or wait in the composer of one that goes on', () => {
    const left: PanelHappening = { type: 'left', draft: 'hello', ended: invitation() }
    const offered = after([open, left])
    expect(told(offered.sent)).toEqual([])
    expect(offered.state.ended).toEqual(invitation())
    const begun = after([open, left, started])
    expect(told(begun.sent)).toMatchObject([{ type: 'chat.start', text: 'hello' }])
    expect(begun.state.ended).toBeUndefined()
    expect(after([open, left, { type: 'discarded' }]).state.fields.text).toBe('')
    const held = after([open, left, says(welcome({ invitation: invitation() }))])
    expect(held.state).toMatchObject({ ended: undefined, fields: { text: '' } })
    const during = after([...chatting, { type: 'left', draft: 'hello' }])
    expect(during.sent.some(({ type }) => type === 'chat.start')).toBe(false)
    expect(during.state.fields.text).toBe('hello')
  })

  describe('a reply', () => {
    const starting = { id: 'reply-0001', text: 'Yes', to: invitation() }
    const left: PanelHappening = { type: 'left', draft: '', starting }
    const refused = (code: RefusalCode) =>
      says({ type: 'refused', id: 'reply-0001', code, message: 'Wait.' })

    test('I13 is said after every connection until it is answered, and becomes the chat', () => {
      const waiting = after([left, open, open])
      expect(waiting.face).toBe('replying')
      expect(told(waiting.sent)).toMatchObject(
        Array(2).fill({ type: 'invitation.reply', id: 'reply-0001', text: 'Yes' }),
      )
      const done = says({ type: 'done', id: 'reply-0001', seq: 2, chatId: chat().id })
      const taken = after([left, open, says({ type: 'chat', chat: chat() }), done])
      expect(taken).toMatchObject({ face: 'chatting', state: { starting: undefined } })
    })

    test('S45 that comes after the end keeps the text and offers a chat', () => {
      const late = after([left, open, refused('invitation_ended')])
      expect(late).toMatchObject({ face: 'before', state: { fields: { text: 'Yes' } } })
      expect(late.state.problems.text).toBe('over')
      const { sent } = after([left, open, refused('invitation_ended'), started])
      expect(sent.at(-1)).toMatchObject({ type: 'chat.start', text: 'Yes' })
    })

    test('that is refused for a while is given back, and is a reply again', () => {
      const { sent, state } = after([left, open, refused('rate_limited'), startedAs('reply-0002')])
      expect(sent.at(-1)).toMatchObject({ type: 'invitation.reply', id: 'reply-0002' })
      expect(state.problems).toEqual({})
    })
  })

  test('C5 events of another chat change nothing', () => {
    const stranger = says({
      type: 'chat.event',
      chatId: 'chat-other' as never,
      event: { typing: true },
    })
    expect(after([...chatting, stranger]).state.typing).toBe(false)
  })

  test('C5 it ends for everybody and a new one can be started', () => {
    const over = says({ type: 'chat', chat: chat({ state: 'ended', endedBy: 'agent' }) })
    expect(after([...chatting, over]).face).toBe('ended')
    expect(after([...chatting, over, again]).face).toBe('before')
    expect(after([...chatting, says(welcome())]).face).toBe('ended')
  })

  test('another person on the same computer finds no word of it', () => {
    const { state } = after([...chatting, typed('secret'), says({ type: 'reset' })])
    expect(JSON.stringify(state)).not.toMatch(/secret|inseam/)
  })
})
