import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MailId } from '@beckon/protocol'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createMails } from '../src/mail/mails.ts'
import { type NewMail, queueMail } from '../src/mail/queue-mail.ts'
import { smtpTransport, type Transport } from '../src/mail/transport.ts'
import { lookAtOneTime, makeOneTime } from '../src/sign-in/one-times.ts'
import { mailById } from '../src/store/mail-rows.ts'
import { hashOf } from '../src/store/one-time-rows.ts'
import { openStore } from '../src/store/open-store.ts'
import type { Store } from '../src/store/store.ts'
import { days, minutes, seconds } from '../src/time/clock.ts'
import { fakeClock } from '../src/time/fake-clock.ts'
import { newDatabaseUrl } from './database.ts'
import { openSmtp, type Smtp } from './smtp.ts'

/* Mail from its row to a real mail server, and back to the row. */

const FROM = 'Beckon <chat@northwind.example>'

const clock = fakeClock()
let folder: string
let store: Store
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'beckon-mail-'))
  store = await openStore({ dataDir: folder, databaseUrl: await newDatabaseUrl(), clock })
})
afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

/** One store for all, empty each time. */
async function openScene() {
  await store.commit((tx) => tx.deleteFrom('mails').execute())
  const smtp = await openSmtp()
  const faults: unknown[] = []
  const open: ReturnType<typeof createMails>[] = []

  const node = (transport: Transport | undefined = smtpTransport(smtp.url, FROM)) => {
    const log = { error: (...fault: unknown[]) => void faults.push(fault) }
    const mails = createMails({
      store,
      clock,
      log,
      transport,
      domain: 'northwind.example',
      chance: () => 1,
    })
    open.push(mails)
    return {
      ...mails,
      async sends() {
        await mails.sweep()
        await mails.settled()
      },
    }
  }
  const queue = (more: Partial<NewMail> = {}): Promise<MailId> =>
    store.commit((tx) =>
      queueMail(tx, {
        kind: 'test',
        to: 'kim@example.com',
        subject: 'Hello',
        letter: { title: 'Hello', parts: [{ part: 'text', text: 'Grüße, Kim' }] },
        at: clock.now(),
        ...more,
      }),
    )
  return {
    clock,
    store,
    smtp,
    faults,
    node,
    queue,
    row: (id: MailId) => store.read((db) => mailById(db, id)),
    async [Symbol.asyncDispose]() {
      for (const mails of open) await mails.stop()
      await smtp.close()
    },
  }
}

let scene: Awaited<ReturnType<typeof openScene>>
let smtp: Smtp
beforeEach(async () => {
  scene = await openScene()
  smtp = scene.smtp
})
afterEach(() => scene[Symbol.asyncDispose]())

