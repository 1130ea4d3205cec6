import type {
  AgentCommand,
  ChatDetailState,
  ChatId,
  CommandResult,
  Topic,
  TopicName,
  TopicTypes,
  VisitorChat,
  VisitorFrame,
} from '@beckon/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { applyEvent } from '../../../client/src/streams.ts'
import { createChatRecords } from '../../src/chats/record.ts'
import { createTargets } from '../../src/chats/targets.ts'
import { newId } from '../../src/ids.ts'
import type { Refusal } from '../../src/refusal.ts'
import { heldOf } from '../../src/store/erase-rows.ts'
import type { FakeTab } from './fake-presence.ts'
import { openScene, type Scene } from './scene.ts'
import { openTempStore } from './temp-store.ts'

type Who = 'ada' | 'ben' | 'mia' | 'sal' | 'oto'
let scene: Scene
beforeAll(async () => {
  scene = await openScene(await openTempStore())
  // Ben works in Sales as well, and is the only one of two who has a limit of one.
  await scene.store.commit((tx) =>
    tx
      .insertInto('group_members')
      .values({ group_id: scene.ids.salesGroup, agent_id: scene.ids.ben, active: 0 })
      .execute(),
  )
  await scene.directory.reload()
})
afterAll(async () => {
  expect(scene.faults).toEqual([])
  await scene.close()
})

type Ask<T extends AgentCommand['type']> = Omit<Extract<AgentCommand, { type: T }>, 'type' | 'id'>
const asks = <T extends AgentCommand['type']>(
  who: Who,
  type: T,
  command: Ask<T>,
  id = newId<string>(),
) => {
  const door = scene.conversations.agentDoors[type] as
    | ((actor: unknown, command: object) => Promise<CommandResult[T]>)
    | undefined
  if (!door) throw new Error(`No door ${type}`)
  return door(scene.actor(scene.ids[who]), { type, id, ...command })
}
const says = (tab: FakeTab, frame: Omit<Extract<VisitorFrame, { id: string }>, 'id'>) => {
  const door = scene.conversations.visitorDoors[frame.type] as
    | ((tab: FakeTab, frame: object) => Promise<{ chatId?: ChatId }>)
    | undefined
  if (!door) throw new Error(`No door ${frame.type}`)
  return door(tab, { id: newId(), ...frame })
}
const refusal = (work: Promise<unknown>): Promise<Refusal> =>
  work.then(
    () => {
      throw new Error('It was not refused')
    },
    (error: Refusal) => error,
  )

/** A visitor who has asked, in the queue of Support, or with Ada. */
async function aChat({ queued = false } = {}) {
  const { tab, visitorId } = await scene.visitor()
  const { chatId } = await says(tab, { type: 'chat.start', text: 'Hello' } as never)
  if (!chatId) throw new Error('No chat')
  if (!queued) await asks('ada', 'chat.take', { chatId })
  await scene.conversations.visitorDoors['chat.open']?.(tab, {
    type: 'chat.open',
    chatId,
    after: 0,
  })
  return { chatId, tab, visitorId }
}

/** A topic as a console follows it, held to the law whenever it is looked at. */
async function follows<N extends TopicName>(who: Who, topic: Extract<Topic, { topic: N }>) {
  const open = async () => {
    const door = scene.conversations.topics[topic.topic] as
      | { open(...given: unknown[]): Promise<{ state: unknown; close(): void }> }
      | undefined
    let state: unknown
    let lost = false
    const opened = await door?.open(scene.actor(scene.ids[who]), topic, {
      emit: (event: unknown) => {
        state = applyEvent(topic.topic, state as never, event as never)
      },
      lost: () => {
        lost = true
      },
    })
    if (!opened) throw new Error(`No topic ${topic.topic}`)
    state = opened.state
    return { close: opened.close, state: () => state, lost: () => lost }
  }
  const held = await open()
  return {
    close: held.close,
    lost: held.lost,
    async now(): Promise<TopicTypes[N]['state']> {
      await scene.settle()
      const fresh = await open()
      fresh.close()
      expect(held.state(), `the law of ${topic.topic}`).toEqual(fresh.state())
      return held.state() as TopicTypes[N]['state']
    },
  }
}
const heardBy = (tab: FakeTab): string => JSON.stringify(tab.heard)
const lastSaid = (state: ChatDetailState) => state.messages.at(-1)
const logOf = (state: ChatDetailState) => state.work.log.map(({ what, by }) => [what, by])

