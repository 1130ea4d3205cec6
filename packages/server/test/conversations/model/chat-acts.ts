import { expect } from 'vitest'
import type { ActOf } from './act.ts'
import { acked, withDoor, withTab } from './asking.ts'
import { type AgentName, type Person, refused, type World } from './world.ts'

/* What agents and visitors do with chats. */

export async function start(world: World, person: Person) {
  const tab = world.tabs(person)[0]
  if (!tab) return
  const before = await world.chat(person)
  const answer = await world.attempt(
    withTab(world, tab, 'chat.start', { text: `Hi ${world.newId()}` }),
  )
  if (before && before.state !== 'ended') expect(refused(answer), 'I8 start').toBe('chat_open')
}

/** A visitor's last chat and the first of their tabs. */
async function chatInTab(world: World, person: Person) {
  const chat = await world.chat(person)
  const tab = world.tabs(person)[0]
  return chat && tab && { chat, tab }
}

export async function open(world: World, person: Person) {
  const found = await chatInTab(world, person)
  if (found) await withTab(world, found.tab, 'chat.open', { chatId: found.chat.id, after: 0 })()
}

export async function visitorActs(
  world: World,
  person: Person,
  act: ActOf<'visitorTypes' | 'visitorSees'>,
) {
  const found = await chatInTab(world, person)
  if (!found) return
  const { chat, tab } = found
  const types = act.do === 'visitorTypes'
  const more = types ? { on: act.on } : { seq: act.on ? chat.last_seq : 1 }
  await withTab(world, tab, types ? 'chat.typing' : 'chat.seen', { chatId: chat.id, ...more })()
}

export async function agentActs(
  world: World,
  person: Person,
  act: ActOf<'agentTypes' | 'agentSees'>,
) {
  const chat = await world.chat(person)
  const { scene } = world
  if (!chat || scene.directory.now.agents.get(world.agentId(act.a))?.disabled) return
  const actor = scene.actor(world.agentId(act.a))
  const doors = world.doors()
  if (act.do === 'agentTypes') {
    return doors['chat.typing']?.(actor, { type: 'chat.typing', chatId: chat.id, on: act.on })
  }
  const seq = act.on ? chat.last_seq : 1
  return doors['chat.seen']?.(actor, { type: 'chat.seen', chatId: chat.id, seq })
}

export async function visitorSends(world: World, person: Person) {
  const found = await chatInTab(world, person)
  if (!found) return
  const { chat, tab } = found
  const text = `From the visitor ${world.newId()}`
  const answer = await world.attempt(withTab(world, tab, 'message.send', { chatId: chat.id, text }))
  expect(refused(answer), 'message').toBe(chat.state === 'ended' ? 'chat_ended' : undefined)
  acked(world, chat.id, answer, { text, from: 'visitor' })
  // As an outbox does whose acknowledgment was lost.
  if (!refused(answer)) expect(await world.ledger.done?.again(), 'I13 resent').toEqual(answer)
}

export async function visitorEnds(world: World, person: Person) {
  const found = await chatInTab(world, person)
  if (!found) return
  await world.attempt(withTab(world, found.tab, 'chat.end', { chatId: found.chat.id }))
}

export async function agentSends(world: World, person: Person, who: AgentName) {
  const chat = await world.chat(person)
  if (!chat) return
  const text = `From ${who} ${world.newId()}`
  const answer = await withDoor(world, 'message.send', who, { chatId: chat.id, text })
  acked(world, chat.id, answer, { text, from: 'agent' })
}

export async function agentAsks(
  world: World,
  person: Person,
  type: 'chat.take' | 'chat.end',
  who: AgentName,
) {
  const chat = await world.chat(person)
  if (chat) await withDoor(world, type, who, { chatId: chat.id })
}

export async function takeTwice(world: World, person: Person) {
  const tab = world.tabs(person)[0]
  const open = await world.chat(person)
  if (tab && open?.state !== 'active' && open?.state !== 'queued') {
    await world.attempt(withTab(world, tab, 'chat.start', { text: 'Somebody there?' }))
  }
  const chat = await world.chat(person)
  if (!chat) return
  const answers = await Promise.all([
    withDoor(world, 'chat.take', 'ada', { chatId: chat.id }),
    withDoor(world, 'chat.take', 'ben', { chatId: chat.id }),
  ])
  const winners = answers.filter((answer) => !refused(answer))
  expect(winners.length, 'one take wins').toBeLessThanOrEqual(1)
}
