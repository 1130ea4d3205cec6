import type { AgentId, ChatId, HandOffReason } from '@beckon/protocol'
import type { Background } from '../../conversations/background.ts'
import type { Commit, Work } from '../../conversations/commit.ts'
import type { Directory, Group } from '../../directory/directory.ts'
import type { AgentLines } from '../../standing/agent-lines.ts'
import { chatById } from '../../store/chat-rows.ts'
import type { EventActor } from '../../store/event-rows.ts'
import {
  agentRounds,
  chatLoads,
  chatsLeftWaiting,
  heldBy,
  heldChat,
  noteAtIt,
  noteHandOff,
  queuedChats,
} from '../../store/routing-rows.ts'
import type { Store } from '../../store/store.ts'
import { takeTurn } from '../../store/turn.ts'
import { type Clock, seconds } from '../../time/clock.ts'
import { passChat, takeChat } from '../changes.ts'
import { tellFact } from '../messages.ts'
import type { Queues } from './queues.ts'
import { canReceive, decide, dueReason, type HeldChat, type Move, whereTo } from './routing.ts'
import { seatsOf } from './seats.ts'

const TOLD_EVERY = seconds(2)

/**
 * Makes what `decide` decided. Looks at all of it with every sweep and whenever a chat, a switch or
 * a connection changed; each move is made on its own, and only if it is still right then: whoever
 * gives or takes chats takes turns, so two nodes at once never give one more than a limit allows.
 */
