import type { VisitorServerFrame } from '@beckon/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/ids.ts'
import { openScene, type Scene } from './scene.ts'
import { openTempStore } from './temp-store.ts'

let scene: Scene
beforeAll(async () => {
  scene = await openScene(await openTempStore())
})
afterAll(async () => {
  expect(scene.faults).toEqual([])
  await scene.close()
})

const last = <T extends VisitorServerFrame['type']>(heard: VisitorServerFrame[], type: T) =>
  heard.filter((frame) => frame.type === type).at(-1) as
    | Extract<VisitorServerFrame, { type: T }>
    | undefined

describe('an invitation from sending to the chat', () => {
  test('S38 S39 S43 the reply starts a chat of the inviter: first line the invitation, second the reply', async () => {
    const { visitor, visit, tab, invitation } = await invited('Hello #browser#!')
    expect(last(tab.heard, 'invitation')?.invitation.text).toBe('Hello Firefox!')
    await visitor['invitation.delivered']?.(tab, {
      type: 'invitation.delivered',
      invitationId: invitation.id,
    })
    await visitor['invitation.viewed']?.(tab, {
      type: 'invitation.viewed',
      invitationId: invitation.id,
    })
    expect(last(tab.heard, 'invitation')?.invitation.remainingMs).toBe(120_000)

    const answer = await visitor['invitation.reply']?.(tab, {
      type: 'invitation.reply',
      id: newId(),
      invitationId: invitation.id,
      text: 'Yes, please',
    })
    await scene.settle()
    expect(answer).toMatchObject({ seq: 2 })
    expect(last(tab.heard, 'invitation.ended')?.state).toBe('accepted')
    expect(last(tab.heard, 'chat')?.chat).toMatchObject({ state: 'active', lastSeq: 2 })
    expect(scene.presence.raised).toContain(visit.visitorId)
    const chat = await scene.conversations.topics.chat?.open(
      scene.actor(scene.ids.ada),
      { topic: 'chat', chatId: answer?.chatId as never },
      { emit: () => {}, lost: () => {} },
    )
    expect(chat?.state.chat).toMatchObject({
      agentId: scene.ids.ada,
      groupId: scene.ids.supportGroup,
    })
    expect(chat?.state.messages.map(({ seq, from, text }) => [seq, from, text])).toEqual([
      [1, 'agent', 'Hello Firefox!'],
      [2, 'visitor', 'Yes, please'],
    ])
    chat?.close()
  })

  test('S44 S45 S46 viewed and unanswered for exactly 2:00 it is ignored and leaves every tab', async () => {
    const { visitor, tab, invitation } = await invited()
    await scene.advance(300_000)
    await visitor['invitation.viewed']?.(tab, {
      type: 'invitation.viewed',
      invitationId: invitation.id,
    })
    await scene.advance(119_999)
    expect(last(tab.heard, 'invitation.ended')).toBeUndefined()
    await scene.advance(1)
    expect(last(tab.heard, 'invitation.ended')?.state).toBe('ignored')
  })
})

async function invited(template?: string) {
  const { visit, tab, visitorId } = await scene.visitor({ row: { browser: 'Firefox' } })
  const invitation = await scene.invite(scene.ids.ada, visit, template ? { template } : {})
  await scene.settle()
  return { visit, tab, visitorId, invitation, visitor: scene.conversations.visitorDoors }
}
