import type { ChatId, VisitorId } from '@beckon/protocol'
import { LIMITS } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { readWord, wordOf } from '../realtime/bus-words.ts'
import { createSeals, sealKeys } from '../sign-in/seals.ts'
import { openTyped, sealTyped } from './typed-text.ts'

const chatId = 'chat-one' as ChatId
const seals = createSeals(() => ['a key that all servers of this installation have'])

test('C7 what is typed travels between servers sealed: unread on the way, and of its own chat alone', () => {
  for (const text of ['Do you sell ospreys?', '🪶'.repeat(LIMITS.messageCharacters / 2), 'שלום']) {
    const sealed = sealTyped(seals, chatId, text) ?? ''
    expect(sealed).not.toContain(text)
    const word = wordOf({ type: 'typed', chatId, visitorId: 'visitor' as VisitorId, sealed })
    const heard = readWord(JSON.parse(JSON.stringify(word)))
    expect(heard).toEqual(word)
    expect(openTyped(seals, chatId, sealed)).toBe(text)
    expect(openTyped(seals, 'chat-two' as ChatId, sealed)).toBeUndefined()
    const others = createSeals(() => ['another key, of somebody who writes to the bus'])
    expect(openTyped(others, chatId, sealed)).toBeUndefined()
  }
  expect(
    readWord({ type: 'typed', chatId, visitorId: 'visitor', sealed: 'in the clear' } as never),
  ).toBeUndefined()
})

test('C7 several servers without a key of theirs pass on nothing that can be read, and nothing breaks', () => {
  const none = createSeals(sealKeys({ redisUrl: 'redis://here', dataDir: '/nowhere' }))
  expect(sealTyped(none, chatId, 'Hello')).toBeUndefined()
  expect(openTyped(none, chatId, sealTyped(seals, chatId, 'Hello') ?? '')).toBeUndefined()
})
