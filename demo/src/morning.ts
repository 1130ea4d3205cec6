import { setTimeout as pause } from 'node:timers/promises'
import {
  inventPersona,
  type KnownPerson,
  landing,
  random,
  type SimulatedVisitor,
  signIn,
  simulatedAgent,
  simulatedVisitor,
} from '@beckon/bench'
import type { VisitorServerFrame } from '@beckon/protocol'
import { invite } from './invite.ts'

/** Settings under which a morning passes in seconds: visits end and invitations lapse at once. */
export const MORNING = {
  BECKON_IDLE_MINUTES: '0.02',
  BECKON_GRACE_SECONDS: '0.2',
  BECKON_REMOVED_SECONDS: '0.5',
  BECKON_INVITATION_SECONDS: '1',
}

/**
 * A quiet morning before the demo opens: people were here, some were invited, and answered or did
 * not. Answers those who may come back. It all goes through the product's own doors.
 */
export async function quietMorning(options: {
  base: string
  agents: readonly { email: string; password: string }[]
  site: { key: string; origin: string }
}): Promise<KnownPerson[]> {
  const chance = random(20_260_105)
  const agents = await Promise.all(
    options.agents.map(async ({ email, password }) =>
      simulatedAgent(options.base, (await signIn(options.base, email, password)).cookie),
    ),
  )
  const known: KnownPerson[] = []
  await Promise.all(
    Array.from({ length: 48 }, async (_, index) => {
      const persona = inventPersona(chance, { site: options.site.key, origin: options.site.origin })
      if (persona.userAgent?.includes('bot')) return
      const visitor = simulatedVisitor({
        server: options.base.replace('http', 'ws'),
        persona,
        random: random(index + 1),
        onFrame: (frame, self) => behave(index, frame, self),
      })
      await visitor.arrive(landing(chance, options.site.origin))
      const agent = agents[index % agents.length]
      if (agent && visitor.visitId && index % 4 !== 0) {
        // The visit may be gone before the invitation: mornings are short.
        await invite(agent, visitor.visitId, 'Can I help you find something?').catch(() => {})
        await pause(1_500)
      }
      visitor.leave()
      if (visitor.token) known.push({ persona, token: visitor.token })
    }),
  )
  // Until the last visit has ended, coming back would go on with it.
  await pause(2_500)
  for (const agent of agents) agent.close()
  return known
}

/** Of every six invited: two answer and say goodbye, one declines, one never looks, two say nothing. */
function behave(index: number, frame: VisitorServerFrame, self: SimulatedVisitor): void {
  const mood = Math.floor(index / 4) % 6
  if (frame.type === 'chat' && frame.chat.state === 'active') {
    self.send({ type: 'chat.end', id: `morning-end-${index}`, chatId: frame.chat.id })
  }
  if (frame.type !== 'invitation') return
  const invitationId = frame.invitation.id
  self.send({ type: 'invitation.delivered', invitationId })
  if (mood === 0) return
  self.send({ type: 'invitation.viewed', invitationId })
  if (mood === 1) self.send({ type: 'invitation.decline', id: `morning-${index}`, invitationId })
  if (mood === 2 || mood === 3)
    void self.reply(invitationId, 'Thank you, found it!').catch(() => {})
}
