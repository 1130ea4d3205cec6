import type {
  ChatId,
  MailLog,
  OfflineDetail,
  OfflineMessageId,
  OfflineRow,
  OfflineState,
} from '@beckon/protocol'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { minutes, seconds } from '../src/time/clock.ts'
import { holdToLaw } from './law.ts'
import { openSmtp, type Received, type Smtp } from './smtp.ts'
import { type AgentLine, granted, OWNER, openWhole, type VisitorLine, type Whole } from './whole.ts'

/* C4 and C5 through the whole product: what visitors leave, and transcripts, with a real mail server. */

let smtp: Smtp
let whole: Whole
let cookie: string
let ada: AgentLine

beforeAll(async () => {
  smtp = await openSmtp()
  whole = await openWhole({
    env: { BECKON_SMTP_URL: smtp.url, BECKON_MAIL_FROM: 'Beckon <chat@northwind.example>' },
  })
  cookie = await whole.signIn()
  ada = await whole.agent(cookie)
})
beforeEach(async () => {
  await mailed()
  smtp.received.splice(0)
})
afterAll(async () => {
  await whole[Symbol.asyncDispose]()
  await smtp.close()
})

const department = () => {
  const [one] = whole.app.directory.now.departments.values()
  if (!one) throw new Error('no department')
  return one
}
const leave = (kim: VisitorLine, more: object = {}) =>
  kim.ask({
    type: 'offline.leave',
    name: 'Kim',
    email: 'kim@example.com',
    text: 'Do you ship to Norway?',
    ...more,
  })
async function listed(): Promise<OfflineRow[]> {
  const { messages } = granted(await ada.look({ topic: 'offline' }))
  return Object.values(messages as OfflineState['messages'])
}
async function lastListed(): Promise<OfflineRow> {
  const [row] = (await listed()).sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
  if (!row) throw new Error('nothing is listed')
  return row
}
const get = async <T>(path: string): Promise<T> => {
  const answer = await fetch(`${whole.app.url}/api/v1${path}`, { headers: { cookie } })
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
  return (await answer.json()) as T
}
async function mailed(from = whole): Promise<Received[]> {
  const { mails } = from.app
  await mails.settled()
  await mails.sweep()
  await mails.settled()
  return smtp.received
}
/** A chat in which both have written. */
async function chatted(language?: string): Promise<{ kim: VisitorLine; chatId: ChatId }> {
  await ada.ask({ type: 'availability.set', available: true })
  const kim = await whole.visitor({ identity: { name: 'Kim' }, ...(language && { language }) })
  const { chatId } = granted(await kim.ask({ type: 'chat.start', text: 'Is it <b>warm</b>?' }))
  if (!chatId) throw new Error('no chat')
  await ada.ask({ type: 'chat.take', chatId })
  return { kim, chatId }
}