export function createRouter(deps: {
  store: Store
  commit: Commit
  directory: Directory
  clock: Clock
  lines: AgentLines
  queues: Queues
  background: Background
}) {
  const { store, commit, directory, clock, lines, queues, background } = deps
  const system = { kind: 'system' } as const
  let looking = false
  let again = false

  /** Looks now; whoever asks meanwhile is looked after by one more look. */
  function look(): void {
    again = true
    if (looking) return
    looking = true
    background.run('routing', async () => {
      try {
        while (again) {
          again = false
          await lookOnce()
        }
      } finally {
        looking = false
      }
    })
  }

  async function lookOnce() {
    await lines.refresh()
    const { groups } = directory.now
    const agents = [...directory.now.agents.keys()]
    const { queued, held, ...counts } = await store.read(async (db) => {
      const queued = await queuedChats(db)
      const held = await chatsLeftWaiting(db, {
        since: clock.now() - shortestPatience(groups.values()),
        gone: agents.filter((id) => lines.goneSince(id) !== undefined),
      })
      const nothing = queued.length + held.length === 0
      return {
        queued,
        held,
        loads: nothing ? new Map() : await chatLoads(db),
        rounds: nothing ? new Map() : await agentRounds(db),
      }
    })
    queues.put(queued)
    const moves = decide({
      now: clock.now(),
      groups,
      agents: seatsOf({ picture: directory.now, lines, ...counts }),
      queued: queued.map((row) => ({
        id: row.id,
        groupId: row.group_id,
        queuedAt: row.queued_at,
      })),
      held: held.flatMap((row) => heldOf(row) ?? []),
    })
    for (const move of moves) await make(move)
  }

  function make(move: Move): Promise<void> {
    return commit(async (work) => {
      await takeTurn(work.tx, 'routing')
      if (move.type === 'give') await give(work, move)
      else await handOff(work, move)
    })
  }

  async function give(work: Work, { chat, to }: Extract<Move, { type: 'give' }>) {
    const record = await chatById(work.tx, chat.id)
    if (record?.state !== 'queued' || record.group_id !== chat.groupId) return
    if (!(await stillReceives(work, to, chat))) return
    await takeChat(work, record, { agentId: to, by: system, clock })
  }

  async function handOff(work: Work, move: Extract<Move, { type: 'hand_off' }>) {
    const row = await heldChat(work.tx, move.chat.id)
    const chat = row && heldOf(row)
    if (chat?.agentId !== move.chat.agentId || chat.groupId !== move.chat.groupId) return
    // The agent may have typed since, or come back.
    const agent = lines.goneSince(chat.agentId)
    const group = directory.now.groups.get(chat.groupId)
    const known = directory.now.agents.get(chat.agentId)
    const isThere = known && !known.disabled && known.roles.has('agent')
    const due = dueReason(chat, isThere ? { goneSince: agent } : undefined, group, clock.now())
    if (due !== move.reason) return
    if (move.to && !(await stillReceives(work, move.to, chat))) return
    await passOn(work, { id: chat.id, from: chat.agentId, to: move.to, reason: due, by: system })
  }

  async function passOn(
    work: Work,
    given: {
      id: ChatId
      from: AgentId
      to: AgentId | null
      reason: HandOffReason
      by: EventActor
    },
  ): Promise<boolean> {
    const { id, from, to, reason } = given
    const record = await chatById(work.tx, id)
    if (record?.state !== 'active' || record.agent_id !== from) return false
    const passed = await passChat(work, record, {
      to: { groupId: record.group_id, agentId: to },
      event: { type: 'chat.handed_off', by: given.by, data: { reason } },
      clock,
    })
    if (!passed) return false
    const at = clock.now()
    await noteHandOff(work.tx, id, { from, reason, at })
    const by = to && directory.now.agents.get(to)?.chatName
    await tellFact(work, passed, by ? { what: 'took_over', by } : { what: 'in_line' }, at)
    return true
  }

  async function stillReceives(
    { tx }: Work,
    id: AgentId,
    { groupId }: Pick<HeldChat, 'groupId'>,
  ): Promise<boolean> {
    const picture = directory.now
    const group = picture.groups.get(groupId)
    const loads = await chatLoads(tx, id)
    const agent = seatsOf({ picture, lines, loads, rounds: new Map() }).get(id)
    return group !== undefined && agent !== undefined && canReceive(agent, group)
  }

  /** The last keystrokes told to the row; one every few seconds is enough for timers of seconds. */
  const atItSince = new Map<ChatId, number>()

  return {
    look,

    /** An agent types: nobody is inactive in this chat. */
    atIt(chatId: ChatId): void {
      const now = clock.now()
      if (now - (atItSince.get(chatId) ?? 0) < TOLD_EVERY) return
      atItSince.set(chatId, now)
      background.run('agent at it', () => commit(({ tx }) => noteAtIt(tx, chatId, now)))
    },

    /** Chats nobody types in any more. */
    tidy(): void {
      const before = clock.now() - TOLD_EVERY
      for (const [chatId, at] of atItSince) if (at < before) atItSince.delete(chatId)
    },

    /** An agent leaves and hands on what is theirs: in turn, or back to the queue. */
    async handOnAll(work: Work, agentId: AgentId): Promise<number> {
      await takeTurn(work.tx, 'routing')
      let handed = 0
      for (const row of await heldBy(work.tx, agentId)) {
        const chat = heldOf(row)
        const group = chat && directory.now.groups.get(chat.groupId)
        if (!chat || !group) continue
        const loads = await chatLoads(work.tx)
        const agents = seatsOf({ picture: directory.now, lines, loads, rounds: new Map() })
        const to = whereTo({ chat: { ...chat, invited: false }, due: 'agent_gone', group, agents })
        const by = { kind: 'agent', id: agentId } as const
        const given = {
          id: chat.id,
          from: agentId,
          to: to?.id ?? null,
          reason: 'left',
          by,
        } as const
        if (await passOn(work, given)) handed++
      }
      return handed
    },
  }

  function heldOf(row: Awaited<ReturnType<typeof heldBy>>[number]): HeldChat | undefined {
    if (!row.agent_id) return undefined
    return {
      id: row.id,
      groupId: row.group_id,
      queuedAt: row.queued_at,
      agentId: row.agent_id,
      invited: row.inviter_id === row.agent_id,
      givenAt: row.given_at ?? row.queued_at,
      answered: row.first_reply_at !== null,
      idleSince: row.idle_since,
    }
  }
}

/** Chats that have waited less than every timer need no look. */
function shortestPatience(groups: Iterable<Group>): number {
  let shortest = Number.POSITIVE_INFINITY
  for (const { handOff } of groups) {
    for (const limit of [handOff.firstReply, handOff.followUp]) {
      if (limit !== null) shortest = Math.min(shortest, seconds(limit))
    }
  }
  return Number.isFinite(shortest) ? shortest : seconds(86_400)
}
