import type {
  ChatId,
  GroupId,
  InvitationView,
  MeState,
  ValuesState,
  VisitId,
  VisitorServerFrame,
  VisitState,
} from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { type AgentLine, granted, openWhole, type VisitorLine, type Whole } from './whole.ts'

/* The rules of invitations and their chats on the real list of visits, asked from outside. */

const minutes = (n: number) => n * 60_000

describe('an invitation on the real list', () => {
  test('S37 S44 S45 the clock starts when it is seen, and two minutes later it is ignored', async () => {
    await using whole = await openWhole()
    const { ada, kim, invitation } = await invited(whole)
    await whole.pass(minutes(5))
    expect(heard(kim, 'invitation.ended')).toEqual([])
    kim.say({ type: 'invitation.viewed', invitationId: invitation.id })
    await whole.settled()
    expect(heard(kim, 'invitation').at(-1)?.invitation).toMatchObject({ remainingMs: 120_000 })
    await whole.pass(119_000)
    expect(heard(kim, 'invitation.ended')).toEqual([])
    await whole.pass(1_000)
    expect(heard(kim, 'invitation.ended')).toMatchObject([{ state: 'ignored' }])
    expect(await mine(ada)).toMatchObject([{ id: invitation.id, state: 'ignored' }])
    expect((await row(ada, kim)).invitation).toMatchObject({ state: 'ignored' })
  })

  test('S38 S39 S40 S43 the first reply starts a chat of the inviter, who is away', async () => {
    await using whole = await openWhole()
    const { ada, kim, invitation } = await invited(whole)
    granted(await ada.ask({ type: 'availability.set', available: false }))
    const { chatId } = await replies(kim, invitation, 'Yes, please')
    await whole.settled()
    const chat = granted(await ada.look({ topic: 'chat', chatId }))
    expect(chat).toMatchObject({
      chat: { state: 'active', agentId: ada.agentId, invitationId: invitation.id },
      visitorHere: true,
    })
    expect(chat.messages.map(({ seq, from, text }) => [seq, from, text])).toEqual([
      [1, 'agent', 'Hello, can I help?'],
      [2, 'visitor', 'Yes, please'],
    ])
    expect((await row(ada, kim)).chat).toMatchObject({ id: chatId, state: 'active' })
    // W11 the inviter hears at once how the reply begins.
    expect(await mine(ada)).toMatchObject([{ state: 'accepted', chatId, reply: 'Yes, please' }])
  })

  test('W12 after a no thanks another one goes out only from somebody who knows of it', async () => {
    await using whole = await openWhole()
    const { ada, kim, invitation } = await invited(whole)
    kim.say({ type: 'invitation.viewed', invitationId: invitation.id })
    await whole.settled()
    granted(await kim.ask({ type: 'invitation.decline', invitationId: invitation.id }))
    await whole.settled()
    const visitId = kim.welcome.visit
    const values = granted(await ada.look({ topic: 'values', visitId }))
    expect(values).toMatchObject({ askFirst: true, past: [{ state: 'declined' }] })
    expect(await ada.ask<'invitation.send'>(sending(visitId, values))).toMatchObject({
      refused: 'invited_before',
    })
    granted(await ada.ask<'invitation.send'>({ ...sending(visitId, values), again: true }))
  })

  test('I11 a tab opened meanwhile has it with the time that is left; answered in one it leaves all', async () => {
    await using whole = await openWhole()
    const { kim, invitation } = await invited(whole)
    kim.say({ type: 'invitation.viewed', invitationId: invitation.id })
    await whole.settled()
    await whole.pass(20_000)
    const tab = await whole.visitor(sameBrowser(kim))
    expect(tab.welcome.visit).toBe(kim.welcome.visit)
    expect(tab.welcome.invitation).toMatchObject({ id: invitation.id, state: 'viewed' })
    // Opening a tab takes a moment of its own.
    const left = tab.welcome.invitation?.remainingMs ?? 0
    expect(left).toBeLessThanOrEqual(100_000)
    expect(left).toBeGreaterThan(99_000)
    granted(await tab.ask({ type: 'invitation.decline', invitationId: invitation.id }))
    await whole.settled()
    for (const one of [kim, tab]) {
      expect(heard(one, 'invitation.ended')).toMatchObject([{ state: 'declined' }])
    }
  })

  test('I12 two tabs that reply at once make one chat with both lines', async () => {
    await using whole = await openWhole()
    const { ada, kim, invitation } = await invited(whole)
    const tab = await whole.visitor(sameBrowser(kim))
    const [one, two] = await Promise.all([
      replies(kim, invitation, 'From one tab'),
      replies(tab, invitation, 'From the other'),
    ])
    expect(one.chatId).toBe(two.chatId)
    await whole.settled()
    const { messages } = granted(await ada.look({ topic: 'chat', chatId: one.chatId }))
    expect(messages.map(({ seq }) => seq)).toEqual([1, 2, 3])
    expect(
      messages
        .slice(1)
        .map(({ text }) => text)
        .sort(),
    ).toEqual(['From one tab', 'From the other'])
  })

  test('a chat the visitor starts supersedes it', async () => {
    await using whole = await openWhole()
    const { ada, kim, invitation } = await invited(whole)
    granted(await kim.ask({ type: 'chat.start', text: 'Hello?' }))
    await whole.settled()
    expect(heard(kim, 'invitation.ended')).toMatchObject([
      { invitationId: invitation.id, state: 'withdrawn', reason: 'superseded' },
    ])
    expect(await mine(ada)).toMatchObject([{ state: 'withdrawn', reason: 'superseded' }])
    expect((await row(ada, kim)).chat).toMatchObject({ state: 'queued' })
  })

  test('a visit taken out of the list takes its invitation along', async () => {
    await using whole = await openWhole()
    const { ada, kim, invitation } = await invited(whole)
    granted(await ada.ask({ type: 'visit.remove', visitId: kim.welcome.visit }))
    await whole.settled()
    expect(await mine(ada)).toMatchObject([{ id: invitation.id, state: 'expired', reason: 'left' }])
  })

  test('an open invitation keeps its visit in the list past the idle limit, and no longer', async () => {
    await using whole = await openWhole()
    const ada = await whole.agent(await whole.signIn())
    const kim = await whole.visitor()
    await whole.pass(minutes(14))
    await invites(whole, ada, kim)
    await whole.pass(minutes(9))
    expect((await row(ada, kim)).status).toBe('active')
    await whole.pass(minutes(2))
    expect(await mine(ada)).toMatchObject([{ state: 'expired', reason: 'not_viewed' }])
    expect((await row(ada, kim)).status).toBe('removed')
  })

  test('W2 a visitor who lost the connection is invited still, and has the card when they are back', async () => {
    await using whole = await openWhole()
    const { ada, kim, invitation } = await invited(whole)
    await kim.leave()
    await whole.pass(30_000)
    expect(await row(ada, kim)).toMatchObject({
      status: 'pending',
      invitation: { state: 'sent' },
    })
    const back = await whole.visitor(sameBrowser(kim))
    expect(back.welcome).toMatchObject({
      visit: kim.welcome.visit,
      invitation: { id: invitation.id, state: 'sent' },
    })
  })

  test('another person in front of the browser sees neither invitation nor chat of the one before', async () => {
    await using whole = await openWhole()
    const { ada, kim, invitation } = await invited(whole, {
      identity: { email: 'kim@example.com' },
    })
    const { chatId } = await replies(kim, invitation, 'My order 4711')
    kim.say({ type: 'identify', identity: null })
    await kim.next('reset')
    const { token, visit } = await kim.next('token')
    expect(visit).not.toBe(kim.welcome.visit)
    expect(await kim.ask({ type: 'message.send', chatId, text: 'Still me?' })).toMatchObject({
      refused: 'not_found',
    })
    const next = await whole.visitor({ token, visit })
    expect([next.welcome.invitation, next.welcome.chat]).toEqual([undefined, undefined])
    await whole.settled()
    // The chat itself stays where it is, for the inviter.
    expect(granted(await ada.look({ topic: 'chat', chatId }))).toMatchObject({
      chat: { state: 'active' },
      visitorHere: false,
    })
  })

  test('S46 R1 a restart in between moves nothing: the deadline is a row', async () => {
    await using whole = await openWhole()
    const { kim, invitation } = await invited(whole)
    kim.say({ type: 'invitation.viewed', invitationId: invitation.id })
    await whole.settled()
    whole.clock.advance(60_000)
    await whole.restart()
    const back = await whole.visitor(sameBrowser(kim))
    const left = back.welcome.invitation?.remainingMs ?? 0
    expect(left).toBeLessThanOrEqual(60_000)
    expect(left).toBeGreaterThan(55_000)
    await whole.pass(60_000)
    expect(heard(back, 'invitation.ended')).toMatchObject([{ state: 'ignored' }])
  })

  test('W16 a program is not invited', async () => {
    await using whole = await openWhole()
    const ada = await whole.agent(await whole.signIn())
    const robot = await whole.visitor({ robot: true })
    const values = granted(await ada.look({ topic: 'values', visitId: robot.welcome.visit }))
    expect(await ada.ask<'invitation.send'>(sending(robot.welcome.visit, values))).toMatchObject({
      refused: 'not_allowed',
    })
    expect(heard(robot, 'invitation')).toEqual([])
  })
})

