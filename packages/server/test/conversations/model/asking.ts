import type { ChatId, InvitationId } from '@beckon/protocol'
import { expect } from 'vitest'
import type { FakeTab } from '../fake-presence.ts'
import { type AgentName, refused, type World } from './world.ts'

/* How acts ask the service for something, and what the ledger keeps of the answers. */

/** A frame from a tab under an id of its own; calling it again says the very same frame. */
export function withTab(world: World, tab: FakeTab, type: string, more: object) {
  const noId = [
    'invitation.delivered',
    'invitation.viewed',
    'invitation.typing',
    'chat.typing',
    'chat.seen',
    'chat.open',
  ].includes(type)
  const frame = { type, ...(!noId && { id: world.newId() }), ...more }
  return () =>
    (world.doorsOf(tab) as Record<string, (tab: FakeTab, frame: object) => Promise<unknown>>)[
      type
    ]?.(tab, frame) ?? Promise.reject(new Error(`No door ${type}`))
}

export function withDoor(world: World, type: string, who: AgentName, more: object) {
  const command = { type, id: world.newId(), ...more }
  // A disabled agent has no sign-in any more, so nothing of theirs gets through.
  if (world.scene.directory.now.agents.get(world.agentId(who))?.disabled) {
    return Promise.resolve({ refused: 'not_signed_in' })
  }
  const actor = world.scene.actor(world.agentId(who))
  return world.attempt(() => {
    // Said again it may go to another node.
    const doors = world.doors() as Record<string, (actor: unknown, command: object) => never>
    return doors[type]?.(actor, command) ?? Promise.reject(new Error(`No door ${type}`))
  })
}

export function note(world: World, answer: unknown, text: string | undefined) {
  if (refused(answer)) return
  const { invitation } = answer as {
    invitation: { id: InvitationId; agentId: never; groupId: never; text: string }
  }
  expect(invitation.text, 'S29 delivered = previewed').toBe(text)
  world.ledger.sent.set(invitation.id, {
    text: text ?? '',
    agentId: invitation.agentId,
    groupId: invitation.groupId,
    sentAt: world.scene.clock.now(),
  })
}

/** The clock starts at the first view and at no other time. */
export function look(world: World, id: InvitationId, now: number) {
  if (world.ledger.clocks.has(id)) return
  world.ledger.clocks.set(id, { viewedAt: now, deadline: now + 120_000, keeps: 0 })
}

export async function reply(world: World, tab: FakeTab, invitationId: InvitationId) {
  const text = `Reply ${world.newId()}`
  const row = world.ledger.sent.get(invitationId)
  const inviter = row && world.scene.directory.now.agents.get(row.agentId)
  const answer = await world.attempt(
    withTab(world, tab, 'invitation.reply', { invitationId, text }),
  )
  if (!refused(answer)) {
    look(world, invitationId, world.scene.clock.now())
    const { chatId } = answer as { chatId: ChatId }
    acked(world, chatId, answer, { text, from: 'visitor' })
    if (inviter?.disabled && (answer as { seq: number }).seq === 2) {
      world.ledger.orphans.add(invitationId)
    }
  }
  return answer
}

export function acked(
  world: World,
  chatId: ChatId,
  answer: unknown,
  said: { text: string; from: 'visitor' | 'agent' },
) {
  if (refused(answer)) return
  world.ledger.acked.push({ chatId, seq: (answer as { seq: number }).seq, ...said })
}

export const groupIsSupport = (world: World, groupId: string) =>
  groupId === world.scene.ids.supportGroup || groupId === world.scene.ids.supportSecond
