import type { ChatId } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { aPage } from './floor.ts'
import { granted, openWhole } from './whole.ts'

/** Ten times what may come at once. */
const FLOOD = 600

test('T21 one visitor who sends ten times the limit disturbs nobody else', {
  timeout: 120_000,
}, async () => {
  await using whole = await openWhole()
  const ada = await whole.agent(await whole.signIn())
  // They all talk to one agent, who may have as many.
  await whole.app.store.commit((tx) => tx.updateTable('agents').set({ chat_limit: 20 }).execute())
  await whole.app.directory.reload()
  const writers = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const visitor = await whole.visitor()
      const { chatId } = granted(await visitor.ask({ type: 'chat.start', text: 'Hello' }))
      return { visitor, chatId: chatId as ChatId }
    }),
  )
  const loud = await whole.visitor()
  const { chatId } = granted(await loud.ask({ type: 'chat.start', text: 'Hello' }))
  for (let n = 0; n < FLOOD; n++) {
    loud.say(
      n % 2
        ? { type: 'page', page: aPage() }
        : {
            type: 'message.send',
            id: `flood-message-${n}`,
            chatId: chatId as ChatId,
            text: `${n}`,
          },
    )
  }
  // In the middle of it everybody else writes, and the agent answers.
  const answers = await Promise.all(
    writers.flatMap(({ visitor, chatId }) => [
      visitor.ask({ type: 'message.send', chatId, text: 'One' }),
      visitor.ask({ type: 'message.send', chatId, text: 'Two' }),
      ada.ask<'chat.take'>({ type: 'chat.take', chatId }),
    ]),
  )
  expect(answers.filter((answer) => 'refused' in answer)).toEqual([])
  // The clock stands still, so only the burst passed: hello, start and 58 more.
  await loud.until('the answer to the last of the burst', () =>
    loud.heard.find((frame) => frame.type === 'done' && frame.id === 'flood-message-56'),
  )
  await whole.settled()

  const stored = await whole.app.store.read((db) =>
    db.selectFrom('messages').select(['chat_id', 'seq']).where('sender', '=', 'visitor').execute(),
  )
  const of = (id: ChatId | undefined) => stored.filter(({ chat_id }) => chat_id === id).length
  expect(writers.map((writer) => of(writer.chatId))).toEqual([3, 3, 3, 3, 3])
  expect(of(chatId)).toBe(1 + 29)
  expect(whole.app.sockets.refused.visitor.rate_limited).toBe(FLOOD - 58)
  // Told once, not six hundred times: a refusal each would be an echo.
  expect(loud.heard.filter((frame) => frame.type === 'refused')).toHaveLength(1)
  expect(whole.faults).toEqual([])
})
