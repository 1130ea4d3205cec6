import type {
  AgentCommand,
  CommandResult,
  MeEvent,
  MeState,
  ValuesState,
  VisitorFrame,
  VisitorServerFrame,
} from '@beckon/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPlaces } from '../../src/chats/routing/places.ts'
import { newId } from '../../src/ids.ts'
import type { Refusal } from '../../src/refusal.ts'
import type { FakeTab } from './fake-presence.ts'
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

type Frame<T extends VisitorFrame['type']> = Omit<Extract<VisitorFrame, { type: T }>, 'type' | 'id'>
const says = <T extends VisitorFrame['type']>(
  tab: FakeTab,
  type: T,
  frame: Frame<T>,
  id = newId<string>(),
) => {
  const door = scene.conversations.visitorDoors[type] as
    | ((tab: FakeTab, frame: object) => Promise<{ seq?: number; chatId?: never }>)
    | undefined
  if (!door) throw new Error(`No door ${type}`)
  return door(tab, { type, id, ...frame })
}
type Ask<T extends AgentCommand['type']> = Omit<Extract<AgentCommand, { type: T }>, 'type' | 'id'>
const asks = <T extends AgentCommand['type']>(
  who: 'ada' | 'ben' | 'mia' | 'sal' | 'oto',
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
const refusal = (work: Promise<unknown>): Promise<Refusal> =>
  work.then(
    () => {
      throw new Error('It was not refused')
    },
    (error: Refusal) => error,
  )
const heard = <T extends VisitorServerFrame['type']>(tab: FakeTab, type: T) =>
  tab.heard.filter((frame) => frame.type === type) as Extract<VisitorServerFrame, { type: T }>[]

describe('sending', () => {
  test('I8 of two agents who send at once one wins; the other hears who and when', async () => {
    const { visit } = await scene.visitor()
    const [ada, mia] = await Promise.all([
      scene.values(scene.ids.ada, visit.id),
      scene.values(scene.ids.mia, visit.id),
    ])
    const answers = await Promise.allSettled([
      scene.invite(scene.ids.ada, visit, { version: ada.version }),
      scene.invite(scene.ids.mia, visit, { version: mia.version }),
    ])
    expect(answers.map((answer) => answer.status)).toEqual(['fulfilled', 'rejected'])
    const refused = (answers[1] as PromiseRejectedResult).reason as Refusal
    expect(refused).toMatchObject({
      code: 'visitor_invited',
      details: { invitation: { agentName: 'Ada', recipient: 'Visitor 4F2A' } },
    })
  })

  test('S29 a preview that is gone is refused with the fresh values, which then work', async () => {
    const { visit } = await scene.visitor()
    const old = await scene.values(scene.ids.ada, visit.id)
    await scene.advance(61_000)
    const refused = await refusal(scene.invite(scene.ids.ada, visit, { version: old.version }))
    expect(refused.code).toBe('preview_stale')
    const { values } = refused.details as { values: ValuesState }
    const sent = await scene.invite(scene.ids.ada, visit, { version: values.version })
    expect(sent.state).toBe('sent')
  })

  test('S29 the version previewed is what is sent, though the visitor went on to another page', async () => {
    const { visit } = await scene.visitor({ row: { title: 'Saddles' } })
    const { version } = await scene.values(scene.ids.ada, visit.id)
    scene.presence.navigate(visit, { title: 'Checkout' })
    const sent = await scene.invite(scene.ids.ada, visit, { version, template: 'On #pagetitle#' })
    expect(sent.text).toBe('On Saddles')
  })

  test('S29 a version is only for the agent and the visitor it was made for', async () => {
    const { visit } = await scene.visitor()
    const other = await scene.visitor()
    const { version } = await scene.values(scene.ids.ada, visit.id)
    expect((await refusal(scene.invite(scene.ids.ben, visit, { version }))).code).toBe(
      'preview_stale',
    )
    expect((await refusal(scene.invite(scene.ids.ada, other.visit, { version }))).code).toBe(
      'preview_stale',
    )
  })

  test('S25 nothing to say and too long are refused by name', async () => {
    const { visit } = await scene.visitor({ row: { title: 'x'.repeat(300) } })
    expect(
      (await refusal(scene.invite(scene.ids.ada, visit, { template: ' #email# ' }))).code,
    ).toBe('nothing_to_say')
    const long = '#pagetitle# '.repeat(14)
    expect((await refusal(scene.invite(scene.ids.ada, visit, { template: long }))).code).toBe(
      'too_long',
    )
  })

  test('I13 the same command again, after a restart too, is one invitation and one answer', async () => {
    const { visit } = await scene.visitor()
    const { version } = await scene.values(scene.ids.ada, visit.id)
    const id = newId<string>()
    const first = await scene.invite(scene.ids.ada, visit, { id, version })
    await scene.restart()
    expect(await scene.invite(scene.ids.ada, visit, { id, version })).toEqual(first)
    const other = scene.invite(scene.ids.ada, visit, { id, version, template: 'Another text' })
    expect((await refusal(other)).code).toBe('client_id_reused')
  })

  test('W14 a visitor of another brand looks like one who has left', async () => {
    const { visit } = await scene.visitor()
    const { version } = await scene.values(scene.ids.ada, visit.id)
    expect((await refusal(scene.invite(scene.ids.oto, visit, { version }))).code).toBe(
      'visitor_gone',
    )
    expect((await refusal(scene.values(scene.ids.oto, visit.id))).code).toBe('not_found')
  })
})

describe('the card', () => {
  test('I11 a new page gets it with the time that is left, and a late acknowledgment takes it away', async () => {
    const { visit, tab } = await scene.visitor()
    const invitation = await scene.invite(scene.ids.ada, visit)
    await says(tab, 'invitation.viewed', { invitationId: invitation.id })
    await scene.advance(30_000)
    const next = await scene.presence.openTab(visit)
    expect(next.welcome.invitation).toMatchObject({ state: 'viewed', remainingMs: 90_000 })
    await says(tab, 'invitation.decline', { invitationId: invitation.id })
    expect(heard(next, 'invitation.ended')).toHaveLength(1)
    await says(next, 'invitation.viewed', { invitationId: invitation.id })
    expect(heard(next, 'invitation.ended')).toHaveLength(2)
  })

  test('I5 keystrokes hold the deadline, are written at most every 10 s and leave no event', async () => {
    const { visit, tab } = await scene.visitor()
    const { id } = await scene.invite(scene.ids.ada, visit)
    await says(tab, 'invitation.viewed', { invitationId: id })
    await scene.advance(100_000)
    for (let n = 0; n < 6; n++) {
      await says(tab, 'invitation.typing', { invitationId: id })
      await scene.advance(2_000)
    }
    await scene.advance(10_000)
    const row = await scene.store.read((db) =>
      db.selectFrom('invitations').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    )
    // The last keystroke came 110 s after viewing.
    expect(row.deadline).toBe((row.viewed_at ?? 0) + 170_000)
    const events = await scene.store.read((db) =>
      db.selectFrom('events').select('type').where('subject_id', '=', id).execute(),
    )
    expect(events.map((event) => event.type)).not.toContain('invitation.typing')
  })

  test('I12 two tabs reply at once: one chat with both texts once', async () => {
    const { visit, tab } = await scene.visitor()
    const second = await scene.presence.openTab(visit)
    const { id } = await scene.invite(scene.ids.ada, visit)
    const answers = await Promise.all([
      says(tab, 'invitation.reply', { invitationId: id, text: 'From one' }),
      says(second, 'invitation.reply', { invitationId: id, text: 'From two' }),
    ])
    expect(answers.map((answer) => answer.seq)).toEqual([2, 3])
    expect(answers[0]?.chatId).toBe(answers[1]?.chatId)
  })

  test('DESIGN §5 an inviter disabled meanwhile: the group’s queue, with the reason', async () => {
    const { visit, tab } = await scene.visitor()
    const { id } = await scene.invite(scene.ids.ben, visit)
    await scene.set('agents', scene.ids.ben, { disabled: 1 })
    const { chatId } = await says(tab, 'invitation.reply', { invitationId: id, text: 'Yes' })
    await scene.set('agents', scene.ids.ben, { disabled: 0 })
    const chat = await scene.store.read((db) =>
      db
        .selectFrom('chats')
        .selectAll()
        .where('id', '=', chatId as never)
        .executeTakeFirstOrThrow(),
    )
    expect(chat).toMatchObject({
      state: 'queued',
      agent_id: null,
      assigned_reason: 'inviter_disabled',
    })
  })

  test('DESIGN §5 its group deleted meanwhile: the department’s front-line group', async () => {
    const { visit, tab } = await scene.visitor()
    const { id } = await scene.invite(scene.ids.ben, visit, { groupId: scene.ids.supportSecond })
    await scene.store.commit((tx) =>
      tx.deleteFrom('groups').where('id', '=', scene.ids.supportSecond).execute(),
    )
    await scene.directory.reload()
    const { chatId } = await says(tab, 'invitation.reply', { invitationId: id, text: 'Yes' })
    const chat = await scene.store.read((db) =>
      db
        .selectFrom('chats')
        .selectAll()
        .where('id', '=', chatId as never)
        .executeTakeFirstOrThrow(),
    )
    expect(chat).toMatchObject({ group_id: scene.ids.supportGroup, agent_id: scene.ids.ben })
  })

  test('E1 a site switched off fails its open invitations', async () => {
    const { visit, tab } = await scene.visitor({ siteId: scene.ids.blog })
    await scene.invite(scene.ids.ada, visit)
    await scene.set('sites', scene.ids.blog, { off: 1 })
    await scene.set('sites', scene.ids.blog, { off: 0 })
    expect(heard(tab, 'invitation.ended')).toMatchObject([{ state: 'failed', reason: 'site_off' }])
  })

  test('W21 consent withdrawn fails an open invitation, and what it was is kept', async () => {
    const { visit, tab } = await scene.visitor()
    const { id } = await scene.invite(scene.ids.ada, visit)
    await says(tab, 'invitation.viewed', { invitationId: id })
    await says(tab, 'consent.withdrawn', {})
    expect(heard(tab, 'invitation.ended')).toMatchObject([
      { invitationId: id, state: 'failed', reason: 'consent_withdrawn' },
    ])
    await says(tab, 'consent.withdrawn', {})
    expect(heard(tab, 'invitation.ended')).toHaveLength(1)
  })
})

describe('chats', () => {
  const queued = async () => {
    const { visit, tab } = await scene.visitor()
    const { chatId } = await says(tab, 'chat.start', { text: 'Hello?' })
    if (!chatId) throw new Error('No chat')
    return { visit, tab, chatId }
  }

  test('C3 two agents take at once: one gets it, the other is told', async () => {
    const { chatId } = await queued()
    const answers = await Promise.allSettled([
      asks('ada', 'chat.take', { chatId }),
      asks('mia', 'chat.take', { chatId }),
    ])
    expect(answers.map((answer) => answer.status)).toEqual(['fulfilled', 'rejected'])
    expect((answers[1] as PromiseRejectedResult).reason).toMatchObject({ code: 'already_taken' })
  })

  test('T3 another department, another brand and another visitor find no such chat', async () => {
    const { chatId } = await queued()
    const other = await scene.visitor()
    const works = [
      asks('sal', 'message.send', { chatId, text: 'x' }),
      asks('oto', 'chat.take', { chatId }),
      says(other.tab, 'chat.open', { chatId, after: 0 }),
      says(other.tab, 'message.send', { chatId, text: 'x' }),
    ]
    for (const work of works) expect((await refusal(work)).code).toBe('not_found')
  })

  test('C11 the first reply is when an agent first writes, not the invitation', async () => {
    const { visit, tab } = await scene.visitor()
    const { id } = await scene.invite(scene.ids.ada, visit)
    const { chatId } = await says(tab, 'invitation.reply', { invitationId: id, text: 'Yes' })
    if (!chatId) throw new Error('No chat')
    await scene.advance(7_000)
    const before = await scene.store.read((db) =>
      db.selectFrom('chats').selectAll().where('id', '=', chatId).executeTakeFirstOrThrow(),
    )
    expect(before.first_reply_at).toBeNull()
    const { at } = await asks('ada', 'message.send', { chatId, text: 'Hi' })
    await asks('ada', 'message.send', { chatId, text: 'Again' })
    const after = await scene.store.read((db) =>
      db.selectFrom('chats').selectAll().where('id', '=', chatId).executeTakeFirstOrThrow(),
    )
    expect(after.first_reply_at).toBe(at)
  })

  test('R4 the same message again gives the same number; another text under its id is refused', async () => {
    const { tab, chatId } = await queued()
    const id = newId<string>()
    const first = await says(tab, 'message.send', { chatId, text: 'One' }, id)
    expect(await says(tab, 'message.send', { chatId, text: 'One' }, id)).toEqual(first)
    const other = says(tab, 'message.send', { chatId, text: 'Two' }, id)
    expect((await refusal(other)).code).toBe('client_id_reused')
  })

  test('C5 typing ends by itself after 6 s', async () => {
    const { tab, chatId } = await queued()
    await asks('ada', 'chat.take', { chatId })
    await says(tab, 'chat.open', { chatId, after: 0 })
    scene.conversations.agentDoors['chat.typing']?.(scene.actor(scene.ids.ada), {
      type: 'chat.typing',
      chatId,
      on: true,
    })
    await scene.settle()
    await scene.advance(6_000)
    const typing = heard(tab, 'chat.event').map((frame) => frame.event.typing)
    expect(typing.filter((on) => on !== undefined)).toEqual([true, false])
  })

  test('C3 the queue place of those behind moves up when one is taken', async () => {
    const first = await queued()
    const second = await queued()
    await scene.settle()
    const place = () => heard(second.tab, 'chat').at(-1)?.chat.place ?? 0
    const before = place()
    await asks('ada', 'chat.take', { chatId: first.chatId })
    await scene.settle()
    expect(place()).toBe(before - 1)
  })

  test('C3 who was taken since their chat was read has no place in the queue', async () => {
    const { chatId } = await queued()
    const read = () =>
      scene.store.read((db) =>
        db.selectFrom('chats').selectAll().where('id', '=', chatId).executeTakeFirstOrThrow(),
      )
    const waiting = await read()
    const placesOf = createPlaces({ clock: scene.clock })
    const place = async () =>
      (await scene.store.read((db) => placesOf(db, [waiting]))).get(waiting.id)?.place
    expect(await place()).toBeGreaterThan(0)
    await asks('ada', 'chat.take', { chatId })
    expect(await place()).toBeUndefined()
  })

  test('C3 a tab that opens its queued chat at once still hears that there is one', async () => {
    const { tab } = await scene.visitor()
    const { chatId } = await says(tab, 'chat.start', { text: 'Is it waterproof?' })
    await says(tab, 'chat.open', { chatId: chatId as never, after: 0 })
    await scene.settle()
    expect(heard(tab, 'chat').at(-1)?.chat).toMatchObject({ id: chatId, state: 'queued' })
  })

  test('E2 with nobody to receive it a chat does not start, and the link is offline', async () => {
    const { tab } = await scene.visitor()
    const all = ['ada', 'ben', 'mia', 'sal'] as const
    for (const who of all) await asks(who, 'availability.set', { available: false })
    expect((await refusal(says(tab, 'chat.start', { text: 'Hello?' }))).code).toBe('no_agents')
    for (const who of all) await asks(who, 'availability.set', { available: true })
  })
})

test('W11 an agent hears of every step of their invitation', async () => {
  const { visit, tab } = await scene.visitor()
  const states: string[] = []
  let mine: MeState['invitations'] = []
  const hear = (event: MeEvent) => {
    mine = event.invitations ?? mine
    const state = mine.find((one) => one.visitId === visit.id)?.state
    if (state && states.at(-1) !== state) states.push(state)
  }
  const me = await scene.conversations.topics.me?.open(
    scene.actor(scene.ids.ada),
    { topic: 'me' },
    { emit: hear, lost: () => {} },
  )
  const { id } = await scene.invite(scene.ids.ada, visit)
  await scene.settle()
  await says(tab, 'invitation.delivered', { invitationId: id })
  await scene.settle()
  await says(tab, 'invitation.viewed', { invitationId: id })
  await scene.settle()
  await says(tab, 'invitation.decline', { invitationId: id })
  await scene.settle()
  me?.close()
  expect(states).toEqual(['sent', 'delivered', 'viewed', 'declined'])
})
