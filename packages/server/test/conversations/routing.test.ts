import type {
  AgentCommand,
  ChatId,
  CommandResult,
  Hours,
  MeState,
  VisitorFrame,
} from '@beckon/protocol'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../../src/ids.ts'
import type { Refusal } from '../../src/refusal.ts'
import { minutes, seconds } from '../../src/time/clock.ts'
import { createFakePresence, type FakeTab } from './fake-presence.ts'
import { openScene, type Scene } from './scene.ts'
import { openTempStore } from './temp-store.ts'

type Who = 'ada' | 'ben' | 'mia'
type Ask<T extends AgentCommand['type']> = Omit<Extract<AgentCommand, { type: T }>, 'type' | 'id'>

let scene: Scene
beforeAll(async () => {
  scene = await openScene(await openTempStore(), { consoles: true })
  // Sales is far from here.
  await scene.set('departments', scene.ids.sales, { live_chat: 0 })
})
afterAll(async () => {
  expect(scene.faults).toEqual([])
  await scene.close()
})

/** Support with Ada and Ben at their consoles, nothing under way, and everything as shipped. */
beforeEach(async () => {
  const open = await scene.store.read((db) =>
    db.selectFrom('chats').select(['id', 'visitor_id']).where('state', '!=', 'ended').execute(),
  )
  for (const { id, visitor_id } of open) {
    const [visit] = scene.presence.ofVisitor(visitor_id)
    await says(visit?.tabs[0] as FakeTab, 'chat.end', { chatId: id })
  }
  await scene.set('groups', scene.ids.supportGroup, {
    distribution: 'round_robin',
    chat_limit: null,
    first_reply_seconds: 60,
    follow_up_seconds: 300,
    gone_seconds: 120,
  })
  await scene.set('departments', scene.ids.support, { hours: null, closed_outside: 0 })
  for (const who of ['ada', 'ben', 'mia'] as const) {
    await scene.set('agents', scene.ids[who], { chat_limit: 2, available: who === 'mia' ? 0 : 1 })
    scene.conversations.agentDoors.left?.(who)
  }
  comes('ada')
  comes('ben')
  await scene.settle()
})

const comes = (who: Who) => scene.conversations.agentDoors.came?.(scene.actor(scene.ids[who]), who)
const goes = (who: Who) => scene.conversations.agentDoors.left?.(who)

const says = <T extends VisitorFrame['type']>(
  tab: FakeTab,
  type: T,
  frame: Omit<Extract<VisitorFrame, { type: T }>, 'type' | 'id'>,
) => {
  const door = scene.conversations.visitorDoors[type] as unknown as (
    tab: FakeTab,
    frame: object,
  ) => Promise<{ seq?: number; chatId?: ChatId }>
  return door(tab, { type, id: newId<string>(), ...frame })
}
const asks = <T extends AgentCommand['type']>(who: Who, type: T, command: Ask<T>) => {
  const door = scene.conversations.agentDoors[type] as unknown as (
    actor: unknown,
    command: object,
  ) => Promise<CommandResult[T]>
  return door(scene.actor(scene.ids[who]), { type, id: newId<string>(), ...command })
}
const refused = (work: Promise<unknown>): Promise<Refusal> =>
  work.then(
    () => Promise.reject(new Error('It was not refused')),
    (error: Refusal) => error,
  )

/** Somebody asks for a chat; what routing does about it has been done. */
async function someone(text = 'Is it waterproof?') {
  const visitor = await scene.visitor()
  scene.clock.advance(5)
  const { chatId } = await says(visitor.tab, 'chat.start', { text })
  await scene.settle()
  return { ...visitor, chatId: chatId as ChatId }
}
const chat = (id: ChatId) =>
  scene.store.read((db) =>
    db.selectFrom('chats').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
  )
async function whose(id: ChatId): Promise<string> {
  const { state, agent_id } = await chat(id)
  const name = agent_id && scene.directory.now.agents.get(agent_id)?.name
  return state === 'active' ? `${name}` : state
}
const events = async (id: ChatId, type: string) => {
  const rows = await scene.store.read((db) =>
    db
      .selectFrom('events')
      .select(['data', 'actor_kind'])
      .where('subject_id', '=', id)
      .where('type', '=', type)
      .execute(),
  )
  return rows.map(({ data, actor_kind }) => ({ ...JSON.parse(data), by: actor_kind }))
}
const told = (tab: FakeTab) => tab.heard.filter((frame) => frame.type === 'chat').at(-1)?.chat

