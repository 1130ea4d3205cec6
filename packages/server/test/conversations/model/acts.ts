import fc from 'fast-check'
import { expect } from 'vitest'
import { acked, groupIsSupport, look, must, note, reply, withDoor, withTab } from './asking.ts'
import { RACERS, type Racer, race } from './races.ts'
import {
  AGENTS,
  type AgentName,
  GROUPS,
  type GroupName,
  type Person,
  refused,
  type World,
} from './world.ts'

/** One step of a history. `v` picks a visitor, `t` a tab of theirs. */
export type Act =
  | {
      do: 'invite'
      a: AgentName
      v: number
      g: GroupName
      template: string
      replace: boolean
      again: boolean
    }
  | { do: 'inviteTwice'; v: number }
  | { do: 'withdraw'; a: AgentName; v: number }
  | { do: 'openTab'; v: number; blog: boolean }
  | { do: 'closeTab' | 'navigate' | 'leave'; v: number }
  | {
      do: 'delivered' | 'viewed' | 'typing' | 'keep' | 'decline' | 'reply'
      v: number
      t: number
      foreign: boolean
    }
  | {
      do: 'replyTwice' | 'viewedTwice' | 'start' | 'visitorSend' | 'visitorEnd' | 'openChat'
      v: number
      t: number
    }
  | { do: 'visitorTypes' | 'visitorSees'; v: number; on: boolean }
  | { do: 'agentTypes' | 'agentSees'; a: AgentName; v: number; on: boolean }
  | { do: 'race'; v: number; one: Racer; two: Racer; atDeadline: boolean }
  | { do: 'agentSend' | 'take' | 'agentEnd'; a: AgentName; v: number }
  | { do: 'takeTwice' | 'lateReply'; v: number }
  | { do: 'tick'; ms: number }
  | { do: 'toggle'; what: 'support' | 'ben' | 'available' | 'shop' }
  | { do: 'restart' }
  | { do: 'repeat' }

const v = fc.nat({ max: 1 })
const t = fc.nat({ max: 2 })
const a = fc.constantFrom(...AGENTS)
const agent = fc.oneof({ weight: 4, arbitrary: fc.constantFrom<AgentName>('ada', 'ben') }, a)
const template = fc.constantFrom(
  'Hello #displayname|there#, can I help?',
  'On #browser# since #duration# min, #group# of #department# #unknown# ##',
  '#email#',
)
const from = <T extends string>(...names: T[]) => fc.constantFrom<T>(...names)
const foreign = fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true))