describe('C4 mail that is queued arrives', () => {
  test('C4 once, in both forms, and its text is not kept any longer', async () => {
    const id = await scene.queue({ replyTo: 'ana@example.com' })
    const node = scene.node()
    await node.sends()
    await node.sends()
    expect(smtp.received).toHaveLength(1)
    const [mail] = smtp.received
    expect(mail).toMatchObject({ from: 'chat@northwind.example', to: ['kim@example.com'] })
    expect(mail?.headers.get('message-id')).toBe(`<${id}@northwind.example>`)
    expect(mail?.headers.get('reply-to')).toBe('ana@example.com')
    expect(mail?.headers.get('content-type')).toMatch(/^multipart\/alternative/)
    expect(mail?.body.match(/Grüße, Kim/g)).toHaveLength(2)
    expect(await scene.row(id)).toMatchObject({
      state: 'sent',
      tries: 1,
      letter: null,
      subject: null,
    })
  })

  test('C4 two nodes never send the same one', async () => {
    for (let i = 0; i < 12; i++) await scene.queue({ to: `kim${i}@example.com` })
    const nodes = [scene.node(), scene.node()]
    for (let round = 0; round < 3; round++) await Promise.all(nodes.map((node) => node.sends()))
    expect(smtp.received.map(({ to }) => to[0]).sort()).toEqual(
      Array.from({ length: 12 }, (_, i) => `kim${i}@example.com`).sort(),
    )
  })

  test('C4 the mail server is away: it waits, longer each time, and goes out when it is back', async () => {
    const { port } = smtp
    await smtp.close()
    const id = await scene.queue()
    const node = scene.node()
    await node.sends()
    const first = await scene.row(id)
    expect(first).toMatchObject({ state: 'waiting', tries: 1 })
    expect(first?.reason).toMatch(/cannot be reached/)
    expect((first?.due_at ?? 0) - scene.clock.now()).toBe(seconds(30))
    await node.sends()
    expect((await scene.row(id))?.tries).toBe(1)
    scene.clock.advance(seconds(30))
    await node.sends()
    expect(((await scene.row(id))?.due_at ?? 0) - scene.clock.now()).toBe(minutes(1))
    await using back = await openSmtp({ port })
    scene.clock.advance(minutes(1))
    await node.sends()
    expect(back.received).toHaveLength(1)
    expect(await scene.row(id)).toMatchObject({ state: 'sent', reason: null })
  })

  test('T35 a link that lets somebody in gets its token when it is sent, and none where it has ended', async () => {
    const url = 'https://chat.example/console/new-password'
    const permit = { kind: 'reset', agentId: null, now: scene.clock.now(), lasts: days(1) } as const
    const waiting = async () => {
      const oneTime = hashOf(await store.commit((tx) => makeOneTime(tx, permit)))
      const link = { part: 'link', text: 'Choose', url, oneTime } as const
      return scene.queue({ letter: { title: 'Reset', parts: [link] } })
    }
    const opens = (token: string) =>
      store.read((db) => lookAtOneTime(db, { kind: 'reset', token, now: scene.clock.now() }))
    const { port } = smtp
    await smtp.close()
    const id = await waiting()
    const node = scene.node()
    await node.sends()
    expect((await scene.row(id))?.letter).toContain(`"url":"${url}"`)
    await using back = await openSmtp({ port })
    scene.clock.advance(seconds(30))
    await node.sends()
    const { body = '' } = back.received[0] ?? {}
    const tokens = [...body.matchAll(/new-password#([\w-]{43})/g)].map(([, token]) => token ?? '')
    expect(new Set(tokens).size).toBe(1)
    expect(await opens(tokens[0] ?? '')).toBeDefined()
    expect(await scene.row(id)).toMatchObject({ state: 'sent', letter: null })

    const withdrawn = await waiting()
    await store.commit((tx) => tx.deleteFrom('one_times').execute())
    await node.sends()
    expect(back.received).toHaveLength(1)
    expect(await scene.row(withdrawn)).toMatchObject({ state: 'failed', tries: 1 })
  })

  test('C4 after about a day without success it has failed, with the reason and the text to try again', async () => {
    const { port } = smtp
    await smtp.close()
    expect(port).toBeGreaterThan(0)
    const id = await scene.queue()
    const node = scene.node()
    for (let tries = 0; tries < 12; tries++) {
      await node.sends()
      scene.clock.advance(days(1))
    }
    const row = await scene.row(id)
    expect(row).toMatchObject({ state: 'failed', tries: 12, due_at: null })
    expect(row?.letter).not.toBeNull()
  })

  test('C4 a recipient who does not exist is not tried again', async () => {
    smtp.refuse(550, 'no such mailbox')
    const id = await scene.queue()
    await scene.node().sends()
    const row = await scene.row(id)
    expect(row).toMatchObject({ state: 'failed', tries: 1 })
    expect(row?.reason).toContain('no such mailbox')
  })

  test('C4 a node dies in between: another one sends it, under the same Message-ID', async () => {
    const id = await scene.queue()
    let taken = ''
    let die = () => {}
    const dying = scene.node({
      send: ({ messageId }) => {
        taken = messageId
        return new Promise((_, reject) => {
          die = () => reject(new Error('dead'))
        })
      },
      close() {},
    })
    void dying.sweep()
    await expect.poll(async () => (await scene.row(id))?.state).toBe('sending')
    await expect.poll(() => taken).not.toBe('')
    const other = scene.node()
    await other.sends()
    expect(smtp.received).toHaveLength(0)
    scene.clock.advance(minutes(3))
    await other.sends()
    expect(smtp.received.map(({ headers }) => headers.get('message-id'))).toEqual([taken])
    // What it says later changes nothing.
    die()
    await dying.settled()
    expect(await scene.row(id)).toMatchObject({ state: 'sent', tries: 2 })
  })

  test('C4 without a mail server it waits, and goes out once there is one', async () => {
    const id = await scene.queue()
    const none = createMails({ store: scene.store, clock: scene.clock, log: { error() {} } })
    await none.sweep()
    expect(await scene.row(id)).toMatchObject({ state: 'waiting', tries: 0 })
    await scene.node().sends()
    expect(smtp.received).toHaveLength(1)
  })

  test('C4 a work that fails leaves no mail', async () => {
    const broken = scene.store.commit(async (tx) => {
      await queueMail(tx, {
        kind: 'test',
        to: 'kim@example.com',
        subject: 'x',
        letter: { title: 'x', parts: [] },
        at: scene.clock.now(),
      })
      throw new Error('no')
    })
    await expect(broken).rejects.toThrow('no')
    await scene.node().sends()
    expect(smtp.received).toHaveLength(0)
  })
})

describe('C4 what is hostile', () => {
  test('T10 no text begins a header or adds a recipient', async () => {
    await scene.queue({
      subject: 'Hi\r\nBcc: eve@example.com\r\n\r\n<b>body</b>',
      replyTo: 'ana@example.com\r\nBcc: eve@example.com',
    })
    await scene.node().sends()
    const [mail] = smtp.received
    expect(mail?.to).toEqual(['kim@example.com'])
    expect([...(mail?.headers.keys() ?? [])]).not.toContain('bcc')
    expect(mail?.headers.has('reply-to')).toBe(false)
    expect(mail?.headers.get('subject')).toBe('Hi Bcc: eve@example.com <b>body</b>')
  })

  test.each([
    'a@example.com,eve@example.com',
    'a@example.com\neve@example.com',
    'Kim <a@example.com>',
  ])('T10 “%s” is no recipient', async (to) => {
    await expect(scene.queue({ to })).rejects.toThrow('not an email address')
  })

  test('T35 a wrong password stands in no row and no log', async () => {
    const id = await scene.queue()
    const url = smtp.url.replace('//', '//beckon:hunter2-hunter2@')
    await scene.node(smtpTransport(url, FROM)).sends()
    const row = await scene.row(id)
    expect(row).toMatchObject({ state: 'waiting' })
    expect(row?.reason).toMatch(/name and password/)
    expect(JSON.stringify([row, scene.faults])).not.toContain('hunter2')
  })
})

describe('C4 what is kept', () => {
  test('C4 a link that has run out is not sent, and its text goes', async () => {
    const id = await scene.queue({ uselessAt: scene.clock.now() + minutes(60) })
    scene.clock.advance(minutes(61))
    const node = scene.node()
    await node.sends()
    expect(smtp.received).toHaveLength(0)
    await node.tidy()
    expect(await scene.row(id)).toMatchObject({ state: 'failed', letter: null, due_at: null })
  })

  test('C4 after 30 days no text is left, and a month later no line of the log', async () => {
    smtp.refuse(550, 'no such mailbox')
    const failed = await scene.queue()
    const node = scene.node()
    await node.sends()
    const waiting = await scene.queue()
    scene.clock.advance(days(31))
    await node.tidy()
    expect(await scene.row(failed)).toBeUndefined()
    expect(await scene.row(waiting)).toMatchObject({ state: 'failed', letter: null })
    scene.clock.advance(days(31))
    await node.tidy()
    expect(await scene.row(waiting)).toBeUndefined()
  })
})