async function invited(whole: Whole, hello: Parameters<Whole['visitor']>[0] = {}) {
  const ada = await whole.agent(await whole.signIn())
  const kim = await whole.visitor(hello)
  const invitation = await invites(whole, ada, kim)
  return { ada, kim, invitation }
}

async function invites(whole: Whole, ada: AgentLine, kim: VisitorLine): Promise<InvitationView> {
  const visitId = kim.welcome.visit
  const values = granted(await ada.look({ topic: 'values', visitId }))
  const { invitation } = granted(await ada.ask<'invitation.send'>(sending(visitId, values)))
  await whole.settled()
  expect(heard(kim, 'invitation').at(-1)?.invitation.text).toBe('Hello, can I help?')
  return invitation
}

const sending = (visitId: VisitId, { version, groups }: ValuesState) => ({
  type: 'invitation.send' as const,
  visitId,
  groupId: groups[0]?.id as GroupId,
  template: 'Hello, can I help?',
  version,
})

async function replies(kim: VisitorLine, { id }: InvitationView, text: string) {
  const done = granted(await kim.ask({ type: 'invitation.reply', invitationId: id, text }))
  return { chatId: done.chatId as ChatId }
}

const sameBrowser = ({ welcome: { token, visit } }: VisitorLine) => ({ token, visit })

const heard = <T extends VisitorServerFrame['type']>(line: VisitorLine, type: T) =>
  line.heard.filter((frame) => frame.type === type) as Extract<VisitorServerFrame, { type: T }>[]

const mine = async (ada: AgentLine) => granted<MeState>(await ada.look({ topic: 'me' })).invitations

const row = async (ada: AgentLine, { welcome: { visit } }: VisitorLine) =>
  granted<VisitState>(await ada.look({ topic: 'visit', visitId: visit })).row