export const anAct: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: from('invite'),
      a: agent,
      v,
      g: fc.oneof(
        { weight: 4, arbitrary: fc.constant('supportGroup' as const) },
        fc.constantFrom(...GROUPS),
      ),
      template,
      replace: fc.boolean(),
      again: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: from('inviteTwice', 'takeTwice', 'lateReply'), v }) },
  { weight: 2, arbitrary: fc.record({ do: from('withdraw'), a, v }) },
  { weight: 4, arbitrary: fc.record({ do: from('openTab'), v, blog: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: from('closeTab', 'navigate', 'leave'), v }) },
  {
    weight: 14,
    arbitrary: fc.record({
      do: from(
        'delivered',
        'viewed',
        'viewed',
        'typing',
        'keep',
        'decline',
        'reply',
        'reply',
        'reply',
      ),
      v,
      t,
      foreign,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: from('replyTwice', 'viewedTwice', 'start', 'visitorSend', 'visitorEnd', 'openChat'),
      v,
      t,
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: from('agentSend', 'take', 'agentEnd'), a: agent, v }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: from('visitorTypes', 'visitorSees'), v, on: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: from('agentTypes', 'agentSees'), a: agent, v, on: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: from('race'),
      v,
      one: from(...RACERS),
      two: from(...RACERS),
      atDeadline: fc.boolean(),
    }),
  },
  {
    weight: 7,
    arbitrary: fc.record({
      do: from('tick'),
      ms: fc.oneof(
        fc.constantFrom(1, 1_000, 5_000, 60_000, 101_000, 119_999, 120_000, 600_000),
        fc.nat(130_000),
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: from('toggle'),
      what: from('support', 'ben', 'available', 'shop'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: from('restart') }) },
  { weight: 4, arbitrary: fc.record({ do: from('repeat') }) },
)

export async function perform(world: World, act: Act): Promise<void> {
  const { scene, ledger } = world
  const person = 'v' in act ? world.people[act.v] : undefined
  switch (act.do) {
    case 'invite':
      return invite(world, act)
    case 'inviteTwice':
      return inviteTwice(world, must(person))
    case 'withdraw': {
      const row = await world.row(must(person))
      if (!row || scene.directory.now.agents.get(world.agentId(act.a))?.disabled) return
      const answer = await withDoor(world, 'invitation.withdraw', act.a, { invitationId: row.id })
      const own = row.agent_id === world.agentId(act.a) && act.a !== 'root'
      const manager = act.a === 'mia' && groupIsSupport(world, row.group_id)
      const expected =
        !own && !manager ? 'not_found' : row.ended_at === null ? undefined : 'invitation_ended'
      expect(refused(answer), 'I10 withdraw').toBe(expected)
      return
    }
    case 'openTab':
      return world.arrive(must(person), act.blog ? scene.ids.blog : scene.ids.shop)
    case 'closeTab': {
      const visit = must(person).visits.find((one) => one.tabs.length > 0)
      if (visit?.tabs[0]) scene.presence.closeTab(visit, visit.tabs[0])
      return
    }
    case 'navigate': {
      const visit = must(person).visits[0]
      if (visit) scene.presence.navigate(visit, { url: `https://shop.example/${world.newId()}` })
      return
    }
    case 'leave': {
      const visit = must(person).visits.shift()
      if (visit) scene.presence.remove(visit)
      return
    }
    case 'delivered':
    case 'viewed':
    case 'typing':
    case 'keep':
    case 'decline':
    case 'reply':
      return answerInvitation(world, act)
    case 'replyTwice': {
      const [one, two = one] = world.tabs(must(person))
      const row = await openInvitation(world, act.v)
      if (!one || !two || !row) return
      const answers = await Promise.all([reply(world, one, row.id), reply(world, two, row.id)])
      if (row.ended_at === null) expect(answers.map(refused), 'I12').toEqual([undefined, undefined])
      return
    }
    case 'viewedTwice': {
      // In two tabs, or after coming back to one: the clock goes on as it was.
      const [one, two = one] = world.tabs(must(person))
      if (!one || !two || !(await openInvitation(world, act.v))) return
      for (const t of [0, 1]) {
        await answerInvitation(world, { do: 'viewed', v: act.v, t, foreign: false })
        await scene.advance(5_000)
      }
      return
    }
    case 'start': {
      const tab = world.tabs(must(person))[0]
      if (!tab) return
      const before = await world.chat(must(person))
      const answer = await world.attempt(
        withTab(world, tab, 'chat.start', { text: `Hi ${world.newId()}` }),
      )
      if (before && before.state !== 'ended') expect(refused(answer), 'I8 start').toBe('chat_open')
      return
    }
    case 'openChat': {
      const chat = await world.chat(must(person))
      const tab = world.tabs(must(person))[0]
      if (chat && tab) {
        await scene.conversations.visitorDoors['chat.open']?.(tab, {
          type: 'chat.open',
          chatId: chat.id,
          after: 0,
        })
      }
      return
    }
    case 'visitorTypes':
    case 'visitorSees': {
      const chat = await world.chat(must(person))
      const tab = world.tabs(must(person))[0]
      if (!chat || !tab) return
      const more = act.do === 'visitorTypes' ? { on: act.on } : { seq: act.on ? chat.last_seq : 1 }
      const type = act.do === 'visitorTypes' ? 'chat.typing' : 'chat.seen'
      await withTab(world, tab, type, { chatId: chat.id, ...more })()
      return
    }
    case 'agentTypes':
    case 'agentSees': {
      const chat = await world.chat(must(person))
      if (!chat || scene.directory.now.agents.get(world.agentId(act.a))?.disabled) return
      const actor = scene.actor(world.agentId(act.a))
      const { agent: doors } = world.doors()
      if (act.do === 'agentTypes') {
        return doors['chat.typing']?.(actor, { type: 'chat.typing', chatId: chat.id, on: act.on })
      }
      const seq = act.on ? chat.last_seq : 1
      return doors['chat.seen']?.(actor, { type: 'chat.seen', chatId: chat.id, seq })
    }
    case 'race':
      return race(world, must(person), act)
    case 'visitorSend':
    case 'visitorEnd': {
      const chat = await world.chat(must(person))
      const tab = world.tabs(must(person))[0]
      if (!chat || !tab) return
      if (act.do === 'visitorEnd') {
        await world.attempt(withTab(world, tab, 'chat.end', { chatId: chat.id }))
        return
      }
      const text = `From the visitor ${world.newId()}`
      const answer = await world.attempt(
        withTab(world, tab, 'message.send', { chatId: chat.id, text }),
      )
      expect(refused(answer), 'message').toBe(chat.state === 'ended' ? 'chat_ended' : undefined)
      acked(world, chat.id, answer, { text, from: 'visitor' })
      // As an outbox does whose acknowledgment was lost.
      if (!refused(answer)) expect(await ledger.done?.again(), 'I13 resent').toEqual(answer)
      return
    }
    case 'agentSend': {
      const chat = await world.chat(must(person))
      if (!chat) return
      const text = `From ${act.a} ${world.newId()}`
      const answer = await withDoor(world, 'message.send', act.a, { chatId: chat.id, text })
      acked(world, chat.id, answer, { text, from: 'agent' })
      return
    }
    case 'take':
    case 'agentEnd': {
      const chat = await world.chat(must(person))
      if (!chat) return
      await withDoor(world, act.do === 'take' ? 'chat.take' : 'chat.end', act.a, {
        chatId: chat.id,
      })
      return
    }
    case 'takeTwice': {
      const tab = world.tabs(must(person))[0]
      const open = await world.chat(must(person))
      if (tab && open?.state !== 'active' && open?.state !== 'queued') {
        await world.attempt(withTab(world, tab, 'chat.start', { text: 'Somebody there?' }))
      }
      const chat = await world.chat(must(person))
      if (!chat) return
      const answers = await Promise.all([
        withDoor(world, 'chat.take', 'ada', { chatId: chat.id }),
        withDoor(world, 'chat.take', 'ben', { chatId: chat.id }),
      ])
      const winners = answers.filter((answer) => !refused(answer))
      expect(winners.length, 'one take wins').toBeLessThanOrEqual(1)
      return
    }
    case 'lateReply': {
      // At the deadline to the millisecond, before any sweep.
      const row = await world.row(must(person))
      const tab = world.tabs(must(person))[0]
      if (!row?.deadline || !tab) return
      scene.clock.set(row.deadline)
      expect(refused(await reply(world, tab, row.id)), 'I5 too late').toBe('invitation_ended')
      return scene.advance(0)
    }
    case 'tick':
      return scene.advance(act.ms)
    case 'toggle':
      return toggle(world, act.what)
    case 'restart':
      await scene.restart()
      delete ledger.done
      // Browsers say hello again, consoles subscribe again.
      for (const one of world.people) {
        for (const visit of one.visits) {
          const count = visit.tabs.length
          visit.tabs = []
          for (let n = 0; n < count; n++) await scene.presence.openTab(visit)
        }
      }
      return world.followAll()
    case 'repeat': {
      if (!ledger.done) return
      const counts = await countRows(world)
      const again = JSON.stringify(await ledger.done.again())
      expect(again, 'I13 the same answer').toBe(ledger.done.answer)
      expect(await countRows(world), 'I13 no second effect').toEqual(counts)
      return
    }
  }
}

/** The visitor's last invitation; where that has ended, Ada sends another one first. */
async function openInvitation(world: World, v: number) {
  const person = must(world.people[v])
  if ((await world.row(person))?.ended_at !== null) {
    const plain = {
      a: 'ada',
      g: 'supportGroup',
      template: 'Hello',
      replace: false,
      again: true,
    } as const
    await invite(world, { do: 'invite', v, ...plain })
  }
  return world.row(person)
}

async function invite(world: World, act: Extract<Act, { do: 'invite' }>) {
  const { scene } = world
  const person = must(world.people[act.v])
  const visit = person.visits[0]
  if (!visit) return
  if (scene.directory.now.agents.get(world.agentId(act.a))?.disabled) return
  const values = await scene.values(world.agentId('ada'), visit.id).catch(() => undefined)
  const own =
    act.a === 'oto' || act.a === 'root' || !values
      ? values
      : await scene.values(world.agentId(act.a), visit.id)
  if (!own) return
  const groupId = scene.ids[act.g]
  const before = await world.row(person)
  const open = before && before.ended_at === null ? before : undefined
  const chat = await world.chat(person)
  const text = world.preview(own, act.template, groupId)
  const answer = await withDoor(world, 'invitation.send', act.a, {
    visitId: visit.id,
    groupId,
    template: act.template,
    version: own.version,
    ...(act.replace && open && { replace: open.id }),
    ...(act.again && { again: true }),
  })
  const mayReplace =
    act.replace &&
    open &&
    (open.agent_id === world.agentId(act.a) ||
      (act.a === 'mia' && groupIsSupport(world, open.group_id)))
  const { sites, departments, groups } = scene.directory.now
  const closed =
    act.g === 'otherGroup' || !departments.get(groups.get(groupId)?.departmentId as never)?.liveChat
  const expected =
    act.a === 'root'
      ? 'not_allowed'
      : act.a === 'oto' || sites.get(visit.siteId)?.off
        ? 'visitor_gone'
        : chat && chat.state !== 'ended'
          ? 'visitor_in_chat'
          : open && !mayReplace
            ? 'visitor_invited'
            : !act.again && (await saidNo(world, person))
              ? 'invited_before'
              : closed
                ? 'group_closed'
                : text === ''
                  ? 'nothing_to_say'
                  : undefined
  expect(refused(answer), 'I9 I8 S12 S22 W12 invite').toBe(expected)
  note(world, answer, text)
}

/** The visitor's last answer, as the rows tell it: replaced and unseen ones are no answers. */
async function saidNo({ scene }: World, { visitorId }: Person): Promise<boolean> {
  const rows = await scene.store.read((db) =>
    db
      .selectFrom('invitations')
      .select('state')
      .where('visitor_id', '=', visitorId)
      .where('state', 'in', ['accepted', 'declined', 'ignored'])
      .orderBy('sent_at', 'desc')
      .orderBy('id', 'desc')
      .execute(),
  )
  return rows[0] !== undefined && rows[0].state !== 'accepted'
}

async function inviteTwice(world: World, person: Person) {
  const visit = person.visits[0]
  if (!visit || !world.scene.presence.find(visit.id)) return
  const template = 'Two at once, #agentname#'
  const groupId = world.scene.ids.supportGroup
  const send = async (who: AgentName) => {
    const values = await world.scene.values(world.agentId(who), visit.id)
    const text = world.preview(values, template, groupId)
    return async () => {
      const more = { visitId: visit.id, groupId, template, version: values.version, again: true }
      const answer = await withDoor(world, 'invitation.send', who, more)
      note(world, answer, text)
      return answer
    }
  }
  const sends = [await send('ada'), await send('mia')]
  const answers = await Promise.all(sends.map((one) => one()))
  expect(answers.filter((answer) => !refused(answer)).length, 'I8').toBeLessThanOrEqual(1)
}

async function answerInvitation(
  world: World,
  act: Extract<Act, { do: 'delivered' | 'viewed' | 'typing' | 'keep' | 'decline' | 'reply' }>,
) {
  const person = must(world.people[act.v])
  const other = must(world.people[1 - act.v])
  const row = await world.row(person)
  const tabs = world.tabs(act.foreign ? other : person)
  const tab = tabs[act.t % Math.max(1, tabs.length)]
  if (!row || !tab) return
  if (act.do === 'reply') {
    const answer = await reply(world, tab, row.id)
    if (act.foreign) return expect(refused(answer), 'I10').toBe('not_found')
    const late = row.ended_at !== null && row.state !== 'accepted'
    if (late) expect(refused(answer), 'I1 a reply after the end').toBe('invitation_ended')
    if (row.ended_at === null)
      expect(refused(answer), 'S38 a reply starts the chat').toBe(undefined)
    return
  }
  const type = `invitation.${act.do}` as const
  const answer = await world.attempt(withTab(world, tab, type, { invitationId: row.id }))
  if (act.foreign) return expect(refused(answer), 'I10').toBe('not_found')
  if (row.ended_at !== null) return
  const now = world.scene.clock.now()
  if (act.do === 'viewed' || act.do === 'keep') look(world, row.id, now)
  const clock = world.ledger.clocks.get(row.id)
  if (!clock) return
  if (act.do === 'typing') {
    const limit = clock.viewedAt + 300_000 + clock.keeps * 120_000
    const deadline = Math.max(clock.deadline, Math.min(now + 60_000, limit))
    if (deadline !== clock.deadline) clock.typedAt = now
    clock.deadline = deadline
  } else if (act.do === 'keep' && clock.deadline - now <= 20_000 && clock.keeps < 10) {
    clock.deadline += 120_000
    clock.keeps += 1
  }
}

async function toggle(world: World, what: Extract<Act, { do: 'toggle' }>['what']) {
  const { scene } = world
  const { ids } = scene
  const { departments, agents, sites } = scene.directory.now
  const flip = (on: boolean | undefined) => (on ? 0 : 1)
  if (what === 'support') {
    return scene.set('departments', ids.support, {
      live_chat: flip(departments.get(ids.support)?.liveChat),
    })
  }
  if (what === 'shop') return scene.set('sites', ids.shop, { off: flip(sites.get(ids.shop)?.off) })
  // Ben, not Ada: hers are the subscriptions that are followed.
  if (what === 'ben') {
    return scene.set('agents', ids.ben, { disabled: flip(agents.get(ids.ben)?.disabled) })
  }
  return scene.set('agents', ids.ada, { available: flip(agents.get(ids.ada)?.available) })
}

const countRows = (world: World) =>
  world.scene.store.read(async (db) => {
    const counts: Record<string, number> = {}
    for (const table of ['invitations', 'chats', 'messages', 'events', 'done_commands'] as const) {
      const row = await db
        .selectFrom(table)
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
      counts[table] = Number(row.n)
    }
    return counts
  })
