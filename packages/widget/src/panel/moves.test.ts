import type { RefusalCode, VisitorServerFrame } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { chat, conversation, invitation, look, talk, welcome } from '../../stories/stories.ts'
import { applyPanel, type PanelHappening } from './moves.ts'
import { faceOf, initialPanel, type PanelEffect, type PanelState, unreadOf } from './state.ts'

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
const started: PanelHappening = { type: 'started', id: 'start-0001' }
const snapshot = says({ type: 'chat.snapshot', chatId: chat().id, state: conversation() })

describe('before a chat', () => {
  test('C2 a first question is asked for, and an address that cannot be one is named', () => {
    expect(after([open, started]).state.problem?.at).toBe('text')
    const email: PanelHappening = { type: 'typed', field: 'email', text: 'ana@mail', now: 0 }
    const { state, sent } = after([open, typed('hi'), email, started])
    expect(state.problem?.at).toBe('email')
    expect(sent).toEqual([])
  })

  test('I13 a start without connection is sent when it is back, and again after the next, with one id', () => {
    const { sent, face } = after([typed('hi'), started, open, lost, open])
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
    expect(sent.at(-1)).toEqual({ type: 'chat.open', chatId: chat().id, after: talk.length })
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
    expect(offered).toMatchObject({ sent: [], state: { ended: invitation() } })
    const begun = after([open, left, { type: 'started', id: 'start-0001' }])
    expect(begun.sent).toMatchObject([{ type: 'chat.start', text: 'hello' }])
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
      expect(waiting.sent).toMatchObject(
        Array(2).fill({ type: 'invitation.reply', id: 'reply-0001', text: 'Yes' }),
      )
      const done = says({ type: 'done', id: 'reply-0001', seq: 2, chatId: chat().id })
      const taken = after([left, open, says({ type: 'chat', chat: chat() }), done])
      expect(taken).toMatchObject({ face: 'chatting', state: { starting: undefined } })
    })

    test('S45 that comes after the end keeps the text and offers a chat', () => {
      const late = after([left, open, refused('invitation_ended')])
      expect(late).toMatchObject({ face: 'before', state: { fields: { text: 'Yes' } } })
      expect(late.state.problem?.words).toMatch(/has ended/)
      const again = [left, open, refused('invitation_ended')] as PanelHappening[]
      const { sent } = after([...again, { type: 'started', id: 'start-0001' }])
      expect(sent.at(-1)).toMatchObject({ type: 'chat.start', text: 'Yes' })
    })

    test('that is refused for a while is given back, and is a reply again', () => {
      const { sent, state } = after([
        left,
        open,
        refused('rate_limited'),
        { type: 'started', id: 'reply-0002' },
      ])
      expect(sent.at(-1)).toMatchObject({ type: 'invitation.reply', id: 'reply-0002' })
      expect(state.problem).toBeUndefined()
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
    expect(after([...chatting, over, { type: 'again' }]).face).toBe('before')
    expect(after([...chatting, says(welcome())]).face).toBe('ended')
  })

  test('another person on the same computer finds no word of it', () => {
    const { state } = after([...chatting, typed('secret'), says({ type: 'reset' })])
    expect(JSON.stringify(state)).not.toMatch(/secret|inseam/)
  })
})