describe('C8 giving', () => {
  test('C8 in turn, up to the limit; the next one gets what a colleague has ended', async () => {
    const chats: Awaited<ReturnType<typeof someone>>[] = []
    for (let n = 0; n < 5; n++) chats.push(await someone())
    const ids = chats.map(({ chatId }) => chatId)
    const names = await Promise.all(ids.map(whose))
    expect(names.slice(0, 4).sort()).toEqual(['Ada', 'Ada', 'Ben', 'Ben'])
    expect(names[0]).not.toBe(names[1])
    expect(names[4]).toBe('queued')
    expect(told(chats[4]?.tab as FakeTab)).toMatchObject({ state: 'queued', place: 1 })

    const first = ids[names.indexOf('Ben')] as ChatId
    await asks('ben', 'chat.end', { chatId: first })
    await scene.settle()
    expect(await whose(ids[4] as ChatId)).toBe('Ben')
    expect(told(chats[4]?.tab as FakeTab)).toMatchObject({
      state: 'active',
      agent: { name: 'Ben' },
    })
    expect(await events(ids[4] as ChatId, 'chat.started')).toMatchObject([{ by: 'system' }])
  })

  test('C8 only who is connected, available and active in the group receives', async () => {
    goes('ben')
    await scene.advance(seconds(11))
    await asks('ada', 'group.setActive', { groupId: scene.ids.supportGroup, active: false })
    const nobody = await scene.visitor()
    const no = await refused(says(nobody.tab, 'chat.start', { text: 'Hello?' }))
    expect(no.code).toBe('no_agents')
    await asks('ada', 'group.setActive', { groupId: scene.ids.supportGroup, active: true })
    await scene.settle()
    for (let n = 0; n < 2; n++) expect(await whose((await someone()).chatId)).toBe('Ada')
    const waiting = await someone()
    expect(await whose(waiting.chatId)).toBe('queued')
    comes('ben')
    await scene.settle()
    expect(await whose(waiting.chatId)).toBe('Ben')
  })

  test('C8 two nodes at once give each chat once and nobody more than a limit allows', async () => {
    goes('ada')
    goes('ben')
    await scene.advance(seconds(11))
    await scene.set('groups', scene.ids.supportGroup, { distribution: 'pull' })
    comes('ada')
    const chats: ChatId[] = []
    for (let n = 0; n < 6; n++) chats.push((await someone()).chatId)
    comes('ben')
    await scene.settle()
    const other = scene.start(createFakePresence({ clock: scene.clock }))
    await other.start()
    await scene.store.commit((tx) =>
      tx
        .updateTable('groups')
        .set({ distribution: 'round_robin' })
        .where('id', '=', scene.ids.supportGroup)
        .execute(),
    )
    await scene.directory.reload()
    await Promise.all([other.sweep(), scene.conversations.sweep()])
    await Promise.all([other.settled(), scene.settle()])
    await other.stop()
    const names = await Promise.all(chats.map(whose))
    expect(names).toEqual([...names.slice(0, 4), 'queued', 'queued'])
    expect(names.slice(0, 4).sort()).toEqual(['Ada', 'Ada', 'Ben', 'Ben'])
    for (const id of chats.slice(0, 4)) expect(await events(id, 'chat.started')).toHaveLength(1)
  })

  test('C8 pull: agents take up to their limit and the group’s; an invited chat comes past both', async () => {
    await scene.set('groups', scene.ids.supportGroup, { distribution: 'pull' })
    const chats: ChatId[] = []
    for (let n = 0; n < 4; n++) chats.push((await someone()).chatId)
    const take = (n: number) => asks('ada', 'chat.take', { chatId: chats[n] as ChatId })
    await take(0)
    await scene.set('groups', scene.ids.supportGroup, { chat_limit: 1 })
    const ofGroup = await refused(take(1))
    expect(ofGroup).toMatchObject({ code: 'limit_reached' })
    expect(ofGroup.message).toContain('1 of 1 chats of Support')
    await scene.set('groups', scene.ids.supportGroup, { chat_limit: null })
    await take(1)
    const own = await refused(take(2))
    expect(own).toMatchObject({ code: 'limit_reached' })
    expect(own.message).toContain('You have 2 of 2 chats')
    const invited = await invitedChat('ada')
    expect(await whose(invited.chatId)).toBe('Ada')
  })
})

