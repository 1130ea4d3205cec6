import type { AgentId, ChatId, ChatRow, GroupId } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { type Desk, deskNews } from './desk-news.ts'

const ME = 'agent-me' as AgentId
const G = 'group-one' as GroupId
const chat = (over: Partial<ChatRow> = {}): ChatRow =>
  ({
    id: 'chat-one' as ChatId,
    state: 'active',
    groupId: G,
    groupName: 'Bikes',
    agentId: ME,
    who: { rung: 'displayname', text: 'Marta', verified: false },
    queuedAt: 1,
    startedAt: 2,
    lastSeq: 1,
    unread: 0,
    last: { from: 'visitor', text: 'Hello?', at: 1 },
    ...over,
  }) as ChatRow
const queued = (over: Partial<ChatRow> = {}) =>
  chat({ state: 'queued', agentId: undefined, ...over } as Partial<ChatRow>)
const desk = (rows: ChatRow[], group: object = {}, me: object = {}): Desk => ({
  chats: { chats: Object.fromEntries(rows.map((row) => [row.id, row])) },
  me: {
    agentId: ME,
    available: true,
    groups: [{ id: G, name: 'Bikes', active: true, waiting: 2, alert: false, ...group }],
    ...me,
  },
})
const kinds = (before: Desk | undefined, after: Desk) =>
  deskNews(before, after).map(({ kind }) => kind)

test('C6 a chat that became mine is news: assigned, or answered by whom I invited', () => {
  expect(kinds(undefined, desk([chat()]))).toEqual([])
  expect(kinds(desk([]), desk([chat()]))).toEqual(['assigned'])
  expect(kinds(desk([queued()]), desk([chat()]))).toEqual(['assigned'])
  const theirs = chat({ agentId: 'other' as AgentId })
  expect(kinds(desk([theirs]), desk([chat()]))).toEqual(['assigned'])
  const invited = chat({ invitationId: 'invitation' as never })
  expect(deskNews(desk([]), desk([invited]))).toEqual([
    {
      kind: 'accepted',
      key: 'assigned chat-one 2',
      chatId: 'chat-one',
      title: 'Marta',
      text: 'Hello?',
    },
  ])
  expect(kinds(desk([invited]), desk([invited]))).toEqual([])
})

test('C9 a whisper into my chat is news once, with its words; into a colleague’s it is not', () => {
  const whisper = { agentName: 'Mia', text: 'Offer the osprey', at: 5, count: 1 }
  const whispered = chat({ whisper })
  expect(deskNews(desk([chat()]), desk([whispered]))).toEqual([
    {
      kind: 'whisper',
      key: 'whisper chat-one 5',
      chatId: 'chat-one',
      title: 'Mia whispers about Marta',
      text: 'Offer the osprey',
    },
  ])
  expect(kinds(desk([whispered]), desk([whispered]))).toEqual([])
  const theirs = { agentId: 'other' as AgentId }
  expect(kinds(desk([chat(theirs)]), desk([chat({ ...theirs, whisper })]))).toEqual([])
})

test('C6 words of the visitor in my chat are news once; mine, and those in others’ chats, are not', () => {
  const more = chat({ unread: 1, lastSeq: 2 })
  expect(kinds(desk([chat()]), desk([more]))).toEqual(['message'])
  expect(kinds(desk([more]), desk([more]))).toEqual([])
  const mine = chat({ lastSeq: 3, unread: 1, last: { from: 'agent', text: 'Hi', at: 3 } })
  expect(kinds(desk([chat()]), desk([mine]))).toEqual([])
  const theirs = { agentId: 'other' as AgentId }
  expect(kinds(desk([chat(theirs)]), desk([{ ...more, ...theirs }]))).toEqual([])
})

test('C6 who joins a queue is news where I am active and available; who comes back to it from me is not', () => {
  expect(kinds(desk([]), desk([queued()]))).toEqual(['queued'])
  expect(kinds(desk([]), desk([queued()], { active: false }))).toEqual([])
  expect(kinds(desk([]), desk([queued()], {}, { available: false }))).toEqual([])
  expect(kinds(desk([chat()]), desk([queued()]))).toEqual([])
  expect(kinds(desk([queued()]), desk([queued()]))).toEqual([])
})

test('C6 a queue that grew too long is told when it does', () => {
  expect(deskNews(desk([]), desk([], { alert: true, waitingSince: 7 }))).toEqual([
    {
      kind: 'alert',
      key: 'alert group-one 7',
      title: 'Long queue: Bikes',
      text: '2 visitors wait.',
    },
  ])
  expect(kinds(desk([], { alert: true }), desk([], { alert: true }))).toEqual([])
  expect(kinds(desk([]), desk([], { alert: true, active: false }))).toEqual([])
})
