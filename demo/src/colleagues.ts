import { setTimeout as pause } from 'node:timers/promises'
import { random, type SimulatedAgent, signIn, simulatedAgent } from '@beckon/bench'
import {
  type ChatId,
  type ChatRow,
  DEFAULT_SORT,
  EVERYONE,
  type MeState,
  type VisitRow,
  type WindowState,
} from '@beckon/protocol'
import { invite } from './invite.ts'

const OPENERS = [
  'Hi #displayname|there#, I’m #agentname#. Choosing a frame size is easier with two measurements – shall I work yours out with you?',
  'Hello #displayname#! Shall I check the delivery time for you?',
  'Hi there, I’m #agentname# from #group#. Ask me anything about the bikes.',
]
const ANSWERS = [
  'Good question. One moment, I’ll look it up.',
  'For 172 cm the 52 is the usual choice; the 54 works if you like to sit stretched.',
  'It left the workshop this morning and arrives on Thursday.',
  'Anything else I can do for you?',
]

/** Answered and without another word for this long, a chat is over. */
const DONE_AFTER_MS = 60_000

/**
 * Colleagues at work: every so often one invites somebody who has been on the site for a while, and
 * answers in the chats that follow, no more at once than they have room for. They leave most visitors to the person trying the demo.
 */
export async function colleagueAtWork(
  base: string,
  email: string,
  password: string,
  signal: AbortSignal,
): Promise<void> {
  const chance = random(email.length * 7919)
  const rest = await signIn(base, email, password)
  const agent = await simulatedAgent(base, rest.cookie)
  signal.addEventListener('abort', () => agent.close())
  let rows: VisitRow[] = []
  let me: MeState | undefined
  const answered = new Map<ChatId, number>()
  const mine = new Map<ChatId, ChatRow>()
  agent.watch<'window'>(
    { topic: 'window', filter: EVERYONE, sort: DEFAULT_SORT, offset: 0, limit: 60 },
    ({ snapshot, event }) => {
      const news = (snapshot as WindowState | undefined)?.rows ?? event?.rows
      if (news) rows = Object.values(news)
    },
  )
  agent.watch<'me'>({ topic: 'me' }, ({ snapshot, event }) => {
    me = { ...(snapshot ?? (me as MeState)), ...event }
  })
  agent.watch<'chats'>({ topic: 'chats' }, ({ snapshot, event }) => {
    if (snapshot) mine.clear()
    for (const id of event?.drop ?? []) mine.delete(id)
    for (const chat of event?.set ?? Object.values(snapshot?.chats ?? {})) {
      if (chat.agentId !== me?.agentId || chat.state !== 'active') {
        mine.delete(chat.id)
        continue
      }
      mine.set(chat.id, chat)
      if (chat.last?.from !== 'visitor' || answered.get(chat.id) === chat.lastSeq) continue
      answered.set(chat.id, chat.lastSeq)
      void answer(agent, chat.id, chance.pick(ANSWERS), chance.between(2_000, 9_000), signal)
    }
  })
  await agent.ask({ type: 'availability.set', available: true })
  while (!signal.aborted) {
    await pause(chance.between(8_000, 30_000), undefined, { signal }).catch(() => {})
    if (signal.aborted) break
    for (const { id, last } of mine.values()) {
      if (last?.from !== 'agent' || Date.now() - last.at < DONE_AFTER_MS) continue
      // The visitor may just have ended it.
      await agent.ask({ type: 'chat.end', chatId: id }).catch(() => {})
    }
    if (mine.size >= (me?.chatLimit ?? 1)) continue
    await inviteSomebody(agent, rows, chance.pick(OPENERS)).catch(() => {
      // The visitor left or a colleague was quicker; the next one will do.
    })
  }
}

async function inviteSomebody(
  agent: SimulatedAgent,
  rows: readonly VisitRow[],
  template: string,
): Promise<void> {
  const visit = rows.find(
    (row) => row.status === 'active' && !row.invitation && !row.chat && row.hits > 2 && row.country,
  )
  if (visit) await invite(agent, visit.id, template)
}

async function answer(
  agent: SimulatedAgent,
  chatId: ChatId,
  text: string,
  after: number,
  signal: AbortSignal,
): Promise<void> {
  await pause(after, undefined, { signal }).catch(() => {})
  if (signal.aborted) return
  await agent.ask({ type: 'message.send', chatId, text }).catch(() => {
    // The visitor ended the chat meanwhile.
  })
}