describe('C7 passing a chat on', () => {
  test('C7 C11 to an agent of another department: they have it, with who and why; the visitor hears who, not why', async () => {
    const { chatId, tab } = await aChat()
    const ada = await follows('ada', { topic: 'chat', chatId })
    expect((await ada.now()).work.may).toContain('transfer')
    await asks('ada', 'chat.transfer', {
      chatId,
      groupId: scene.ids.salesGroup,
      agentId: scene.ids.sal,
      comment: 'Wants seventy of them',
    })
    const sal = await follows('sal', { topic: 'chat', chatId })
    const state = await sal.now()
    expect(state.chat).toMatchObject({ state: 'active', agentName: 'Sal', groupName: 'Sales' })
    expect(state.chat.last, 'C6 last words are those of people').toMatchObject({ text: 'Hello' })
    expect(state.work.notes).toMatchObject([
      { kind: 'transfer', agentName: 'Ada', text: 'Wants seventy of them' },
    ])
    expect(logOf(state)).toEqual([
      ['queued', 'visitor'],
      ['started', 'Ada'],
      ['transferred', 'Ada'],
    ])
    expect(lastSaid(state)).toMatchObject({
      from: 'system',
      text: 'Ada passed you to Sal.',
      fact: { what: 'passed', by: 'Ada', to: 'Sal' },
    })
    expect(heardBy(tab)).toContain('Ada passed you to Sal.')
    expect(heardBy(tab)).not.toContain('seventy')
    // Who had it may still read it, and speaks no more.
    const { work } = await ada.now()
    expect(work.may).toEqual(['note'])
    const write = asks('ada', 'message.send', { chatId, text: 'One thing more' })
    expect((await refusal(write)).code).toBe('not_allowed')
    await asks('sal', 'message.send', { chatId, text: 'Gladly' })
    ada.close()
    sal.close()
  })

  test('C7 C8 to a group: the visitor waits again, ahead of those who came later, and the wait counts anew', async () => {
    const first = await aChat()
    const second = await aChat({ queued: true })
    await scene.advance(30_000)
    const { supportGroup: groupId } = scene.ids
    await asks('ada', 'chat.transfer', { chatId: first.chatId, groupId })
    await scene.settle()
    const ben = await follows('ben', { topic: 'chat', chatId: first.chatId })
    const { chat } = await ben.now()
    expect(chat).toMatchObject({ state: 'queued', waitingSince: scene.clock.now() })
    expect(chat.agentId).toBeUndefined()
    const told = first.tab.heard.findLast((frame) => frame.type === 'chat')
    expect(told).toMatchObject({ chat: { state: 'queued', place: 1 } })
    expect(second.tab.heard.findLast((frame) => frame.type === 'chat')).toMatchObject({
      chat: { place: 2 },
    })
    await asks('ben', 'chat.take', { chatId: first.chatId })
    const taken = (await ben.now()).chat
    expect(taken).toMatchObject({ state: 'active', agentName: 'Ben' })
    expect(taken.waitingSince).toBeUndefined()
    expect(taken.startedAt).toBeLessThan(scene.clock.now())
    ben.close()
  })

  test('C7 whoever cannot receive is refused by name and reason, and nothing changes', async () => {
    const { chatId, tab } = await aChat()
    const { supportGroup, salesGroup, otherGroup, ada, ben, sal, oto } = scene.ids
    const pass = (groupId: string, agentId?: string) =>
      refusal(
        asks('ada', 'chat.transfer', {
          chatId,
          groupId: groupId as never,
          ...(agentId && { agentId: agentId as never }),
        }),
      )
    expect((await pass(supportGroup, ada)).message).toBe('Ada has this chat already.')
    expect((await pass(salesGroup, ben)).message).toMatch(/^Ben is not active in this group/)
    expect((await pass(supportGroup, sal)).message).toMatch(/^This agent is not in this group/)
    // Of another brand nothing is told, not even that it is there.
    expect((await pass(otherGroup, oto)).code).toBe('not_found')
    expect((await pass('no-such-group')).code).toBe('not_found')
    await scene.set('agents', ben, { available: 0 })
    expect((await pass(supportGroup, ben)).message).toMatch(/^Ben is unavailable/)
    await scene.set('agents', ben, { available: 1, chat_limit: 0 })
    expect((await pass(supportGroup, ben)).message).toMatch(/^Ben has \d of 0 chats/)
    await scene.set('agents', ben, { chat_limit: 9 })
    await scene.set('groups', supportGroup, { chat_limit: 0 })
    expect((await pass(supportGroup, ben)).message).toMatch(/^Ben has \d of 0 chats of Support/)
    await scene.set('groups', supportGroup, { chat_limit: null })
    await scene.set('agents', sal, { available: 0 })
    expect((await pass(salesGroup)).message).toBe(
      'Nobody in Sales receives chats now. Choose another group.',
    )
    await scene.set('agents', sal, { available: 1 })
    await scene.set('departments', scene.ids.sales, { live_chat: 0 })
    expect((await pass(salesGroup, sal)).code).toBe('group_closed')
    await scene.set('departments', scene.ids.sales, { live_chat: 1 })
    // Somebody else's chat is not theirs to give away.
    const others = asks('ben', 'chat.transfer', { chatId, groupId: salesGroup })
    expect((await refusal(others)).code).toBe('not_allowed')
    expect(heardBy(tab)).not.toContain('passed')
    await asks('ada', 'chat.end', { chatId })
    expect((await pass(salesGroup, sal)).code).toBe('chat_ended')
  })

  test('C7 the list of targets says who is free and why others are not', async () => {
    const { chatId } = await aChat()
    const targets = createTargets(scene)
    // Mia has no console open.
    const { ada, ben, sal } = scene.ids
    await scene.store.commit((tx) =>
      tx
        .insertInto('agent_lines')
        .values(
          [ada, ben, sal].map((agent_id) => ({
            node_id: 'node',
            agent_id,
            open: 1 as const,
            seen_at: scene.clock.now(),
          })),
        )
        .execute(),
    )
    const { items } = await targets(scene.actor(ada), chatId)
    expect(items.map(({ name }) => name)).toEqual(['Support', 'Sales', 'Second line'])
    const names = items.map(({ agents }) => agents.map(({ name, off }) => [name, off]))
    expect(names).toEqual([
      [
        ['Ben', undefined],
        ['Mia', 'is not signed in'],
      ],
      [
        ['Ben', 'is not active in this group'],
        ['Sal', undefined],
      ],
      [['Ben', undefined]],
    ])
    const asked = targets(scene.actor(scene.ids.oto), chatId)
    expect((await refusal(asked)).code).toBe('not_found')
  })

  test('I13 the same transfer again is one transfer; of two at once one is refused', async () => {
    const { chatId } = await aChat()
    const to = { chatId, groupId: scene.ids.salesGroup, agentId: scene.ids.sal }
    const id = newId<string>()
    await Promise.all([asks('ada', 'chat.transfer', to, id), asks('ada', 'chat.transfer', to, id)])
    const sal = await follows('sal', { topic: 'chat', chatId })
    expect(logOf(await sal.now()).filter(([what]) => what === 'transferred')).toHaveLength(1)
    sal.close()
    const again = asks('ada', 'chat.transfer', { chatId, groupId: scene.ids.supportGroup })
    expect((await refusal(again)).code).toBe('not_allowed')
  })
})

