import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { chat } from '../../stories/stories.ts'
import { lastTalk } from './kept.ts'

const portWith = (stored: string | null) => {
  const store = new Map(stored === null ? [] : [['talk', stored]])
  const storage = {
    get: (key: string) => store.get(key),
    set: (key: string, value: string | null) =>
      value === null ? void store.delete(key) : void store.set(key, value),
  }
  return { store, port: { storage } as Parameters<typeof lastTalk>[0] }
}
const NOW = 1_700_000_000_000
const ENDED = { ...chat(), state: 'ended' } as const

describe('C5 a chat that is over survives the page', () => {
  beforeEach(() => void vi.useFakeTimers({ now: NOW, toFake: ['Date'] }))
  afterEach(() => void vi.useRealTimers())

  const left = (talk: object, at = NOW) => {
    const { port } = portWith(JSON.stringify({ chat: talk, at }))
    return lastTalk(port).was
  }

  test('as ended, whatever it was when the page went; the server says what became of it', () => {
    expect(left(ENDED)).toEqual(ENDED)
    expect(left(chat())).toEqual(ENDED)
  })

  test('for an hour after its last word, and never out of what is not ours', () => {
    expect(left(ENDED, NOW - 59 * 60_000)).toEqual(ENDED)
    expect(left(ENDED, NOW - 60 * 60_000)).toBeUndefined()
    for (const text of ['', '{', 'null', '[]', '{"chat":{"id":7}}', '{"chat":{"id":"x"}}']) {
      expect(lastTalk(portWith(text).port).was, text).toBeUndefined()
    }
  })

  test('until the visitor closes it or begins another, and then nothing of it stays', () => {
    const { port, store } = portWith(JSON.stringify({ chat: ENDED, at: NOW - 60 * 60_000 }))
    const talk = lastTalk(port)
    talk.keep({ again: false })
    expect(store.size).toBe(0)
    talk.keep({ chat: ENDED, again: false })
    expect(JSON.parse(store.get('talk') ?? '')).toEqual({ chat: ENDED, at: NOW })
    talk.keep({ chat: ENDED, again: true })
    expect(store.size).toBe(0)
  })
})