describe('C4 an offline message', () => {
  test('C4 is stored, listed and mailed, and whoever answers the mail writes to the visitor', async () => {
    const kim = await whole.visitor()
    const fields = [{ label: 'Order', value: '4711' }]
    granted(await leave(kim, { fields }))
    const row = await lastListed()
    expect(row).toMatchObject({
      name: 'Kim',
      email: 'kim@example.com',
      text: 'Do you ship to Norway?',
      departmentName: department().name,
      unread: true,
      answers: 0,
    })
    const [mail, ...others] = await mailed()
    expect(others).toEqual([])
    expect(mail?.to).toEqual([OWNER.email])
    expect(mail?.headers.get('reply-to')).toBe('kim@example.com')
    for (const words of ['Do you ship to Norway?', '4711', `/console/chats/offline/${row.id}`]) {
      expect(mail?.body).toContain(words)
    }
    const detail = await get<OfflineDetail>(`/offline-messages/${row.id}`)
    expect(detail).toMatchObject({ fields, page: { url: 'http://127.0.0.1:5999/' }, answers: [] })
    const event = await whole.app.store.read((db) =>
      db.selectFrom('events').selectAll().where('type', '=', 'offline.left').executeTakeFirst(),
    )
    expect(event).toMatchObject({ subject_id: row.id, actor_kind: 'visitor' })
  })

  test('C4 sent twice it is one; under the same id with other words it is refused', async () => {
    const kim = await whole.visitor()
    const before = (await listed()).length
    granted(await leave(kim, { id: 'offline-twice-1' }))
    granted(await leave(kim, { id: 'offline-twice-1' }))
    expect((await listed()).length).toBe(before + 1)
    expect(await leave(kim, { id: 'offline-twice-1', text: 'Other' })).toEqual({
      refused: 'client_id_reused',
    })
    expect(await mailed()).toHaveLength(1)
  })

  test.each([
    [{ email: 'kim@localhost' }, 'bad_input'],
    [{ email: 'kim@example.com\r\nBcc: eve@example.com' }, 'bad_input'],
    [{ name: ' \u200b ' }, 'bad_input'],
    [{ text: ' \n ' }, 'nothing_to_say'],
    [{ text: 'x'.repeat(4_001) }, 'bad_input'],
  ])('C4 T10 %j is refused and leaves nothing', async (more, refused) => {
    const kim = await whole.visitor()
    const before = await listed()
    expect(await leave(kim, more)).toEqual({ refused })
    expect(await listed()).toEqual(before)
    expect(await mailed()).toEqual([])
  })

  test('C4 T21 at most five an hour from one visitor', async () => {
    const kim = await whole.visitor()
    for (let i = 0; i < 5; i++) granted(await leave(kim))
    expect(await leave(kim)).toEqual({ refused: 'rate_limited' })
    await whole.pass(minutes(61))
    const back = await whole.visitor({ token: kim.welcome.token ?? '' })
    granted(await leave(back))
    await mailed()
  })

  test('C4 T21 at most twenty an hour from one address, whoever writes', async () => {
    const ip = '198.51.100.9'
    for (let i = 0; i < 20; i++) granted(await leave(await whole.visitor({ ip })))
    expect(await leave(await whole.visitor({ ip }))).toEqual({ refused: 'rate_limited' })
    granted(await leave(await whole.visitor()))
    for (let i = 0; i < 6; i++) await mailed()
  })

  test('C4 a department that is gone loses no message', async () => {
    const kim = await whole.visitor()
    granted(await leave(kim, { departmentId: '01890000-0000-7000-8000-000000000000' }))
    expect((await lastListed()).departmentName).toBe(department().name)
  })

  test('C4 a department has them mailed to an address of its own, or to nobody', async () => {
    const path = `/departments/${department().id}/mailing`
    expect(await get(path)).toEqual({ to: 'agents' })
    const mailing = { to: 'address', address: 'help@northwind.example' }
    expect(await whole.rest('PUT', path, mailing, cookie)).toEqual(mailing)
    granted(await leave(await whole.visitor()))
    expect((await mailed()).map(({ to }) => to)).toEqual([['help@northwind.example']])
    await expect(
      whole.rest('PUT', path, { to: 'address', address: 'a@b.c, d@e.f' }, cookie),
    ).rejects.toThrow('bad_input')
    await whole.rest('PUT', path, { to: 'nobody' }, cookie)
    granted(await leave(await whole.visitor()))
    expect(await mailed()).toHaveLength(1)
    await whole.rest('PUT', path, { to: 'agents' }, cookie)
  })

  test('C4 R8 what agents do with it: read, taken, answered by mail, done', async () => {
    const law = await holdToLaw(whole, ada, [{ topic: 'offline' }])
    const kim = await whole.visitor()
    granted(await leave(kim))
    const { id: messageId } = await lastListed()
    const row = async () => (await listed()).find(({ id }) => id === messageId)

    granted(await ada.ask({ type: 'offline.read', messageId }))
    expect(await row()).toMatchObject({ unread: false })
    const taken = { type: 'offline.take', messageId, from: null } as const
    granted(await ada.ask<'offline.take'>(taken))
    expect(await row()).toMatchObject({ agentId: ada.agentId })
    expect(await ada.ask<'offline.take'>(taken)).toMatchObject({ refused: 'already_taken' })
    await law.holds('taking')

    smtp.received.splice(0)
    await mailed()
    smtp.received.splice(0)
    const answer = { type: 'offline.answer', messageId, text: 'Yes, we do.' } as const
    granted(await ada.ask<'offline.answer'>({ ...answer, id: 'answer-once-1' }))
    granted(await ada.ask<'offline.answer'>({ ...answer, id: 'answer-once-1' }))
    const [mail, ...others] = await mailed()
    expect(others).toEqual([])
    expect(mail?.to).toEqual(['kim@example.com'])
    expect(mail?.body).toContain('Yes, we do.')
    expect(mail?.body).toContain('Do you ship to Norway?')
    expect(await row()).toMatchObject({ answers: 1, doneAt: expect.any(Number) })
    const detail = await get<OfflineDetail>(`/offline-messages/${messageId}`)
    expect(detail.answers).toMatchObject([{ text: 'Yes, we do.', mail: { state: 'sent' } }])
    await law.holds('answering')

    await whole.pass(seconds(62))
    expect(await row()).toBeUndefined()
    await law.holds('a minute')
    const done = await get<{ items: OfflineRow[] }>('/offline-messages?state=done&q=norWAY')
    expect(done.items.map(({ id }) => id)).toContain(messageId)
    granted(await ada.ask({ type: 'offline.done', messageId, done: false }))
    expect(await row()).toMatchObject({ answers: 1 })
    await law.holds('opening again')
  })

  test('C4 the mail server is away and the process ends: what was left is mailed all the same', async () => {
    await using own = await openWhole({
      env: { BECKON_SMTP_URL: 'smtp://127.0.0.1:9', BECKON_MAIL_FROM: 'chat@northwind.example' },
    })
    granted(await leave(await own.visitor()))
    expect(await mailed(own)).toHaveLength(0)
    await own.restart({ BECKON_SMTP_URL: smtp.url })
    own.clock.advance(minutes(2))
    expect(await mailed(own)).toHaveLength(1)
  })
})