describe('C7 too late', () => {
  test('C7 C8 C9 whoever was too late is told what is so now and what to do', async () => {
    const { chatId } = await aChat({ queued: true })
    const said = async (work: Promise<unknown>) => (await refusal(work)).message
    const [first, second] = await Promise.allSettled([
      asks('ada', 'chat.take', { chatId }),
      asks('ben', 'chat.take', { chatId }),
    ])
    expect([first.status, second.status].sort()).toEqual(['fulfilled', 'rejected'])
    const [winner, loser] =
      first.status === 'fulfilled' ? (['ada', 'ben'] as const) : (['ben', 'ada'] as const)
    const name = winner === 'ada' ? 'Ada' : 'Ben'
    const lost = [first, second].find(({ status }) => status === 'rejected')
    expect((lost as PromiseRejectedResult).reason).toMatchObject({
      code: 'already_taken',
      message: `${name} has this chat now. Choose another one.`,
    })
    expect(await said(asks(loser, 'message.send', { chatId, text: 'Hello' }))).toBe(
      `${name} answers this chat now. Write a note instead.`,
    )
    // Taken over while the one who had it was writing.
    await asks('mia', 'chat.takeOver', { chatId })
    const looks = await follows('mia', { topic: 'chat', chatId })
    expect((await looks.now()).chat.handedOff).toMatchObject({
      agentName: name,
      reason: 'taken_over',
    })
    looks.close()
    expect(await said(asks(winner, 'message.send', { chatId, text: 'So' }))).toBe(
      'Mia answers this chat now. Write a note instead.',
    )
    await asks('mia', 'chat.end', { chatId })
    const over = 'This chat has ended. You find it under Completed.'
    expect(await said(asks('mia', 'message.send', { chatId, text: 'One more' }))).toBe(over)
    const { salesGroup: groupId } = scene.ids
    expect(await said(asks('mia', 'chat.transfer', { chatId, groupId }))).toBe(over)
    expect(await said(asks(winner, 'chat.take', { chatId }))).toBe(over)
    expect(await said(asks('mia', 'chat.takeOver', { chatId }))).toBe(over)
  })
})

