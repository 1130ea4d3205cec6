import { describe, expect, test } from 'vitest'
import { chat, talk } from '../../stories/stories.ts'
import { linesOf } from './lines.ts'

const nothing = { unsent: [], acknowledged: [] }
const marks = (seen: number) =>
  linesOf(talk, { chat: chat({ agentSeen: seen }), ...nothing }).flatMap((line) =>
    line.is === 'under' && line.by === 'visitor' ? [line.mark] : [],
  )

describe('lines of a conversation', () => {
  test('C5 Sent or Seen stands once, under the last own message', () => {
    expect(marks(0)).toEqual(['sent'])
    expect(marks(6)).toEqual(['seen'])
    const delivered = linesOf(talk, { chat: chat({ agentDelivered: 6 }), ...nothing })
    expect(delivered.at(-1)).toMatchObject({ is: 'under', mark: 'delivered' })
  })

  test('C3 C5 who joined stands where it was true: after what was written before, and not before', () => {
    const places = (joinedAt: number | undefined, messages = talk) =>
      linesOf(messages, { chat: chat({ joinedAt }), ...nothing }).flatMap((line, at, all) =>
        line.is === 'joined' ? [all.slice(0, at).filter(({ is }) => is === 'bubble').length] : [],
      )
    expect(places((talk[1]?.at ?? 0) + 1)).toEqual([2])
    expect(places(Date.now() + 1e9, talk.slice(0, 1))).toEqual([1])
    // Who invited was there from the first word on.
    expect(places((talk[0]?.at ?? 0) - 1)).toEqual([])
    expect(places(undefined)).toEqual([])
  })

  test('C5 a message on its way and the stored one are one bubble', () => {
    const last = talk.at(-1)
    const unsent = { id: last?.clientId ?? '', text: last?.text ?? '', at: 0 }
    const before = linesOf(talk.slice(0, -1), { chat: chat(), unsent: [unsent], acknowledged: [] })
    const between = linesOf(talk.slice(0, -1), { chat: chat(), unsent: [], acknowledged: [unsent] })
    const after = linesOf(talk, { chat: chat(), unsent: [unsent], acknowledged: [unsent] })
    for (const lines of [before, between, after]) {
      expect(lines.filter(({ key }) => key === unsent.id)).toHaveLength(1)
    }
    expect(before.at(-1)).toMatchObject({ is: 'unsent' })
    expect(after.some(({ is }) => is === 'unsent')).toBe(false)
  })

  test('C5 a refused message says why and is not lost', () => {
    const refused = { code: 'chat_ended', message: 'The chat has ended.' } as const
    const unsent = [{ id: 'message-x', text: 'hm', at: 0, refused }]
    expect(linesOf(talk, { chat: chat(), unsent, acknowledged: [] }).at(-1)).toMatchObject({
      is: 'unsent',
      text: 'hm',
      refused: 'The chat has ended.',
    })
  })

  test('each day is named once', () => {
    expect(
      linesOf(talk, { chat: chat(), ...nothing }).filter(({ is }) => is === 'day'),
    ).toHaveLength(1)
  })
})
