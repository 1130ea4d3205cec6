import { describe, expect, test } from 'vitest'
import { CLOSE } from '../src/codes.ts'
import { LIMITS } from '../src/limits.ts'
import { type Callers, newId } from './callers.ts'

/** What is refused, and what topics tell. */
export function frames(
  { knock, hello, aPage, visitor, agent }: Callers,
  over: 'websocket' | 'stream',
): void {
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

    // A stream has text only.
    if (over === 'websocket') {
      test('a binary frame ends the connection', async () => {
        const wire = await visitor()
        wire.say(new Uint8Array([1, 2, 3]))
        expect(await wire.closed()).toBe(CLOSE.bad_frame)
      })
    }

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
}