describe('C7 C11 for agents only', () => {
  test('C7 T5 a note is with the agents at once, and nowhere a visitor can read', async () => {
    const { chatId, tab, visitorId } = await aChat()
    const ben = await follows('ben', { topic: 'chat', chatId })
    await asks('ada', 'chat.note', { chatId, text: 'Sounded angry #kestrel' })
    expect((await ben.now()).work.notes).toMatchObject([
      { kind: 'note', agentName: 'Ada', text: 'Sounded angry #kestrel' },
    ])
    await scene.conversations.visitorDoors['chat.open']?.(tab, {
      type: 'chat.open',
      chatId,
      after: 0,
    })
    await scene.settle()
    expect(heardBy(tab)).not.toContain('kestrel')
    const held = await scene.store.read((db) => heldOf(db, [visitorId]))
    expect(JSON.stringify(held)).not.toContain('kestrel')
    const whole = await createChatRecords(scene)(scene.actor(scene.ids.ada), chatId)
    expect(JSON.stringify(whole.messages)).not.toContain('kestrel')
    expect(whole.record).toMatchObject({ notes: 1, messages: { visitor: 1, agent: 0 } })
    // Also after the end; nothing is no note.
    await asks('ada', 'chat.end', { chatId })
    await asks('ben', 'chat.note', { chatId, text: 'Call back' })
    expect((await ben.now()).work.notes).toHaveLength(2)
    expect((await refusal(asks('ada', 'chat.note', { chatId, text: '  ' }))).code).toBe(
      'nothing_to_say',
    )
    expect((await refusal(asks('sal', 'chat.note', { chatId, text: 'x' }))).code).toBe('not_found')
    ben.close()
  })

  test('C7 tags of the brand are on the chat, once each, and come off', async () => {
    const { chatId } = await aChat()
    const mia = await follows('mia', { topic: 'chat', chatId })
    const { tag } = await asks('ada', 'chat.tag', { chatId, name: 'Refund' })
    await asks('ben', 'chat.tag', { chatId, name: ' refund ' })
    expect((await mia.now()).work.tags).toEqual([tag])
    await asks('ben', 'chat.untag', { chatId, tagId: tag.id })
    await asks('ada', 'chat.untag', { chatId, tagId: tag.id })
    const { work } = await mia.now()
    expect(work.tags).toEqual([])
    expect(work.log.slice(2)).toMatchObject([
      { what: 'tagged', by: 'Ada', text: 'Refund' },
      { what: 'untagged', by: 'Ben', text: 'Refund' },
    ])
    mia.close()
  })

  test('C7 a name and an address told in the chat are its visitor’s from then on', async () => {
    const { chatId, visitorId } = await aChat()
    const ada = await follows('ada', { topic: 'chat', chatId })
    const nonsense = asks('ada', 'chat.contact', { chatId, email: 'marta@example' })
    expect((await refusal(nonsense)).code).toBe('bad_input')
    await asks('ada', 'chat.contact', { chatId, email: 'marta@example.com' })
    expect((await ada.now()).chat.who).toMatchObject({ rung: 'email', text: 'marta@example.com' })
    await asks('ada', 'chat.contact', { chatId, name: 'Marta \u202e Kowalczyk' })
    expect((await ada.now()).chat.who).toEqual({
      rung: 'displayname',
      text: expect.stringMatching(/^Marta +Kowalczyk$/),
      verified: false,
      next: 'marta@example.com',
    })
    const stored = await scene.store.read((db) =>
      db.selectFrom('visitors').selectAll().where('id', '=', visitorId).executeTakeFirst(),
    )
    expect(stored).toMatchObject({ email: 'marta@example.com' })
    ada.close()
  })
})

