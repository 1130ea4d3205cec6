import type { ChatFile, ChatId } from '@beckon/protocol'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type AgentLine, granted, openWhole, type VisitorLine, type Whole } from './whole.ts'

const SHOP = 'https://shop.example'

/* C5, C7: files in chats, both ways, over the real routes. */

let whole: Whole
let cookie: string
let ada: AgentLine

beforeAll(async () => {
  whole = await openWhole()
  cookie = await whole.signIn()
  ada = await whole.agent(cookie)
  await ada.ask({ type: 'availability.set', available: true })
})
afterEach(async () => {
  // Nobody has more chats at once than their limit.
  const { chats } = granted(await ada.look({ topic: 'chats' }))
  for (const { id, state } of Object.values(chats)) {
    if (state !== 'ended') await ada.ask({ type: 'chat.end', chatId: id })
  }
})
afterAll(() => whole[Symbol.asyncDispose]())

async function chatting(): Promise<{ kim: VisitorLine; chatId: ChatId }> {
  const kim = await whole.visitor()
  const { chatId } = granted(await kim.ask({ type: 'chat.start', text: 'Look at this' }))
  if (!chatId) throw new Error('no chat')
  granted(await ada.ask({ type: 'chat.take', chatId }))
  return { kim, chatId }
}
const post = (path: string, pass: string, bytes: Buffer = Buffer.alloc(0)) =>
  fetch(`${whole.app.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', origin: SHOP },
    body: new Uint8Array(Buffer.concat([Buffer.from(`${pass}\n`), bytes])),
  })
const offered = (chatId: ChatId, more: object = {}) => ({
  type: 'file.offer' as const,
  chatId,
  name: 'plan.txt',
  size: 4,
  ...more,
})
async function passFor(kim: VisitorLine, chatId: ChatId, id: string, more: object = {}) {
  kim.say({ ...offered(chatId, more), id })
  const answer = await kim.until('a pass', () =>
    kim.heard.find((frame) => 'id' in frame && frame.id === id),
  )
  return answer.type === 'file.go' ? answer.pass : answer
}
async function fileOf(chatId: ChatId): Promise<ChatFile | undefined> {
  const { messages } = granted(await ada.look({ topic: 'chat', chatId }))
  return messages.findLast(({ file }) => file)?.file
}
const bring = async (kim: VisitorLine, chatId: ChatId, bytes: Buffer, more: object = {}) => {
  const id = `file-${Math.random().toString(36).slice(2, 12)}`
  const pass = await passFor(kim, chatId, id, more)
  if (typeof pass !== 'string') throw new Error(JSON.stringify(pass))
  return post('/files', pass, bytes)
}

test('C5 a visitor’s file becomes a message, stored once, and the agent reads it', async () => {
  const { kim, chatId } = await chatting()
  const pass = String(await passFor(kim, chatId, 'file-00000001', { name: '../plan.html' }))
  const answer = await post('/files', pass, Buffer.from('plan'))
  expect(answer.status).toBe(200)
  expect(answer.headers.get('access-control-allow-origin')).toBe(SHOP)
  const { seq } = (await answer.json()) as { seq: number }
  const file = await fileOf(chatId)
  expect(file).toMatchObject({ name: 'plan.html.txt', type: 'text/plain', size: 4 })
  // The same once more, after the answer was lost: what is stored already.
  kim.heard.splice(0)
  expect(await passFor(kim, chatId, 'file-00000001')).toMatchObject({ type: 'done', seq })
  expect((await post('/files', pass, Buffer.from('plan'))).status).toBe(404)

  const read = await fetch(`${whole.app.url}/api/v1/files/${file?.id}`, { headers: { cookie } })
  expect(await read.text()).toBe('plan')
  expect(read.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''plan.html.txt")
  expect(read.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
  expect(read.headers.get('x-content-type-options')).toBe('nosniff')
})

test('C7 an agent’s file, and a visitor reads it with a pass of their own', async () => {
  const { kim, chatId } = await chatting()
  const answer = granted(await ada.ask(offered(chatId, { name: 'offer.pdf' })))
  if (!('pass' in answer)) throw new Error('no pass')
  expect((await post('/files', answer.pass, Buffer.from('%PDF-1.7 offer'))).status).toBe(200)
  const file = await fileOf(chatId)
  if (!file) throw new Error('no file')
  const ask = async (who: VisitorLine) => {
    who.heard.splice(0)
    who.say({ type: 'file.ask', fileId: file.id })
    return who.until('an answer', () =>
      who.heard.find(({ type }) => type === 'file.pass' || type === 'refused'),
    )
  }
  const pass = await ask(kim)
  if (pass.type !== 'file.pass') throw new Error('refused')
  const read = await post('/files/read', pass.pass)
  expect(await read.text()).toBe('%PDF-1.7 offer')
  expect(read.headers.get('content-type')).toBe('application/pdf')
  // Once, and by whose chat it is.
  expect((await post('/files/read', pass.pass)).status).toBe(404)
  expect(await ask(await whole.visitor())).toMatchObject({ type: 'refused', code: 'not_found' })
})

test('C5 a picture is drawn anew: smaller if it is too large, without what was hidden in it', async () => {
  const { kim, chatId } = await chatting()
  const photo = await sharp({
    create: { width: 3_000, height: 600, channels: 3, background: '#00a' },
  })
    .withExif({ IFD0: { ImageDescription: 'SECRET PLACE' } })
    .jpeg()
    .toBuffer()
  const hiding = Buffer.concat([photo, Buffer.from('<script>alert(1)</script>')])
  expect(hiding.includes('SECRET PLACE')).toBe(true)
  expect((await bring(kim, chatId, hiding, { name: 'me.jpg' })).status).toBe(200)
  const file = await fileOf(chatId)
  expect(file).toMatchObject({ name: 'me.jpg', type: 'image/jpeg', width: 2_560, height: 512 })
  const read = await fetch(`${whole.app.url}/api/v1/files/${file?.id}`, { headers: { cookie } })
  const bytes = Buffer.from(await read.arrayBuffer())
  expect(bytes.length).toBe(file?.size)
  expect(bytes.includes('SECRET PLACE')).toBe(false)
  expect(bytes.includes('<script>')).toBe(false)
})

test('T9 what is not taken is refused with what to do, and leaves nothing behind', async () => {
  const { kim, chatId } = await chatting()
  for (const [bytes, word] of [
    [Buffer.from('<!doctype html>'), 'This kind of file is not taken'],
    [Buffer.from('89504e470d0a1a0a0000000d49484452000000400000002008', 'hex'), 'not'],
    [Buffer.alloc(0), 'empty'],
  ] as const) {
    const answer = await bring(kim, chatId, bytes)
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain(word)
  }
  expect(await passFor(kim, chatId, 'file-too-large', { size: 20_000_000 })).toMatchObject({
    type: 'refused',
    code: 'file_refused',
  })
  const large = await bring(kim, chatId, Buffer.alloc(11 * 1024 * 1024, 'a'))
  expect(large.status).toBe(422)
  expect(await fileOf(chatId)).toBeUndefined()
})

test('C6 an ended chat is found by the name of a file in it', async () => {
  const { kim, chatId } = await chatting()
  expect((await bring(kim, chatId, Buffer.from('plan'), { name: 'osprey-nest.txt' })).status).toBe(
    200,
  )
  granted(await ada.ask({ type: 'chat.end', chatId }))
  const { items } = await whole.rest<{ items: { id: ChatId }[] }>(
    'POST',
    '/chats/search',
    { text: 'Osprey-N', limit: 5 },
    cookie,
  )
  expect(items.map(({ id }) => id)).toEqual([chatId])
})

test('T3 no pass for the chat of somebody else, nor for one that has ended', async () => {
  const { kim, chatId } = await chatting()
  const stranger = await whole.visitor()
  expect(await passFor(stranger, chatId, 'file-stranger')).toMatchObject({ code: 'not_found' })
  const late = String(await passFor(kim, chatId, 'file-late-0001'))
  granted(await ada.ask({ type: 'chat.end', chatId }))
  expect((await post('/files', late, Buffer.from('plan'))).status).toBe(409)
  expect(await passFor(kim, chatId, 'file-late-0002')).toMatchObject({ code: 'chat_ended' })
  expect((await post('/files', 'nothing')).status).toBe(404)
})
