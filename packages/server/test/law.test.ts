import type {
  ChatId,
  ColleaguesState,
  GroupId,
  InvitationId,
  Topic,
  TopicName,
  VisitId,
} from '@beckon/protocol'
import { expect, test } from 'vitest'
import { aPage } from './floor.ts'
import { holdToLaw } from './law.ts'
import { granted, openWhole } from './whole.ts'

const COLLEAGUE = { email: 'ben@example.com', password: 'copper-lantern-52-frog' }
const EVERYBODY = { match: 'all', conditions: [] } as const

const TOPICS: Topic[] = [
  {
    topic: 'window',
    filter: { ...EVERYBODY, conditions: [] },
    sort: { by: 'started', dir: 'desc' },
    offset: 0,
    limit: 50,
  },
  {
    topic: 'window',
    filter: { match: 'all', conditions: [{ field: 'hits', op: 'greater', value: '1' }] },
    sort: { by: 'visitor', dir: 'asc' },
    offset: 1,
    limit: 2,
  },
  { topic: 'counts' },
  { topic: 'map' },
  { topic: 'chats' },
  { topic: 'me' },
  { topic: 'colleagues' },
]

/** Where each topic is held to the law: a new one has to be put here, and into one of these tests. */
const HELD: Record<TopicName, 'here' | 'filters.test.ts' | 'offline.test.ts'> = {
  window: 'here',
  counts: 'here',
  map: 'here',
  visit: 'here',
  visitor: 'here',
  values: 'here',
  chats: 'here',
  chat: 'here',
  board: 'here',
  me: 'here',
  filters: 'filters.test.ts',
  colleagues: 'here',
  offline: 'offline.test.ts',
}