async function invitedChat(who: Who) {
  const visitor = await scene.visitor()
  const { id } = await scene.invite(scene.ids[who], visitor.visit)
  await says(visitor.tab, 'invitation.viewed', { invitationId: id })
  const { chatId } = await says(visitor.tab, 'invitation.reply', {
    invitationId: id,
    text: 'Yes, please',
  })
  await scene.settle()
  return { ...visitor, chatId: chatId as ChatId }
}

describe('C8 hand-off', () => {
  const other = (name: string) => (name === 'Ada' ? 'Ben' : 'Ada')
  const key = (name: string) => name.toLowerCase() as Who

  test('C8 no first reply in 60 s: a colleague has it, and everybody is told', async () => {
    const { chatId, tab } = await someone()
    const first = await whose(chatId)
    await scene.advance(seconds(58))
    expect(await whose(chatId)).toBe(first)
    await scene.advance(seconds(2))
    expect(await whose(chatId)).toBe(other(first))
    expect(await events(chatId, 'chat.handed_off')).toMatchObject([
      { reason: 'no_first_reply', by: 'system', fromAgentId: scene.ids[key(first)] },
    ])
    expect(told(tab)).toMatchObject({ state: 'active', agent: { name: other(first) } })
    expect(await chat(chatId)).toMatchObject({ handed_from: scene.ids[key(first)] })
    // The next one has the whole time.
    await scene.advance(seconds(58))
    expect(await whose(chatId)).toBe(other(first))
  })

  test('C8 typing puts it off, an answer ends the wait, a transfer does not start it anew', async () => {
    const { chatId, tab } = await someone()
    const first = await whose(chatId)
    await scene.advance(seconds(50))
    scene.conversations.agentDoors['chat.typing']?.(scene.actor(scene.ids[key(first)]), {
      type: 'chat.typing',
      chatId,
      on: true,
    })
    await scene.advance(seconds(50))
    expect(await whose(chatId)).toBe(first)
    await asks(key(first), 'message.send', { chatId, text: 'It is.' })
    await scene.advance(minutes(30))
    expect(await whose(chatId)).toBe(first)

    await says(tab, 'message.send', { chatId, text: 'Thank you. And washable?' })
    await scene.advance(minutes(4))
    await asks(key(first), 'chat.transfer', {
      chatId,
      groupId: scene.ids.supportGroup,
      agentId: scene.ids[key(other(first))],
    })
    await scene.settle()
    expect(await whose(chatId)).toBe(other(first))
    await scene.advance(minutes(1))
    expect(await whose(chatId)).toBe(first)
    expect(await events(chatId, 'chat.handed_off')).toMatchObject([{ reason: 'no_follow_up' }])
  })

  test('C8 disconnected for 2 minutes; pull returns it to its place in the queue', async () => {
    await scene.set('groups', scene.ids.supportGroup, { distribution: 'pull' })
    const early = await someone()
    const late = await someone()
    await asks('ada', 'chat.take', { chatId: early.chatId })
    await asks('ada', 'message.send', { chatId: early.chatId, text: 'Hello' })
    goes('ada')
    await scene.advance(seconds(119))
    expect(await whose(early.chatId)).toBe('Ada')
    await scene.advance(seconds(2))
    expect(await whose(early.chatId)).toBe('queued')
    expect(await events(early.chatId, 'chat.handed_off')).toMatchObject([{ reason: 'agent_gone' }])
    expect(told(early.tab)).toMatchObject({ state: 'queued', place: 1 })
    expect(told(early.tab)?.agent).toBeUndefined()
    expect(told(late.tab)).toMatchObject({ state: 'queued', place: 2 })
  })

  test('C8 a timer that is off takes nothing', async () => {
    await scene.set('groups', scene.ids.supportGroup, {
      first_reply_seconds: null,
      follow_up_seconds: null,
      gone_seconds: null,
    })
    const { chatId } = await someone()
    const first = await whose(chatId)
    goes(key(first))
    await scene.advance(minutes(60))
    expect(await whose(chatId)).toBe(first)
  })

  test('C8 an invited chat stays with the inviter unless another agent can receive it', async () => {
    goes('ben')
    await scene.advance(seconds(11))
    const { chatId } = await invitedChat('ada')
    goes('ada')
    await scene.advance(minutes(10))
    expect(await whose(chatId)).toBe('Ada')
    comes('ben')
    await scene.advance(seconds(1))
    expect(await whose(chatId)).toBe('Ben')
  })

  test('C8 whoever leaves hands on what is theirs', async () => {
    const chats = [await someone(), await someone()]
    const names = await Promise.all(chats.map(({ chatId }) => whose(chatId)))
    expect([...names].sort()).toEqual(['Ada', 'Ben'])
    expect(await asks('ada', 'chats.handOn', {})).toEqual({ handed: 1 })
    await scene.settle()
    for (const { chatId } of chats) expect(await whose(chatId)).toBe('Ben')
    // Nobody else is there: they wait, and do not come back to who is leaving.
    expect(await asks('ben', 'chats.handOn', {})).toEqual({ handed: 2 })
    await scene.advance(seconds(1))
    for (const { chatId, tab } of chats) {
      expect(await whose(chatId)).toBe('queued')
      expect(told(tab)?.place).toBeGreaterThan(0)
    }
  })
})

