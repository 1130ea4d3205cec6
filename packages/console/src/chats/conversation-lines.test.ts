import type { AgentId, ChatDetailState, ChatLogLine, ChatNote, Message } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { timeOfDay } from '../parts/durations.ts'
import { invitedLine, linesOf } from './conversation-lines.ts'

const T = Date.UTC(2026, 4, 12, 12, 0, 0)
const message = (seq: number, over: Partial<Message> = {}): Message => ({
  seq,
  clientId: `client-${seq}`,
  from: 'visitor',
  name: 'Marta',
  text: `text ${seq}`,
  at: T + seq * 1_000,
  ...over,
})
const detail = (over: Partial<ChatDetailState> = {}, chat: object = {}): ChatDetailState =>
  ({
    chat: {
      state: 'active',
      who: { rung: 'displayname', text: 'Marta', verified: false },
      queuedAt: T,
      startedAt: T,
      visitorSeen: 0,
      visitorDelivered: 0,
      ...chat,
    },
    messages: [],
    typing: null,
    visitorHere: true,
    work: { notes: [], log: [], tags: [], answers: [], survey: null, joined: [], may: [] },
    ...over,
  }) as unknown as ChatDetailState
const lines = (state: ChatDetailState, rest: object = {}) =>
  linesOf({
    detail: state,
    unsent: [],
    pages: [],
    reader: { agentId: 'agent-ana' as AgentId, name: 'Ana' },
    now: T,
    ...rest,
  })

describe('C7 a conversation as it reads', () => {
  test('S43 an invited chat begins with who invited, when it was seen and answered', () => {
    const state = detail({
      invitation: { agentName: 'Ana', sentAt: T, viewedAt: T + 1_000, repliedAt: T + 42_000 },
    })
    expect(invitedLine(state, 'Ana')).toBe(
      `You invited Marta at ${timeOfDay(T)}. It was seen at once and answered after 41 s.`,
    )
    expect(invitedLine(state, 'Tomasz')).toMatch(/^Ana invited Marta/)
  })

  test('C5 one tick is sent, two delivered, two in accent seen', () => {
    const own = [1, 2, 3].map((seq) => message(seq, { from: 'agent', name: 'Ana' }))
    const ticks = lines(detail({ messages: own }, { visitorSeen: 1, visitorDelivered: 2 }))
      .filter((line) => line.kind === 'message')
      .map((line) => line.tick)
    expect(ticks).toEqual(['seen', 'delivered', 'sent'])
  })

  test('I13 an unsent message that stands in the chat already is not shown twice', () => {
    const unsent = [
      { id: 'client-1', text: 'text 1', at: T },
      { id: 'client-9', text: 'later', at: T },
    ]
    const shown = lines(detail({ messages: [message(1)] }), { unsent })
    expect(shown.filter((line) => line.kind === 'unsent').map((line) => line.key)).toEqual([
      'client-9',
    ])
  })

  test('C7 a page opened during the chat is told between the messages, one before it is not', () => {
    const pages = [
      { id: 'p0', at: T - 1, url: '/', title: 'Start' },
      { id: 'p1', at: T + 1_500, url: '/b', title: 'Frost' },
    ]
    const told = lines(detail({ messages: [message(1), message(2)] }), { pages })
    expect(told.map((line) => (line.kind === 'fact' ? line.text : line.kind))).toEqual([
      'day',
      'message',
      'Marta opened Frost',
      'message',
    ])
  })

  test('C7 the end says by whom', () => {
    expect(lines(detail({}, { state: 'ended', endReason: 'visitor' })).at(-1)).toMatchObject({
      text: 'Marta ended the chat.',
    })
  })

  test('C7 C11 what agents did stands where it happened, in whose words; what the visitor was told of it is not said twice', () => {
    const log = [
      { what: 'queued', by: 'visitor', at: T },
      { what: 'started', by: 'Ben', byId: 'agent-ben', at: T + 500 },
      {
        what: 'transferred',
        by: 'Ben',
        byId: 'agent-ben',
        agentId: 'agent-ana',
        agentName: 'Ana',
        groupName: 'Sales',
        at: T + 1_200,
      },
      { what: 'noted', by: 'Ana', byId: 'agent-ana', at: T + 1_500 },
      { what: 'joined', by: 'Mia', byId: 'agent-mia', at: T + 1_800 },
    ].map((line, id) => ({ id: `log-${id}`, ...line })) as ChatLogLine[]
    const notes = [
      { id: 'note-1', kind: 'transfer', agentName: 'Ben', text: 'Wants seventy', at: T + 1_200 },
      { id: 'note-2', kind: 'note', agentId: 'agent-ana', text: 'Sounds angry', at: T + 1_500 },
    ] as unknown as ChatNote[]
    const messages = [
      message(1),
      message(2, {
        from: 'system',
        text: 'Ben passed you to Ana.',
        fact: { what: 'passed', by: 'Ben', to: 'Ana' },
      }),
    ]
    const state = detail({
      messages,
      work: { notes, log, tags: [], answers: [], survey: null, joined: [], may: [] },
    })
    expect(
      lines(state).map((line) =>
        line.kind === 'fact' ? line.text : line.kind === 'note' ? line.note.text : line.kind,
      ),
    ).toEqual([
      'day',
      'Marta came to the queue of another group.',
      'Ben took the chat.',
      'message',
      'Ben passed the chat to you in Sales.',
      'Wants seventy',
      'Sounds angry',
      'Mia joined the chat.',
    ])
  })
})