describe('C5 how far words have come', () => {
  test('C5 what the visitor wrote is sent, then delivered to whoever answers, then seen: never what is not so', async () => {
    const { chatId, tab } = await aChat()
    const signal = (who: Who, type: 'chat.delivered' | 'chat.seen', seq: number) =>
      scene.conversations.agentDoors[type]?.(scene.actor(scene.ids[who]), {
        type,
        chatId,
        seq,
      } as never)
    const marks = async () => {
      await scene.settle()
      const { chat } = tab.heard.findLast(({ type }) => type === 'chat') as { chat: VisitorChat }
      return [chat.agentDelivered, chat.agentSeen]
    }
    expect(await marks()).toEqual([0, 0])
    // Mia looks on, Sal has no business here, and nobody has what has not been said.
    signal('mia', 'chat.delivered', 1)
    signal('sal', 'chat.delivered', 1)
    expect(await marks()).toEqual([0, 0])
    signal('ada', 'chat.delivered', 9)
    expect(await marks()).toEqual([1, 0])
    await says(tab, { type: 'message.send', chatId, text: 'Still there?' } as never)
    expect(await marks()).toEqual([1, 0])
    signal('ada', 'chat.seen', 2)
    expect(await marks()).toEqual([2, 2])
  })

  test('C5 what the agent wrote is delivered when a page of that visitor says so', async () => {
    const { chatId, tab } = await aChat()
    const { tab: stranger } = await aChat()
    const ada = await follows('ada', { topic: 'chat', chatId })
    await asks('ada', 'message.send', { chatId, text: 'How can I help?' })
    const marks = async () => {
      const { visitorDelivered, visitorSeen } = (await ada.now()).chat
      return [visitorDelivered, visitorSeen]
    }
    const frame = { type: 'chat.delivered', chatId, seq: 2 } as const
    const deliver = scene.conversations.visitorDoors['chat.delivered']
    expect(await marks()).toEqual([0, 0])
    expect((await refusal(deliver?.(stranger, frame) as Promise<unknown>)).code).toBe('not_found')
    await deliver?.(tab, frame)
    expect(await marks()).toEqual([2, 0])
    await deliver?.(tab, { ...frame, seq: 1 })
    expect(await marks()).toEqual([2, 0])
    ada.close()
  })
})

