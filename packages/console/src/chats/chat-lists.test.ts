import type { AgentId, ChatId, ChatRow, ChatsState, GroupId } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { countChats, goalOf, heldAt, sectionsOf } from './chat-lists.ts'

const ME = 'agent-me' as AgentId
const OTHER = 'agent-other' as AgentId

const chat = (id: string, over: Partial<ChatRow>): ChatRow =>
  ({
    id: id as ChatId,
    state: 'active',
    groupId: 'g1' as GroupId,
    groupName: 'Bike advice',
    agentId: ME,
    queuedAt: 100,
    unread: 0,
    ...over,
  }) as ChatRow

const stateOf = (...rows: ChatRow[]): ChatsState => ({
  chats: Object.fromEntries(rows.map((row) => [row.id, row])),
})
const state = stateOf(
  chat('quiet', { last: { from: 'agent', text: '', at: 900 } }),
  chat('waits', { unread: 2, last: { from: 'visitor', text: '', at: 500 } }),
  chat('waits-longer', { last: { from: 'visitor', text: '', at: 400 } }),
  chat('queued-b', { state: 'queued', agentId: undefined, queuedAt: 300 }),
  chat('queued-a', { state: 'queued', agentId: undefined, queuedAt: 200 }),
  chat('queued-c', {
    state: 'queued',
    agentId: undefined,
    queuedAt: 250,
    groupId: 'g2' as GroupId,
    groupName: 'Orders',
  }),
  chat('theirs', { agentId: OTHER }),
  chat('over', { state: 'ended' }),
)
const names = (tab: 'mine' | 'queue' | 'all') =>
  sectionsOf(tab, state, ME).map(({ name, chats }) => [name, chats.map(({ id }) => id)])

test('C6 mine: who waits for a word first, read or not, longest wait on top, then my queues, oldest first', () => {
  expect(names('mine')).toEqual([
    ['My active', ['waits-longer', 'waits', 'quiet']],
    ['Queue · Bike advice', ['queued-a', 'queued-b']],
    ['Queue · Orders', ['queued-c']],
  ])
})

test('C6 UI 1 under the pointer rows keep their places, and what is new comes after them', () => {
  const held = ['quiet', 'waits', 'queued-b'] as ChatId[]
  expect(
    heldAt(held, sectionsOf('mine', state, ME)).map(({ chats }) => chats.map(({ id }) => id)),
  ).toEqual([['quiet', 'waits', 'waits-longer'], ['queued-b', 'queued-a'], ['queued-c']])
})

test('C6 all adds the chats of colleagues; ended chats are in none', () => {
  expect(names('all').at(-1)).toEqual(['With colleagues', ['theirs']])
  expect(names('queue').flatMap(([, ids]) => ids)).not.toContain('over')
})

test('C6 counts name the longest wait, and from when somebody waits longer than their group lets pass', () => {
  const groups = [{ id: 'g2' as GroupId, alertAfterMs: 20_000 }]
  expect(countChats(state, { agentId: ME, groups })).toEqual({
    mine: 3,
    queue: 3,
    colleagues: 1,
    all: 7,
    waitingSince: 200,
    tooLongFrom: 20_250,
  })
  const none = countChats(stateOf(), { agentId: ME, groups })
  expect([none.waitingSince, none.tooLongFrom]).toEqual([undefined, undefined])
})

test('C6 a wait is too long when the group says so, after a minute where it says nothing', () => {
  const me = { groups: [{ id: 'g1' as GroupId, alertAfterMs: 20_000 }] }
  expect(goalOf(chat('a', {}), me)).toBe(20_000)
  expect(goalOf(chat('a', { groupId: 'g2' as GroupId }), me)).toBe(60_000)
})