describe('C10 hours', () => {
  // The clock began on a Monday at 09:00 UTC and has gone on for a few hours.
  const closed: Hours = {
    timeZone: 'UTC',
    week: Array.from({ length: 7 }, () => [{ from: 360, to: 420 }]),
    holidays: [],
  }
  const face = () => {
    const shop = scene.directory.now.sites.get(scene.ids.shop)
    if (!shop) throw new Error('No shop')
    return scene.presence.face(shop)
  }

  test('C10 outside its hours a department takes no new chats, if it says so; invitations go on', async () => {
    expect(face()).toEqual({ online: true })
    await scene.set('departments', scene.ids.support, { hours: JSON.stringify(closed) })
    expect(face()).toEqual({ online: true })
    await scene.set('departments', scene.ids.support, { closed_outside: 1 })
    const opensAt = face().opensAt ?? 0
    expect(face()).toEqual({ online: false, opensAt })
    expect(new Date(opensAt).toISOString()).toMatch(/T06:00:00\.000Z$/)

    const visitor = await scene.visitor()
    const no = await refused(says(visitor.tab, 'chat.start', { text: 'Hello?' }))
    expect(no.code).toBe('no_agents')
    expect(await whose((await invitedChat('ada')).chatId)).toBe('Ada')

    const looks = scene.presence.looked.length
    scene.clock.set(opensAt)
    await scene.advance(500)
    expect(face()).toEqual({ online: true })
    expect(scene.presence.looked.length).toBeGreaterThan(looks)
  })
})

describe('C3 the queue', () => {
  test('C3 C6 place and wait go down as the queue moves; agents are alerted of it', async () => {
    await scene.set('groups', scene.ids.supportGroup, {
      distribution: 'pull',
      first_reply_seconds: null,
      alert_seconds: 90,
    })
    await scene.set('agents', scene.ids.ada, { chat_limit: 20 })
    const me = await scene.conversations.topics.me?.open(
      scene.actor(scene.ids.ada),
      { topic: 'me' },
      { emit: (event) => Object.assign(state, event), lost: () => {} },
    )
    const state = { ...me?.state } as MeState
    const support = () => state.groups.find(({ id }) => id === scene.ids.supportGroup)

    for (let n = 0; n < 3; n++) {
      const { chatId } = await someone()
      await scene.advance(seconds(40))
      await asks('ada', 'chat.take', { chatId })
      await scene.settle()
    }
    scene.clock.advance(seconds(3))
    const [first, second] = [await someone(), await someone()]
    expect(told(first.tab)).toMatchObject({ place: 1, waitMs: seconds(40) })
    expect(told(second.tab)).toMatchObject({ place: 2, waitMs: seconds(80) })
    expect(support()).toMatchObject({ waiting: 2, alert: false, alertAfterMs: seconds(90) })
    await scene.advance(seconds(91))
    expect(support()).toMatchObject({ waiting: 2, alert: true })
    await asks('ada', 'chat.take', { chatId: first.chatId })
    await scene.settle()
    expect(told(second.tab)).toMatchObject({ place: 1 })
    expect(support()?.waiting).toBe(1)
    me?.close()
  })
})