test('I17 R8 what two consoles followed equals what they would be given, after every command', {
  timeout: 120_000,
}, async () => {
  await using whole = await openWhole({
    geo: {
      '198.51.100.7': { country: 'GB', city: 'London', lat: 51.5, lon: -0.1 },
      '198.51.100.8': { country: 'DE', city: 'Berlin', lat: 52.5, lon: 13.4 },
    },
  })
  const cookie = await whole.signIn()
  const [group] = [...whole.app.directory.now.groups.values()]
  const groupId = group?.id as GroupId
  const ben = await whole.rest<{ id: string }>(
    'POST',
    '/agents',
    { ...COLLEAGUE, name: 'Ben', chatName: 'Ben', roles: ['agent'] },
    cookie,
  )
  const ada = await whole.agent(cookie)
  await whole.rest('PATCH', `/groups/${groupId}`, { memberIds: [ada.agentId, ben.id] }, cookie)
  const benLine = await whole.agent(await whole.signIn(COLLEAGUE))
  const laws = [await holdToLaw(whole, ada, TOPICS), await holdToLaw(whole, benLine, TOPICS)]
  await laws[0]?.follow({ topic: 'board' })
  const followAll = async (topic: Topic) => {
    for (const law of laws) await law.follow(topic)
  }
  const after = async (what: string) => {
    for (const law of laws) await law.holds(what)
  }

  const kim = await whole.visitor({ ip: '198.51.100.7' })
  await after('a visitor arrives')
  const visitId = kim.welcome.visit
  await followAll({ topic: 'visit', visitId })
  await followAll({ topic: 'values', visitId })
  const [{ visitorId }] = [granted(await ada.look({ topic: 'visit', visitId })).row]
  await followAll({ topic: 'visitor', visitorId })
  const { noteId } = granted(
    await ada.ask<'visitor.note'>({ type: 'visitor.note', visitorId, text: 'Asked for an offer.' }),
  )
  await after('visitor.note')
  granted(await ada.ask({ type: 'note.edit', noteId, text: 'Asked for two offers.' }))
  await after('note.edit')
  const { tag } = granted(
    await benLine.ask<'visitor.tag'>({ type: 'visitor.tag', visitorId, name: 'Trade' }),
  )
  await after('visitor.tag')
  kim.say({ type: 'page', page: aPage({ title: 'Pricing', url: 'http://127.0.0.1:5999/pricing' }) })
  await after('page')
  kim.say({ type: 'identify', identity: { name: 'Kim', attributes: { plan: 'free' } } })
  await after('identify')
  granted(await benLine.ask({ type: 'visitor.untag', visitorId, tagId: tag.id }))
  await after('visitor.untag')
  granted(await ada.ask({ type: 'note.delete', noteId }))
  await after('note.delete')
  const lee = await whole.visitor({ ip: '198.51.100.8' })
  await after('another arrives')
  const second = await whole.visitor({
    ip: '198.51.100.7',
    token: kim.welcome.token as string,
    visit: visitId,
    page: aPage({ title: 'Second tab' }),
  })
  await after('a second tab')
  kim.say({ type: 'attention', visible: true, focused: true, active: true })
  await after('attention')

  benLine.say({ type: 'attend', looking: [visitId, lee.welcome.visit], writing: [] })
  await after('a colleague looks')
  expect(laws.map(colleaguesIn)).toEqual([['Ben looking', 'Ben looking'], []])
  benLine.say({ type: 'attend', looking: [lee.welcome.visit], writing: [visitId] })
  await after('and writes')
  expect(laws.map(colleaguesIn)).toEqual([['Ben looking', 'Ben writing'], []])
  await whole.pass(20_000)
  ada.say({ type: 'attend', looking: [visitId], writing: [] })
  await whole.pass(12_000)
  await after('a claim not said again is over')
  expect(laws.map(colleaguesIn)).toEqual([[], [expect.stringMatching(/ looking$/)]])
  const elsewhere = await whole.agent(cookie)
  elsewhere.say({ type: 'attend', looking: [], writing: [lee.welcome.visit] })
  await after('a second console of the same agent')
  expect(laws.map(colleaguesIn)[1]).toHaveLength(2)
  elsewhere.socket.terminate()
  await laws[1]?.until(
    'the claim to go with its console',
    () => laws.map(colleaguesIn)[1]?.length === 1,
  )
  await after('a console goes')

  const send = async (to: VisitId, more: { replace?: InvitationId; again?: true } = {}) => {
    const values = granted(await ada.look({ topic: 'values', visitId: to }))
    const answer = await ada.ask<'invitation.send'>({
      type: 'invitation.send',
      visitId: to,
      groupId,
      template: 'Hello #displayname|there#!',
      version: values.version,
      ...more,
    })
    await after('invitation.send')
    return granted(answer).invitation.id
  }
  const first = await send(visitId)
  second.say({ type: 'invitation.delivered', invitationId: first })
  await after('invitation.delivered')
  second.say({ type: 'invitation.viewed', invitationId: first })
  await after('invitation.viewed')
  second.say({ type: 'invitation.typing', invitationId: first })
  await after('invitation.typing')
  await whole.pass(6_000)
  await after('the typing sign has gone')
  granted(await second.ask({ type: 'invitation.keep', invitationId: first }))
  await after('invitation.keep')
  const replacing = await send(visitId, { replace: first })
  granted(await ada.ask({ type: 'invitation.withdraw', invitationId: replacing }))
  await after('invitation.withdraw')
  const declined = await send(visitId)
  granted(await kim.ask({ type: 'invitation.decline', invitationId: declined }))
  await after('invitation.decline')
  const ignored = await send(visitId, { again: true })
  kim.say({ type: 'invitation.viewed', invitationId: ignored })
  await after('invitation.viewed again')
  await whole.pass(121_000)
  await after('it was ignored')

  const accepted = await send(visitId, { again: true })
  const { chatId } = granted(
    await kim.ask({ type: 'invitation.reply', invitationId: accepted, text: 'Hello Ada' }),
  )
  expect(chatId).toBeDefined()
  await followAll({ topic: 'chat', chatId: chatId as ChatId })
  await after('invitation.reply')
  const chat = { chatId: chatId as ChatId }
  granted(await ada.ask({ type: 'message.send', ...chat, text: 'Hello Kim' }))
  await after('message.send of the agent')
  kim.say({ type: 'chat.open', ...chat, after: 0 })
  granted(await kim.ask({ type: 'message.send', ...chat, text: 'One question' }))
  await after('message.send of the visitor')
  kim.say({ type: 'chat.typing', ...chat, on: true })
  await after('chat.typing of the visitor')
  kim.say({ type: 'chat.seen', ...chat, seq: 3 })
  await after('chat.seen of the visitor')
  ada.say({ type: 'chat.typing', ...chat, on: true })
  await after('chat.typing of the agent')
  kim.say({ type: 'chat.delivered', ...chat, seq: 4 })
  await after('chat.delivered of the visitor')
  ada.say({ type: 'chat.delivered', ...chat, seq: 4 })
  await after('chat.delivered of the agent')
  ada.say({ type: 'chat.seen', ...chat, seq: 4 })
  await after('chat.seen of the agent')
  await whole.pass(12_000)
  await after('nobody types any more')
  granted(await ada.ask({ type: 'chat.end', ...chat }))
  await after('chat.end of the agent')

  const asked = granted(await lee.ask({ type: 'chat.start', text: 'Anybody?', name: 'Lee' }))
  await after('chat.start')
  granted(await benLine.ask({ type: 'chat.take', chatId: asked.chatId as ChatId }))
  await after('chat.take')
  expect(await ada.ask({ type: 'chat.take', chatId: asked.chatId as ChatId })).toMatchObject({
    refused: 'already_taken',
  })
  await after('a refusal')
  granted(await lee.ask({ type: 'chat.end', chatId: asked.chatId as ChatId }))
  await after('chat.end of the visitor')

  granted(await benLine.ask({ type: 'availability.set', available: false }))
  await after('availability.set')
  granted(await benLine.ask({ type: 'group.setActive', groupId, active: false }))
  await after('group.setActive')
  const website = whole.site('website')
  await whole.rest('PATCH', `/sites/${website.id}`, { name: 'The shop' }, cookie)
  await after('a site is renamed')
  await whole.rest('PATCH', `/groups/${groupId}`, { memberIds: [ada.agentId] }, cookie)
  await after('an agent loses their only group')
  expect(laws.map((law) => law.closed)).toEqual([[], ['visit', 'values', 'visitor', 'chat']])

  const forLee = await send(lee.welcome.visit)
  await lee.leave()
  await after('a visitor leaves')
  await whole.pass(12_000)
  await after('and is pending')
  await whole.pass(601_000)
  await after('the invitation expired unseen')
  expect((await rowOf(forLee))?.state).toBe('expired')
  granted(await ada.ask({ type: 'visit.stop', visitId }))
  await after('visit.stop')
  granted(await ada.ask({ type: 'visit.remove', visitId: lee.welcome.visit }))
  await after('visit.remove')
  await whole.pass(65_000)
  await after('who was removed is gone')
  await whole.pass(1_000_000)
  await after('everybody has idled out')

  expect(laws[0]?.closed).toEqual([])
  const here = Object.entries(HELD).filter(([, where]) => where === 'here')
  expect(new Set(laws[0]?.topics)).toEqual(new Set(here.map(([name]) => name)))
  expect(whole.faults).toEqual([])

  function colleaguesIn(law: (typeof laws)[number]) {
    const { colleagues } = law.stateOf('colleagues') as ColleaguesState
    return Object.values(colleagues)
      .map(({ name, doing }) => `${name} ${doing}`)
      .sort()
  }

  function rowOf(id: InvitationId) {
    return whole.app.store.read((db) =>
      db.selectFrom('invitations').select('state').where('id', '=', id).executeTakeFirst(),
    )
  }
})
