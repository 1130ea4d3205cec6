import { describe, expect, test } from 'vitest'
import { type Callers, newId } from './callers.ts'
import type { Frame } from './wire.ts'

/** An invitation, from sending to the chat or to another end. */
export function invitations({ visitor, agent }: Callers): void {
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
      ada.say({ ...send, id: newId(), version: 'never-was', again: true })
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