describe('C5 a transcript', () => {
  test('C5 has what both wrote, in order, and no note; three times at most', async () => {
    const { kim, chatId } = await chatted()
    const ask = { type: 'transcript.mail', chatId, email: 'kim@example.com' } as const
    // Nobody has answered: it could be anybody’s words to anybody.
    expect(await kim.ask(ask)).toEqual({ refused: 'not_allowed' })
    granted(await ada.ask({ type: 'message.send', chatId, text: 'Yes & cosy.' }))
    const visitorId = whole.app.presence.find(kim.welcome.visit)?.visitorId as never
    granted(
      await ada.ask({ type: 'visitor.note', visitorId, text: 'secret-canary of the visitor' }),
    )

    granted(await ada.ask({ type: 'chat.note', chatId, text: 'secret-canary of the chat' }))

    granted(await kim.ask(ask))
    const [mail] = await mailed()
    expect(mail?.to).toEqual(['kim@example.com'])
    const plain = mail?.body.split('<!doctype html>')[0] ?? ''
    expect(plain.indexOf('Is it <b>warm</b>?')).toBeGreaterThan(0)
    expect(plain.indexOf('Yes & cosy.')).toBeGreaterThan(plain.indexOf('Is it <b>warm</b>?'))
    expect(mail?.body).toContain('Is it &lt;b&gt;warm&lt;/b&gt;?')
    expect(mail?.body).not.toContain('secret-canary')

    for (const format of ['text', 'html']) {
      const path = `${whole.app.url}/api/v1/chats/${chatId}/transcript?format=${format}`
      const file = await fetch(path, { headers: { cookie } })
      expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="chat-\d+\./)
      const said = await file.text()
      expect(said).toContain(format === 'html' ? 'Yes &amp; cosy.' : 'Yes & cosy.')
      expect(said).not.toContain('secret-canary')
      expect(said).not.toContain('<b>warm</b>'.repeat(format === 'html' ? 1 : 2))
    }

    granted(await kim.ask(ask))
    granted(await kim.ask(ask))
    expect(await kim.ask(ask)).toEqual({ refused: 'limit_reached' })
    // An agent may still send it.
    granted(await ada.ask<'transcript.mail'>({ ...ask, email: 'kim@work.example' }))
    expect((await mailed()).at(-1)?.to).toEqual(['kim@work.example'])
  })

  test('C5 speaks the visitor’s language, as does the answer to what they leave', async () => {
    const { kim, chatId } = await chatted('fi-FI')
    granted(await ada.ask({ type: 'message.send', chatId, text: 'On.' }))
    granted(await kim.ask({ type: 'transcript.mail', chatId, email: 'kim@example.com' }))
    // Asked for by an agent, it is in the same language: it is the visitor’s chat.
    const path = `${whole.app.url}/api/v1/chats/${chatId}/transcript?format=html`
    const file = await (await fetch(path, { headers: { cookie } })).text()
    expect(file).toContain('<html lang="fi" dir="ltr">')
    expect((await mailed()).at(-1)?.body).toContain('Saat tämän viestin')

    granted(await leave(kim))
    const { id: messageId } = await lastListed()
    granted(await ada.ask<'offline.answer'>({ type: 'offline.answer', messageId, text: 'Kyllä.' }))
    expect((await mailed()).at(-1)?.body).toContain('Kirjoitit:')
  })

  test('C5 T3 of another’s chat there is none', async () => {
    const { chatId } = await chatted()
    const eve = await whole.visitor()
    expect(await eve.ask({ type: 'transcript.mail', chatId, email: 'eve@example.com' })).toEqual({
      refused: 'not_found',
    })
  })
})

