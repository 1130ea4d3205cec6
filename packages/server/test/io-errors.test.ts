import { Worker } from 'node:worker_threads'
import type { ChatId } from '@beckon/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asked } from './long.ts'
import { openWhole, type Refused, type Whole } from './whole.ts'

/*
 * A chat from its first word to its end, again and again: each time another one of the statements
 * that it needs fails. Whoever is refused says the same once more, as people do.
 */

type Said = { id: number; lane: string; sql: string }

const post = Worker.prototype.postMessage
/** Statements until one fails; none where it is zero. */
let left = 0
let failed = ''
/** Every third statement, or each. */
const STEP = asked(3, 1)

beforeAll(() => {
  Worker.prototype.postMessage = function (this: Worker, asks: unknown) {
    if (!Array.isArray(asks)) return post.call(this, asks)
    post.call(
      this,
      (asks as Said[]).map((ask) => {
        if (left === 0 || --left > 0 || ask.sql === 'rollback') return ask
        failed = ask.sql
        return { ...ask, sql: 'select the_disk_is_broken()', params: [] }
      }),
    )
  }
})
afterAll(() => {
  Worker.prototype.postMessage = post
})

test('R14 I13 I18 whichever statement fails, a repeated command means once and what was acknowledged is there', async () => {
  await using whole = await openWhole({ on: 'sqlite' })
  const ada = await whole.agent(await whole.signIn())
  await ada.ask({ type: 'availability.set', available: true })
  let met = 0
  for (let nth = 1; ; nth += STEP) {
    const kim = await whole.visitor()
    await whole.settled()
    failed = ''
    left = nth
    const acknowledged = new Map<number, string>()
    const say = async (
      ask: () => Promise<{ seq?: number; chatId?: ChatId } | Refused>,
      text?: string,
    ) => {
      const { seq, chatId } = await insisting(ask)
      if (seq !== undefined && text) acknowledged.set(seq, text)
      return chatId
    }
    const id = (what: string) => `${what}-${String(nth).padStart(8, '0')}`
    const hello = { type: 'chat.start', id: id('start'), text: `Hello ${nth}` } as const
    const chatId = (await say(() => kim.ask(hello), hello.text)) as ChatId
    await insisting(() => ada.ask({ type: 'chat.take', id: id('take'), chatId }))
    const words = { type: 'message.send', chatId } as const
    const question = { ...words, id: id('question'), text: `Which one? ${nth}` }
    await say(() => kim.ask(question), question.text)
    const answer = { ...words, id: id('answer'), text: `The blue one. ${nth}` }
    await say(() => ada.ask<'message.send'>(answer), answer.text)
    await insisting(() => ada.ask({ type: 'chat.end', id: id('end'), chatId }))
    left = 0
    await whole.settled()
    await holds(whole, chatId, acknowledged)
    await kim.leave()
    if (failed === '') break
    met += 1
  }
  expect(met * STEP).toBeGreaterThan(60)
})

/** Says the same until it is taken. */
async function insisting<T extends object>(ask: () => Promise<T | Refused>): Promise<T> {
  for (let times = 0; times < 4; times++) {
    const answer = await ask()
    if (!('refused' in answer)) return answer
    expect(['internal', 'try_again'], failed).toContain(answer.refused)
  }
  throw new Error(`refused again and again after: ${failed}`)
}

async function holds(whole: Whole, chatId: ChatId, acknowledged: Map<number, string>) {
  const { messages, chat, events } = await whole.app.store.read(async (db) => ({
    chat: await db.selectFrom('chats').selectAll().where('id', '=', chatId).executeTakeFirst(),
    messages: await db
      .selectFrom('messages')
      .select(['seq', 'text', 'sender'])
      .where('chat_id', '=', chatId)
      .orderBy('seq')
      .execute(),
    events: await db.selectFrom('events').select('type').where('subject_id', '=', chatId).execute(),
  }))
  const texts = messages.filter(({ sender }) => sender !== 'system').map(({ text }) => text)
  expect(new Set(texts).size, failed).toBe(3)
  expect(texts, failed).toHaveLength(3)
  expect(messages.map(({ seq }) => Number(seq))).toEqual(messages.map((_, at) => at + 1))
  for (const [seq, text] of acknowledged) {
    expect(messages.find((message) => Number(message.seq) === seq)?.text, failed).toBe(text)
  }
  expect(chat?.state, failed).toBe('ended')
  const times = (type: string) => events.filter((event) => event.type === type).length
  expect([times('chat.queued') <= 1, times('chat.ended')], failed).toEqual([true, 1])
}
