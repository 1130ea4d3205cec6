import { setTimeout as pause } from 'node:timers/promises'
import type { AgentId, ChatRow, ChatsState, InvitationId, VisitId } from '@beckon/protocol'
import type { Histogram } from '../histogram.ts'
import { invite } from '../inviting.ts'
import { watchList } from '../looks.ts'
import type { Random } from '../random.ts'
import type { SimulatedAgent } from '../simulated-agent.ts'

const ANSWERS = [
  'Hello, I am looking it up.',
  'It is in stock, and would be with you on Thursday.',
  'Could you tell me the number of the order?',
  'You are welcome. Have a good day!',
]
const INVITATION = 'Hello #displayname|there#! Can I help you with #pagetitle|this page#?'
const TURN_MS = 1_000

export type DeskTook = { answer: Histogram; invitation: Histogram }

/**
 * What an agent does all day: looks at a list of their own, takes who waits, answers, ends what is
 * over, and invites somebody now and then.
 */
export async function workAtDesk(of: {
  agent: SimulatedAgent
  index: number
  random: Random
  invitationsPerMinute: number
  took: DeskTook
  onFrame(interval: number): void
  onTrouble(error: unknown): void
  signal: AbortSignal
}): Promise<void> {
  const { agent, random, took, signal } = of
  let chats: ChatsState['chats'] = {}
  let me: AgentId | undefined
  let seen: readonly VisitId[] = []
  const sent = new Map<InvitationId, number>()

  watchList(agent, of.index, of.onFrame)
  agent.watch<'window'>(
    {
      topic: 'window',
      filter: { match: 'all', conditions: [{ field: 'invitation', op: 'empty' }] },
      sort: { by: 'idle', dir: 'asc' },
      offset: of.index * 10,
      limit: 10,
    },
    ({ snapshot, event }) => {
      seen = event?.order ?? snapshot?.order ?? seen
    },
  )
  agent.watch<'me'>({ topic: 'me' }, ({ snapshot, event }) => {
    me ??= snapshot?.agentId
    for (const { id, state } of (event ?? snapshot)?.invitations ?? []) {
      const at = sent.get(id)
      if (at === undefined || state === 'sent') continue
      sent.delete(id)
      if (state === 'delivered' || state === 'viewed') took.invitation.add(performance.now() - at)
    }
  })
  agent.watch<'chats'>({ topic: 'chats' }, ({ snapshot, event }) => {
    if (snapshot) chats = { ...snapshot.chats }
    for (const row of event?.set ?? []) chats[row.id] = row
    for (const id of event?.drop ?? []) delete chats[id]
  })

  async function send(): Promise<void> {
    const at = performance.now()
    const { invitation } = await invite(agent, random.pick(seen), INVITATION)
    sent.set(invitation.id, at)
  }

  async function turn(): Promise<void> {
    const rows = Object.values(chats) as ChatRow[]
    const queued = rows.find((row) => row.state === 'queued')
    if (queued) await agent.ask({ type: 'chat.take', chatId: queued.id })
    const mine = rows.filter((row) => row.state === 'active' && row.agentId === me)
    if (mine.length > 0) {
      const { id: chatId } = random.pick(mine)
      if (random.chance(0.1)) await agent.ask({ type: 'chat.end', chatId })
      else {
        const from = performance.now()
        await agent.ask({ type: 'message.send', chatId, text: random.pick(ANSWERS) })
        took.answer.add(performance.now() - from)
      }
    }
    if (seen.length > 0 && random.chance((of.invitationsPerMinute / 60) * (TURN_MS / 1_000)))
      await send()
  }

  await agent.ask({ type: 'availability.set', available: true })
  while (!signal.aborted) {
    await pause(TURN_MS * (0.5 + random.next()), undefined, { signal }).catch(() => {})
    if (signal.aborted) break
    await turn().catch(of.onTrouble)
  }
  agent.close()
}
