import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AgentId, ChatId } from '@beckon/protocol'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { differences, type Promised } from './chats-check.ts'

const CHAT = 'chat' as ChatId
const ADA = 'ada' as AgentId

/** A database of these messages and events, and what is found wrong with it. */
function faults(of: {
  messages?: [seq: number, text: string][]
  events?: [type: string, chat: string, data: object][]
  promised?: Pick<Promised, 'seq' | 'text'>[]
}): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-check-'))
  const file = join(folder, 'beckon.db')
  try {
    const db = new Database(file)
    db.exec(
      'create table messages (chat_id, seq, sender, text); create table events (id, type, subject_id, data)',
    )
    for (const [seq, text] of of.messages ?? []) {
      db.prepare('insert into messages values (?, ?, ?, ?)').run(CHAT, seq, 'visitor', text)
    }
    for (const [at, [type, chat, data]] of (of.events ?? []).entries()) {
      db.prepare('insert into events values (?, ?, ?, ?)').run(at, type, chat, JSON.stringify(data))
    }
    db.close()
    const promised = (of.promised ?? []).map((one) => ({ ...one, chatId: CHAT, sender: 'v' }))
    return differences(file, promised, new Map([[ADA, 1]])).faults
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test('R7 what was acknowledged and is not there, or is somewhere else, is found', () => {
  const messages: [number, string][] = [
    [1, 'v 0'],
    [2, 'v 1'],
  ]
  expect(faults({ messages, promised: [{ seq: 2, text: 'v 1' }] })).toEqual([])
  expect(faults({ messages, promised: [{ seq: 3, text: 'v 2' }] })).toHaveLength(1)
  expect(faults({ messages, promised: [{ seq: 1, text: 'v 1' }] })).toHaveLength(1)
})

test('R7 what is doubled, out of order or missing in between is found', () => {
  expect(
    faults({
      messages: [
        [1, 'v 0'],
        [2, 'v 0'],
      ],
    }).join(),
  ).toContain('doubled: v 0')
  expect(
    faults({
      messages: [
        [1, 'v 1'],
        [2, 'v 0'],
      ],
    }),
  ).toEqual(['out of order: v 0'])
  expect(
    faults({
      messages: [
        [1, 'v 0'],
        [3, 'v 1'],
      ],
    }),
  ).toEqual(['a gap before 3 in chat'])
})

test('C8 one chat more than the limit is found, unless it was an invited one', () => {
  const started = (chat: string, more = {}): [string, string, object] => [
    'chat.started',
    chat,
    { agentId: ADA, ...more },
  ]
  expect(faults({ events: [started('a'), started('b')] })).toEqual(['ada had 2 chats of 1'])
  expect(faults({ events: [started('a'), started('b', { invitationId: 'i' })] })).toEqual([])
  expect(faults({ events: [started('a'), ['chat.ended', 'a', {}], started('b')] })).toEqual([])
  const away: [string, string, object] = ['chat.handed_off', 'a', { fromAgentId: ADA }]
  expect(faults({ events: [started('a'), away, started('b')] })).toEqual([])
})
