import { afterEach, describe, expect, test } from 'vitest'
import { CLOSE } from '../src/codes.ts'
import { LIMITS, PROTOCOL_VERSION } from '../src/limits.ts'
import { type Frame, openWire, type RawSocket, type Wire } from './wire.ts'

/** A running server, whoever wrote it, with one site and one agent. */
export type Target = {
  /** Where it is, as `http://host:port`. */
  url: string
  siteKey: string
  /** An origin the site allows. */
  origin: string
  /** The `Cookie` header of an agent who is signed in and may invite. */
  agentCookie: string
  dial(address: string, headers: Record<string, string>): RawSocket
}

// Without a browser's name a visitor counts as a bot, which is not in the list.
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

/**
 * docs/protocol.md on raw sockets: what any server of this version has to do. Everything is made
 * anew for each test, so a server with other visitors passes too.
 */
export function conformance(target: () => Target): void {
  const wires: Wire[] = []
  afterEach(() => {
    for (const wire of wires.splice(0)) wire.leave()
  })

  async function dial(path: string, headers: Record<string, string>): Promise<Wire> {
    const wire = await openWire(target().dial(target().url.replace('http', 'ws') + path, headers))
    wires.push(wire)
    return wire
  }
  const knock = (origin = target().origin) => dial('/ws/visitor', { origin, 'user-agent': BROWSER })
  const hello = (more: object = {}) => ({
    type: 'hello',
    v: PROTOCOL_VERSION,
    site: target().siteKey,
    privacy: 'returning',
    page: aPage('First'),
    visible: true,
    focused: true,
    ...more,
  })
  const aPage = (title: string) => ({ id: newId(), url: `${target().origin}/`, title })

  async function visitor(more: object = {}) {
    const wire = await knock()
    wire.say(hello(more))
    const welcome = await wire.next('welcome')
    return { ...wire, welcome }
  }
  async function agent() {
    const wire = await dial('/ws/agent', { origin: target().url, cookie: target().agentCookie })
    wire.say({ type: 'hello', v: PROTOCOL_VERSION })
    const welcome = await wire.next('welcome')
    let subs = 0
    return {
      ...wire,
      welcome,
      async subscribe(topic: object) {
        const sub = ++subs
        wire.say({ type: 'subscribe', sub, topic })
        const { state } = await wire.next('snapshot', (frame) => frame.sub === sub)
        return { sub, state: state as Record<string, never> }
      },
    }
  }

  describe('hello', () => {
    test('a visitor is welcomed with the version, the time, a visit, a token and a look', async () => {
      const { welcome } = await visitor()
      expect(welcome).toMatchObject({ v: PROTOCOL_VERSION, privacy: 'returning' })
      expect(welcome.now).toBeTypeOf('number')
      expect(welcome.visit).toMatch(/^[0-9A-Za-z_-]{8,64}$/)
      expect(welcome.token).toMatch(/^[0-9A-Za-z_-]{43,128}$/)
      expect(welcome.look).toMatchObject({ launcher: expect.any(Boolean) })
    })

    test('the same token is the same visit, and no new token comes', async () => {
      const { welcome } = await visitor()
      const again = await visitor({ token: welcome.token })
      expect(again.welcome.visit).toBe(welcome.visit)
      expect(again.welcome.token).toBeUndefined()
    })

    test('at the level of presence there is no token', async () => {
      const { welcome } = await visitor({ privacy: 'presence' })
      expect(welcome.privacy).toBe('presence')
      expect(welcome.token).toBeUndefined()
    })

    const badHellos: [string, () => object | string, string, number][] = [
      ['no hello', () => ({ type: 'page', page: aPage('Early') }), 'bad_input', CLOSE.no_hello],
      ['no JSON', () => '{', 'bad_input', CLOSE.no_hello],
      ['a field too many', () => hello({ admin: true }), 'bad_input', CLOSE.no_hello],
      ['another version', () => hello({ v: 9_999 }), 'unsupported_version', CLOSE.bad_frame],
      ['an unknown site', () => hello({ site: 'no-such-key' }), 'not_found', CLOSE.site_refused],
    ]
    test.each(badHellos)('%s is refused by name and closed', async (_name, frame, code, close) => {
      const wire = await knock()
      wire.say(frame())
      expect(await wire.next('refused')).toMatchObject({ code, message: expect.any(String) })
      expect(await wire.closed()).toBe(close)
    })

    test('a website that is not allowed is refused', async () => {
      const wire = await knock('https://not-allowed.example')
      wire.say(hello())
      expect(await wire.next('refused')).toMatchObject({ code: 'origin_refused' })
      expect(await wire.closed()).toBe(CLOSE.site_refused)
    })

    test('a console without a sign-in is closed with the code for it', async () => {
      const wire = await dial('/ws/agent', { origin: target().url })
      expect(await wire.closed()).toBe(CLOSE.signed_out)
    })

    test('a console on a foreign origin is not let in', async () => {
      const headers = { origin: 'https://evil.example', cookie: target().agentCookie }
      await expect(dial('/ws/agent', headers)).rejects.toThrow('403')
    })

    test('a console of another version is refused and closed', async () => {
      const wire = await dial('/ws/agent', { origin: target().url, cookie: target().agentCookie })
      wire.say({ type: 'hello', v: 9_999 })
      expect(await wire.next('refused')).toMatchObject({ code: 'unsupported_version' })
      expect(await wire.closed()).toBe(CLOSE.bad_frame)
    })
  })

  describe('frames', () => {
    const nested = `${'['.repeat(LIMITS.jsonDepth + 1)}${']'.repeat(LIMITS.jsonDepth + 1)}`
    test.each([
      ['an unknown type', { type: 'visit.own', id: 'command-1' }, 'command-1'],
      [
        'a field too many',
        { type: 'chat.end', id: 'command-1', chatId: 'x'.repeat(9), by: 'me' },
        'command-1',
      ],
      ['a field too few', { type: 'message.send', id: 'command-1', text: 'Hi' }, 'command-1'],
      [
        'text over the limit',
        { type: 'chat.start', id: 'command-1', text: 'x'.repeat(LIMITS.messageCharacters + 1) },
        'command-1',
      ],
      ['no object', '7', undefined],
      ['no JSON', 'hello?', undefined],
      ['nesting', nested, undefined],
    ])('%s is refused by name, and the connection goes on', async (_name, frame, id) => {
      const wire = await visitor()
      wire.say(frame)
      const refused = await wire.next('refused')
      expect(refused).toMatchObject({ code: 'bad_input' })
      expect(refused.id).toBe(id)
      await wire.pinged()
    })

    test('what belongs to nobody here is not found', async () => {
      const wire = await visitor()
      const ids = { chatId: newId(), invitationId: newId() }
      for (const frame of [
        { type: 'message.send', id: 'command-1', chatId: ids.chatId, text: 'Hi' },
        { type: 'chat.end', id: 'command-2', chatId: ids.chatId },
        { type: 'invitation.decline', id: 'command-3', invitationId: ids.invitationId },
      ]) {
        wire.say(frame)
        const { code } = await wire.next('refused', ({ id }) => id === frame.id)
        expect(code, frame.type).toBe('not_found')
      }
    })

    test('after too many broken frames the connection ends', async () => {
      const wire = await visitor()
      for (let n = 0; n < 25; n++) wire.say({ type: 'nonsense' })
      expect(await wire.closed()).toBe(CLOSE.bad_frame)
    })

    test('a frame over the limit ends the connection', async () => {
      const wire = await visitor()
      wire.say(`{"type":"${'x'.repeat(LIMITS.visitorFrameBytes)}"}`)
      expect(await wire.closed()).toBe(1009)
    })

    test('a binary frame ends the connection', async () => {
      const wire = await visitor()
      wire.say(new Uint8Array([1, 2, 3]))
      expect(await wire.closed()).toBe(CLOSE.bad_frame)
    })

    test('too many at once are refused by name, and the connection goes on', async () => {
      const wire = await visitor()
      for (let n = 0; n < 3 * LIMITS.frameBurst; n++) {
        wire.say({ type: 'attention', visible: true, focused: true })
      }
      expect(await wire.next('refused')).toMatchObject({ code: 'rate_limited' })
      await wire.pinged()
    })

    test('a ping is answered, before the hello too', async () => {
      const wire = await knock()
      await wire.pinged()
      wire.say(hello())
      await wire.next('welcome')
      await wire.pinged()
    })

    test('a console’s bad frame is refused by name, and the connection goes on', async () => {
      const ada = await agent()
      ada.say({ type: 'visit.own', id: 'command-1' })
      expect(await ada.next('refused')).toMatchObject({ id: 'command-1', code: 'bad_input' })
      await ada.pinged()
    })
  })

  describe('topics', () => {
    test('a page view said twice is one hit, and events are numbered from 1', async () => {
      const ada = await agent()
      const kim = await visitor()
      const visit = await ada.subscribe({ topic: 'visit', visitId: kim.welcome.visit })
      expect(visit.state.row).toMatchObject({ title: 'First', hits: 1 })
      const second = aPage('Second')
      kim.say({ type: 'page', page: second })
      kim.say({ type: 'page', page: second })
      kim.say({ type: 'page', page: aPage('Third') })
      let n = 0
      for (let row: { title?: string; hits?: number } = {}; row.title !== 'Third'; ) {
        const frame = await ada.next('event', ({ sub }) => sub === visit.sub)
        expect(frame.n).toBe(++n)
        row = (frame.event as { row?: typeof row }).row ?? {}
        if (row.title === 'Third') expect(row.hits).toBe(3)
      }
    })

    test('subscribing again under the same number begins anew', async () => {
      const ada = await agent()
      const kim = await visitor()
      const topic = { topic: 'visit', visitId: kim.welcome.visit }
      const { sub } = await ada.subscribe(topic)
      ada.say({ type: 'subscribe', sub, topic })
      await ada.next('snapshot', (frame) => frame.sub === sub)
      kim.say({ type: 'page', page: aPage('Next') })
      expect(await ada.next('event', (frame) => frame.sub === sub)).toMatchObject({ n: 1 })
    })

    test('what is not there is closed as not found', async () => {
      const ada = await agent()
      for (const topic of [
        { topic: 'visit', visitId: newId() },
        { topic: 'values', visitId: newId() },
        { topic: 'chat', chatId: newId() },
      ]) {
        ada.say({ type: 'subscribe', sub: 99, topic })
        expect(await ada.next('closed'), topic.topic).toMatchObject({ sub: 99, code: 'not_found' })
      }
    })

    test('after two seconds of quiet comes a beat', async () => {
      const ada = await agent()
      expect((await ada.next('beat')).now).toBeTypeOf('number')
    })
  })

  describe('an invitation', () => {
    async function invited(template = 'Can I help with #pagetitle#?') {
      const ada = await agent()
      const kim = await visitor()
      const values = await ada.subscribe({ topic: 'values', visitId: kim.welcome.visit })
      const { version, groups } = values.state as unknown as {
        version: string
        groups: { id: string }[]
      }
      const send = {
        type: 'invitation.send',
        id: newId(),
        visitId: kim.welcome.visit,
        groupId: groups[0]?.id,
        template,
        version,
      }
      ada.say(send)
      const done = await ada.next('done', ({ id }) => id === send.id)
      const { invitation } = (await kim.next('invitation')) as unknown as {
        invitation: { id: string; text: string; state: string }
      }
      return { ada, kim, send, done, invitation }
    }

    test('goes from sending to the chat', async () => {
      const { ada, kim, done, invitation } = await invited()
      expect(invitation).toMatchObject({ state: 'sent', text: 'Can I help with First?' })
      expect(done.result).toMatchObject({ invitation: { id: invitation.id, state: 'sent' } })
      const { id: invitationId } = invitation
      kim.say({ type: 'invitation.delivered', invitationId })
      kim.say({ type: 'invitation.viewed', invitationId })
      const viewed = await kim.next('invitation', isViewed)
      expect(viewed.invitation).toMatchObject({ remainingMs: expect.any(Number), canKeep: true })

      kim.say({ type: 'invitation.reply', id: 'message-1', invitationId, text: 'Yes, please.' })
      const answer = await kim.next('done', ({ id }) => id === 'message-1')
      expect(answer.seq).toBe(2)
      expect(await kim.next('invitation.ended')).toMatchObject({ invitationId, state: 'accepted' })
      expect(await kim.next('chat')).toMatchObject({ chat: { id: answer.chatId, state: 'active' } })

      const chat = await ada.subscribe({ topic: 'chat', chatId: answer.chatId })
      expect(chat.state).toMatchObject({
        chat: { agentId: ada.welcome.agentId, invitationId },
        messages: [
          { seq: 1, from: 'agent', text: 'Can I help with First?' },
          { seq: 2, from: 'visitor', text: 'Yes, please.', clientId: 'message-1' },
        ],
      })

      kim.say({ type: 'chat.open', chatId: answer.chatId, after: 1 })
      const snapshot = await kim.next('chat.snapshot')
      expect(snapshot.state).toMatchObject({ messages: [{ seq: 2 }], typing: false })
      ada.say({ type: 'message.send', id: 'message-2', chatId: answer.chatId, text: 'Gladly.' })
      expect((await ada.next('done', ({ id }) => id === 'message-2')).result).toMatchObject({
        seq: 3,
      })
      const told = await kim.next('chat.event', (frame) => 'messages' in (frame.event as object))
      expect(told.event).toMatchObject({ messages: [{ seq: 3, from: 'agent', text: 'Gladly.' }] })
    })

    test('sent again under the same id is the same one; with other words it is refused', async () => {
      const { ada, send, done } = await invited()
      ada.say(send)
      const again = await ada.next('done', ({ id }) => id === send.id)
      expect(again).toEqual(done)
      ada.say({ ...send, template: 'Something else' })
      expect(await ada.next('refused')).toMatchObject({ id: send.id, code: 'client_id_reused' })
    })

    test('a second one is refused and says whose is open', async () => {
      const { ada, send, invitation } = await invited()
      ada.say({ ...send, id: newId() })
      expect(await ada.next('refused')).toMatchObject({
        code: 'visitor_invited',
        details: { invitation: { id: invitation.id } },
      })
    })

    test('a version that never was is stale, and the fresh values come along', async () => {
      const { ada, kim, send, invitation } = await invited()
      kim.say({ type: 'invitation.decline', id: 'command-1', invitationId: invitation.id })
      await kim.next('done')
      ada.say({ ...send, id: newId(), version: 'never-was' })
      expect(await ada.next('refused')).toMatchObject({
        code: 'preview_stale',
        details: { values: { version: expect.any(String) } },
      })
    })

    test('a reply sent twice is one message', async () => {
      const { kim, invitation } = await invited()
      const reply = {
        type: 'invitation.reply',
        id: 'message-1',
        invitationId: invitation.id,
        text: 'Yes',
      }
      kim.say(reply)
      kim.say(reply)
      const first: Frame = await kim.next('done')
      expect(await kim.next('done')).toEqual(first)
      kim.say({ type: 'chat.open', chatId: first.chatId, after: 0 })
      const { state } = await kim.next('chat.snapshot')
      expect((state as { messages: unknown[] }).messages).toHaveLength(2)
    })

    test('withdrawn, it leaves the page, and a reply keeps its words', async () => {
      const { ada, kim, invitation } = await invited()
      const { id: invitationId } = invitation
      ada.say({ type: 'invitation.withdraw', id: newId(), invitationId })
      expect(await kim.next('invitation.ended')).toMatchObject({ invitationId, state: 'withdrawn' })
      kim.say({ type: 'invitation.reply', id: 'message-1', invitationId, text: 'Too late?' })
      expect(await kim.next('refused')).toMatchObject({ id: 'message-1', code: 'invitation_ended' })
    })

    test('a visitor who starts a chat supersedes it, and has one chat only', async () => {
      const { kim } = await invited()
      kim.say({ type: 'chat.start', id: 'message-1', text: 'Hello' })
      expect(await kim.next('done')).toMatchObject({ id: 'message-1', seq: 1 })
      expect(await kim.next('invitation.ended')).toMatchObject({
        state: 'withdrawn',
        reason: 'superseded',
      })
      kim.say({ type: 'chat.start', id: 'message-2', text: 'Hello again' })
      expect(await kim.next('refused')).toMatchObject({ id: 'message-2', code: 'chat_open' })
    })
  })
}

const isViewed = ({ invitation }: Frame): boolean =>
  (invitation as { state?: string } | undefined)?.state === 'viewed'

const newId = (): string => crypto.randomUUID()