describe('C7 reading along', () => {
  test('C7 what is typed is seen while the site has it, by agents of the chat, until it is sent; and it is stored nowhere', async () => {
    const { chatId, tab } = await aChat()
    const ada = await follows('ada', { topic: 'chat', chatId })
    const types = async (text: string) => {
      await scene.conversations.visitorDoors['chat.typed']?.(tab, {
        type: 'chat.typed',
        chatId,
        text,
      })
      return (await ada.now()).typed
    }
    expect(await types('My PIN is 4711'), 'off, as shipped').toBe('')
    await scene.set('sites', scene.ids.shop, { show_typing: 1 })
    expect(await types('Do you sell osprey')).toBe('Do you sell osprey')
    expect(await types('Do you sell ospreys?')).toBe('Do you sell ospreys?')
    const sal = follows('sal', { topic: 'chat', chatId })
    expect((await refusal(sal)).code).toBe('not_found')
    const { tab: stranger } = await aChat()
    const other = scene.conversations.visitorDoors['chat.typed']?.(stranger, {
      type: 'chat.typed',
      chatId,
      text: 'Me, too',
    })
    expect((await refusal(other as Promise<unknown>)).code).toBe('not_found')
    expect(await types('')).toBe('')
    await types('Nobody keeps osprey-7')
    await scene.advance(6_000)
    expect((await ada.now()).typed, 'the visitor stopped').toBe('')
    await types('Sent as osprey-8')
    await says(tab, { type: 'message.send', chatId, text: 'Sent' } as never)
    expect((await ada.now()).typed).toBe('')
    for (const table of ['messages', 'events', 'chat_notes', 'done_commands'] as const) {
      const rows = await scene.store.read((db) => db.selectFrom(table).selectAll().execute())
      expect(JSON.stringify(rows), table).not.toMatch(/osprey-|4711/)
    }
    expect(heardBy(tab)).not.toContain('osprey')
    await scene.set('sites', scene.ids.shop, { show_typing: 0 })
    expect(await types('Still there?'), 'switched off').toBe('')
    ada.close()
  })
})

