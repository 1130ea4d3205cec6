import { acked, note, reply, withDoor, withTab } from './asking.ts'
import type { AgentName, Person, World } from './world.ts'

/** What may meet another at the same moment. */
export const RACERS = [
  'adaInvites',
  'benInvites',
  'miaReplaces',
  'adaWithdraws',
  'miaWithdraws',
  'views',
  'declines',
  'replies',
  'starts',
  'visitorSends',
  'visitorEnds',
  'adaTakes',
  'benTakes',
  'adaSends',
  'adaEnds',
  'opens',
  'sweeps',
  'leaves',
] as const
export type Racer = (typeof RACERS)[number]

/**
 * Two things at once, made ready before either starts, now and then at the deadline to the
 * millisecond. Who wins is not foreseen: whatever the answers are, the invariants hold.
 */
export async function race(
  world: World,
  person: Person,
  { one, two, atDeadline }: { one: Racer; two: Racer; atDeadline: boolean },
): Promise<void> {
  const row = await world.row(person)
  if (atDeadline && row?.deadline) world.scene.clock.set(row.deadline)
  await atOnce(world, person, [one, two])
  await world.scene.advance(0)
}

/** Each on a node of its own, where there are several. */
export async function atOnce(
  world: World,
  person: Person,
  racers: readonly Racer[],
): Promise<void> {
  const { scene } = world
  const ready: (() => Promise<unknown>)[] = []
  for (const [n, racer] of racers.entries()) {
    scene.use(n)
    const go = await prepare(world, person, racer)
    if (!go) continue
    ready.push(() => {
      scene.use(n)
      return go()
    })
  }
  const all = () => Promise.all(ready.map((go) => go())).then(() => scene.settle())
  await (scene.interleaved ?? ((work) => work()))(all)
}

async function prepare(
  world: World,
  person: Person,
  racer: Racer,
): Promise<(() => Promise<unknown>) | undefined> {
  const { scene } = world
  const row = await world.row(person)
  const chat = await world.chat(person)
  const tabs = world.tabs(person)
  // The second tab where there is one: two browsers' tabs are two connections.
  const tab = tabs[RACERS.indexOf(racer) % Math.max(1, tabs.length)]
  const answers = (type: string) =>
    row && tab && (() => world.attempt(withTab(world, tab, type, { invitationId: row.id })))
  const withdraws = (who: AgentName) =>
    row && (() => withDoor(world, 'invitation.withdraw', who, { invitationId: row.id }))
  const takes = (who: AgentName) =>
    chat && (() => withDoor(world, 'chat.take', who, { chatId: chat.id }))

  switch (racer) {
    case 'adaInvites':
      return invites(world, person, 'ada')
    case 'benInvites':
      return invites(world, person, 'ben')
    case 'miaReplaces':
      return invites(world, person, 'mia', row?.id)
    case 'adaWithdraws':
      return withdraws('ada')
    case 'miaWithdraws':
      return withdraws('mia')
    case 'views':
      return answers('invitation.viewed')
    case 'declines':
      return answers('invitation.decline')
    case 'replies':
      return row && tab && (() => reply(world, tab, row.id))
    case 'starts':
      return (
        tab &&
        (() => world.attempt(withTab(world, tab, 'chat.start', { text: `Hi ${world.newId()}` })))
      )
    case 'visitorSends': {
      if (!chat || !tab) return undefined
      const text = `From the visitor ${world.newId()}`
      return async () => {
        const work = withTab(world, tab, 'message.send', { chatId: chat.id, text })
        acked(world, chat.id, await world.attempt(work), { text, from: 'visitor' })
      }
    }
    case 'visitorEnds':
      return (
        chat && tab && (() => world.attempt(withTab(world, tab, 'chat.end', { chatId: chat.id })))
      )
    case 'adaTakes':
      return takes('ada')
    case 'benTakes':
      return takes('ben')
    case 'adaSends': {
      if (!chat) return undefined
      const text = `From ada ${world.newId()}`
      return async () => {
        const answer = await withDoor(world, 'message.send', 'ada', { chatId: chat.id, text })
        acked(world, chat.id, answer, { text, from: 'agent' })
      }
    }
    case 'adaEnds':
      return chat && (() => withDoor(world, 'chat.end', 'ada', { chatId: chat.id }))
    case 'opens':
      return chat && tab && withTab(world, tab, 'chat.open', { chatId: chat.id, after: 0 })
    case 'sweeps':
      return () => scene.conversations.sweep()
    case 'leaves': {
      const visit = person.visits.at(-1)
      if (!visit || person.visits.length < 2) return undefined
      return async () => {
        person.visits.pop()
        scene.presence.remove(visit)
      }
    }
  }
}

async function invites(world: World, person: Person, who: AgentName, replace?: string) {
  const visit = person.visits[0]
  const { scene } = world
  if (!visit || !scene.presence.find(visit.id)) return undefined
  if (scene.directory.now.agents.get(world.agentId(who))?.disabled) return undefined
  const values = await scene.values(world.agentId(who), visit.id)
  const groupId = scene.ids.supportGroup
  const template = 'At the same time, #agentname#'
  const text = world.preview(values, template, groupId)
  return async () => {
    const answer = await withDoor(world, 'invitation.send', who, {
      visitId: visit.id,
      groupId,
      template,
      version: values.version,
      ...(replace && { replace }),
      again: true,
    })
    note(world, answer, text)
  }
}
