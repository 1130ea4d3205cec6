import { expect } from 'vitest'
import type { ActOf } from './act.ts'
import { groupIsSupport, look, note, reply, withDoor, withTab } from './asking.ts'
import { type AgentName, must, type Person, refused, type World } from './world.ts'

/* What agents and visitors do with invitations. */

export async function invite(world: World, act: ActOf<'invite'>) {
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

export async function inviteTwice(world: World, person: Person) {
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

export async function withdraw(world: World, person: Person, who: AgentName) {
  const row = await world.row(person)
  if (!row || world.scene.directory.now.agents.get(world.agentId(who))?.disabled) return
  const answer = await withDoor(world, 'invitation.withdraw', who, { invitationId: row.id })
  const own = row.agent_id === world.agentId(who) && who !== 'root'
  const manager = who === 'mia' && groupIsSupport(world, row.group_id)
  const expected =
    !own && !manager ? 'not_found' : row.ended_at === null ? undefined : 'invitation_ended'
  expect(refused(answer), 'I10 withdraw').toBe(expected)
}

/** What a tab tells of an invitation; a foreign one is another visitor's. */
export async function answer(
  world: World,
  act: ActOf<'delivered' | 'viewed' | 'typing' | 'keep' | 'decline' | 'reply'>,
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
  // Typing said again is typing again, from that moment on.
  if (act.do === 'typing') delete world.ledger.done
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

export async function replyTwice(world: World, v: number) {
  const [one, two = one] = world.tabs(must(world.people[v]))
  const row = await openInvitation(world, v)
  if (!one || !two || !row) return
  const answers = await Promise.all([reply(world, one, row.id), reply(world, two, row.id)])
  if (row.ended_at === null) expect(answers.map(refused), 'I12').toEqual([undefined, undefined])
}

/** In two tabs, or after coming back to one: the clock goes on as it was. */
export async function viewedTwice(world: World, v: number) {
  if (world.tabs(must(world.people[v])).length === 0 || !(await openInvitation(world, v))) return
  for (const t of [0, 1]) {
    await answer(world, { do: 'viewed', v, t, foreign: false })
    await world.scene.advance(5_000)
  }
}

/** At the deadline to the millisecond, before any sweep. */
export async function lateReply(world: World, person: Person) {
  const row = await world.row(person)
  const tab = world.tabs(person)[0]
  if (!row?.deadline || !tab) return
  world.scene.clock.set(row.deadline)
  expect(refused(await reply(world, tab, row.id)), 'I5 too late').toBe('invitation_ended')
  return world.scene.advance(0)
}

/** The visitor's last invitation; where that has ended, Ada sends another one first. */
async function openInvitation(world: World, v: number) {
  const person = must(world.people[v])
  if ((await world.row(person))?.ended_at !== null) {
    const plain = { a: 'ada', g: 'supportGroup', template: 'Hello', replace: false } as const
    await invite(world, { do: 'invite', v, ...plain, again: true })
  }
  return world.row(person)
}