describe('C9 managers', () => {
  test('C9 a manager looks on unseen: no participant, nothing seen, no typing, no word', async () => {
    const { chatId, tab } = await aChat()
    const before = tab.heard.length
    const mia = await follows('mia', { topic: 'chat', chatId })
    const state = await mia.now()
    scene.conversations.agentDoors['chat.seen']?.(scene.actor(scene.ids.mia), {
      type: 'chat.seen',
      chatId,
      seq: 1,
    })
    scene.conversations.agentDoors['chat.typing']?.(scene.actor(scene.ids.mia), {
      type: 'chat.typing',
      chatId,
      on: true,
    })
    const { chat, typing, work } = await mia.now()
    expect({ seen: chat.agentSeen, typing, joined: work.joined }).toEqual({
      seen: state.chat.agentSeen,
      typing: null,
      joined: [],
    })
    expect(tab.heard.length).toBe(before)
    const write = asks('mia', 'message.send', { chatId, text: 'Let me' })
    expect((await refusal(write)).code).toBe('not_allowed')
    mia.close()
  })

  test('C9 a whisper is with the agent at once, the visitor never hears of it; others may not', async () => {
    const { chatId, tab } = await aChat()
    const ada = await follows('ada', { topic: 'chat', chatId })
    await asks('mia', 'chat.whisper', { chatId, text: 'Offer #osprey' })
    expect((await ada.now()).work.notes).toMatchObject([{ kind: 'whisper', agentName: 'Mia' }])
    // It waits in the list until it stood on the screen of whoever answers.
    const list = await follows('ada', { topic: 'chats' })
    const waits = async () => (await list.now()).chats[chatId]?.whisper
    const looks = (who: Who) => {
      const seen = { type: 'chat.seen', chatId, seq: 1 } as const
      scene.conversations.agentDoors['chat.seen']?.(scene.actor(scene.ids[who]), seen)
    }
    expect(await waits()).toMatchObject({ agentName: 'Mia', text: 'Offer #osprey', count: 1 })
    looks('mia')
    expect(await waits()).toBeDefined()
    looks('ada')
    expect(await waits()).toBeUndefined()
    list.close()
    expect(heardBy(tab)).not.toContain('osprey')
    for (const who of ['ada', 'ben'] as const) {
      const asked = asks(who, 'chat.whisper', { chatId, text: 'Hm' })
      expect((await refusal(asked)).code, who).toBe('not_allowed')
    }
    expect((await refusal(asks('oto', 'chat.whisper', { chatId, text: 'Hm' }))).code).toBe(
      'not_found',
    )
    ada.close()
  })

  test('C9 who joins speaks beside the agent and is announced; who leaves speaks no more', async () => {
    const { chatId, tab } = await aChat()
    const ada = await follows('ada', { topic: 'chat', chatId })
    await asks('mia', 'chat.join', { chatId })
    await asks('mia', 'chat.join', { chatId })
    expect((await ada.now()).work.joined).toEqual([{ agentId: scene.ids.mia, name: 'Mia' }])
    await asks('mia', 'message.send', { chatId, text: 'Hello from me, too' })
    expect((await ada.now()).chat.agentName).toBe('Ada')
    expect(heardBy(tab).split('Mia joined the chat.').length - 1).toBe(1)
    expect(heardBy(tab)).toContain('Hello from me, too')
    await asks('mia', 'chat.leave', { chatId })
    expect((await ada.now()).work.joined).toEqual([])
    expect(heardBy(tab)).toContain('Mia left the chat.')
    const write = asks('mia', 'message.send', { chatId, text: 'Still here?' })
    expect((await refusal(write)).code).toBe('not_allowed')
    expect((await refusal(asks('ben', 'chat.join', { chatId }))).code).toBe('not_allowed')
    ada.close()
  })

  test('C9 who takes over answers from then on, and the visitor is told', async () => {
    const { chatId, tab } = await aChat()
    const ada = await follows('ada', { topic: 'chat', chatId })
    await asks('mia', 'chat.join', { chatId })
    await asks('mia', 'chat.takeOver', { chatId })
    const { chat, work } = await ada.now()
    expect({ agent: chat.agentName, joined: work.joined, may: work.may }).toEqual({
      agent: 'Mia',
      joined: [],
      may: ['note'],
    })
    expect(heardBy(tab)).toContain('Mia answers you from now on.')
    expect(tab.heard.findLast((frame) => frame.type === 'chat')).toMatchObject({
      chat: { agent: { name: 'Mia' } },
    })
    expect((await refusal(asks('ben', 'chat.takeOver', { chatId }))).code).toBe('not_allowed')
    ada.close()
  })

  test('C9 the board tells groups, waits, loads and switches of the manager’s departments alone', async () => {
    const board = await follows('mia', { topic: 'board' })
    const before = await board.now()
    const { supportGroup, supportSecond, ada, ben, sal } = scene.ids
    expect(Object.keys(before.groups).sort()).toEqual([supportGroup, supportSecond].sort())
    expect(Object.keys(before.agents)).not.toContain(sal)
    const { chatId } = await aChat({ queued: true })
    await asks('mia', 'agent.setActive', { agentId: ben, groupId: supportGroup, active: false })
    await asks('mia', 'agent.setAvailable', { agentId: ada, available: false })
    const after = await board.now()
    expect(after.groups[supportGroup]?.queued).toBe((before.groups[supportGroup]?.queued ?? 0) + 1)
    expect(after.agents[ada]?.available).toBe(false)
    expect(after.groups[supportGroup]?.members).toContainEqual({ agentId: ben, active: false })
    await asks('mia', 'chat.take', { chatId })
    expect((await board.now()).agents[scene.ids.mia]?.activeChats).toBe(
      (before.agents[scene.ids.mia]?.activeChats ?? 0) + 1,
    )
    await asks('mia', 'agent.setActive', { agentId: ben, groupId: supportGroup, active: true })
    await asks('mia', 'agent.setAvailable', { agentId: ada, available: true })
    const others = asks('mia', 'agent.setAvailable', { agentId: sal, available: false })
    expect((await refusal(others)).code).toBe('not_found')
    const own = asks('ada', 'agent.setActive', {
      agentId: ben,
      groupId: supportGroup,
      active: false,
    })
    expect((await refusal(own)).code).toBe('not_found')
    expect((await refusal(follows('ada', { topic: 'board' }))).code).toBe('not_allowed')
    board.close()
  })
})
