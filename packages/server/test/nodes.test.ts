import type { ChatId, Topic, VisitId } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { postgresPrograms } from './postgres-server.ts'
import { redisServerProgram } from './redis-server.ts'
import { openSeveral } from './several.ts'
import { granted, type Whole } from './whole.ts'

/* The whole product on two and three nodes, with a real PostgreSQL and a real Redis. */

const EVERYONE: Extract<Topic, { topic: 'window' }> = {
  topic: 'window',
  filter: { match: 'all', conditions: [] },
  sort: { by: 'started', dir: 'asc' },
  offset: 0,
  limit: 50,
}

type AgentLine = Awaited<ReturnType<Whole['agent']>>

const listOf = async (agent: AgentLine) => {
  const { rows } = granted(await agent.look(EVERYONE))
  return Object.values(rows)
}

describe.skipIf(!postgresPrograms || !redisServerProgram)('two nodes', () => {
  test('W1 S5 C1 a visitor on one node is listed, invited and talked to from the other', async () => {
    await using several = await openSeveral(2)
    const [here, there] = [several.node(0), several.node(1)]
    const cookie = await here.signIn()
    const ada = await there.agent(cookie)
    const kim = await here.visitor()
    const visitId = kim.welcome.visit as VisitId
    await expect.poll(() => listOf(ada).then((rows) => rows.map(({ id }) => id))).toEqual([visitId])

    const values = granted(await ada.look({ topic: 'values', visitId }))
    const { invitation } = granted(
      await ada.ask<'invitation.send'>({
        type: 'invitation.send',
        visitId,
        groupId: values.groups[0]?.id as never,
        template: 'Hello #site#',
        version: values.version,
      }),
    )
    const card = await kim.next('invitation')
    expect(card.invitation.text).toBe(invitation.text)
    kim.say({ type: 'invitation.delivered', invitationId: invitation.id })
    kim.say({ type: 'invitation.viewed', invitationId: invitation.id })
    await expect.poll(() => listOf(ada).then(([row]) => row?.invitation?.state)).toBe('viewed')
    const reply = granted(
      await kim.ask({ type: 'invitation.reply', invitationId: invitation.id, text: 'Yes please' }),
    )
    const chatId = reply.chatId as ChatId
    kim.say({ type: 'chat.open', chatId, after: 0 })
    await kim.next('chat.snapshot')
    await expect.poll(() => listOf(ada).then(([row]) => row?.chat?.state)).toBe('active')
    granted(await ada.ask({ type: 'message.send', chatId, text: 'What are you looking for?' }))
    const heard = await kim.until('the answer', () =>
      kim.heard.find((one) => one.type === 'chat.event' && one.event.messages !== undefined),
    )
    expect(heard).toMatchObject({
      event: { messages: [{ seq: 3, text: 'What are you looking for?' }] },
    })
    expect([here.faults, there.faults]).toEqual([[], []])
  })
})