describe('C4 what administrators see of mail', () => {
  test('C4 the log says what became of each, never what stands in it; a test mail goes out', async () => {
    const test = await whole.rest<{ id: string }>(
      'POST',
      '/mails/test',
      { to: OWNER.email },
      cookie,
    )
    const [mail] = await mailed()
    expect(mail?.to).toEqual([OWNER.email])
    const log = await get<MailLog>('/mails')
    expect(log.server).toEqual({
      host: new URL(smtp.url).host,
      from: 'Beckon <chat@northwind.example>',
    })
    expect(log.items[0]).toMatchObject({ id: test.id, kind: 'test', state: 'sent', tries: 1 })
    expect(JSON.stringify(log)).not.toMatch(/Norway|cosy/)
  })

  test('C4 one that failed is tried again', async () => {
    smtp.refuse(550, 'mailbox full')
    const { id } = await whole.rest<{ id: string }>(
      'POST',
      '/mails/test',
      { to: OWNER.email },
      cookie,
    )
    await mailed()
    expect((await get<MailLog>('/mails')).items[0]).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('mailbox full'),
      canTryAgain: true,
    })
    await whole.rest('POST', `/mails/${id}/try-again`, {}, cookie)
    expect(await mailed()).toHaveLength(1)
    await expect(whole.rest('POST', `/mails/${id}/try-again`, {}, cookie)).rejects.toThrow(
      'not_allowed',
    )
  })
})

describe('W21 what was left is about a person', () => {
  test('W21 it is handed over and erased with its mails', async () => {
    const kim = await whole.visitor({ identity: { name: 'Erika' } })
    granted(await leave(kim, { name: 'Erika', email: 'erika@example.com', text: 'erasure-canary' }))
    const row = await lastListed()
    const visitorId = row.visitorId as string
    const held = await get<{ offlineMessages: object[]; mails: object[] }>(
      `/visitors/${visitorId}/export`,
    )
    expect([held.offlineMessages.length, held.mails.length]).toEqual([1, 1])
    const answer = await fetch(`${whole.app.url}/api/v1/visitors/${visitorId}`, {
      method: 'DELETE',
      headers: { cookie, 'x-beckon': '1' },
    })
    expect(answer.status).toBe(200)
    const left = await whole.app.store.read(async (db) => [
      await db.selectFrom('offline_messages').selectAll().execute(),
      await db.selectFrom('mails').selectAll().execute(),
      await db.selectFrom('events').selectAll().execute(),
    ])
    expect(JSON.stringify(left)).not.toMatch(/erasure-canary|erika@|Erika/)
    expect(JSON.stringify(left)).not.toContain(row.id)
    expect((await listed()).map(({ id }) => id)).not.toContain(row.id as OfflineMessageId)
  })
})
