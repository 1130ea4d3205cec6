import type { AgentId, ChatId, GroupId } from '@beckon/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  canReceive,
  decide,
  dueReason,
  type HeldChat,
  type Move,
  type QueuedChat,
  type RoutingAgent,
  type RoutingFacts,
  type RoutingGroup,
} from './routing.ts'
import { expectedWait } from './waits.ts'

const NOW = 1_000_000_000
const GROUPS = ['group-a', 'group-b', 'group-c'] as GroupId[]
const AGENTS = ['ada', 'ben', 'cem', 'dea', 'eve'] as AgentId[]

const group = (id: GroupId, more: Partial<RoutingGroup> = {}): RoutingGroup => ({
  id,
  distribution: 'round_robin',
  chatLimit: null,
  handOff: { firstReply: 60, followUp: 300, gone: 120 },
  ...more,
})
const agent = (id: string, more: Partial<RoutingAgent> = {}): RoutingAgent => ({
  id: id as AgentId,
  receives: true,
  groupIds: new Set(GROUPS),
  limit: 3,
  load: 0,
  loadIn: new Map(),
  givenAt: 0,
  ...more,
})
const queued = (id: string, groupId: GroupId, queuedAt = NOW - 1_000): QueuedChat => ({
  id: id as ChatId,
  groupId,
  queuedAt,
})
const held = (id: string, agentId: string, more: Partial<HeldChat> = {}): HeldChat => ({
  ...queued(id, GROUPS[0] as GroupId),
  agentId: agentId as AgentId,
  invited: false,
  givenAt: 0,
  answered: false,
  idleSince: NOW - 60_000,
  ...more,
})
const facts = (more: {
  groups?: RoutingGroup[]
  agents?: RoutingAgent[]
  queued?: QueuedChat[]
  held?: HeldChat[]
}): RoutingFacts => ({
  now: NOW,
  groups: new Map((more.groups ?? GROUPS.map((id) => group(id))).map((one) => [one.id, one])),
  agents: new Map((more.agents ?? [agent('ada'), agent('ben')]).map((one) => [one.id, one])),
  queued: more.queued ?? [],
  held: more.held ?? [],
})
const told = (moves: Move[]) =>
  moves.map((move) => `${move.chat.id} ${move.type === 'give' ? 'to' : move.reason} ${move.to}`)

const any = {
  facts: fc
    .record({
      groups: fc.tuple(
        ...GROUPS.map((id) =>
          fc
            .record({
              distribution: fc.constantFrom('pull', 'round_robin'),
              chatLimit: fc.constantFrom(null, 1, 2),
              handOff: fc.constantFrom(
                { firstReply: 60, followUp: 300, gone: 120 },
                { firstReply: null, followUp: null, gone: null },
                { firstReply: 1, followUp: 1, gone: null },
              ),
            })
            .map((more) => group(id, more as Partial<RoutingGroup>)),
        ),
      ),
      agents: fc.tuple(
        ...AGENTS.map((id) =>
          fc
            .record({
              receives: fc.boolean(),
              groupIds: fc.subarray(GROUPS).map((ids) => new Set(ids)),
              limit: fc.integer({ min: 1, max: 4 }),
              givenAt: fc.integer({ min: 0, max: 5 }),
              gone: fc.boolean(),
            })
            .map(({ gone, ...more }) =>
              agent(id, { ...more, ...(gone && { receives: false, goneSince: NOW - 130_000 }) }),
            ),
        ),
      ),
      queued: fc.array(fc.tuple(fc.constantFrom(...GROUPS), fc.integer({ min: 0, max: 9 })), {
        maxLength: 12,
      }),
      held: fc.array(
        fc.record({
          groupId: fc.constantFrom(...GROUPS),
          agentId: fc.constantFrom(...AGENTS, 'deleted' as AgentId),
          invited: fc.boolean(),
          answered: fc.boolean(),
          idleSince: fc.constantFrom(null, NOW, NOW - 61_000, NOW - 301_000),
          queuedAt: fc.integer({ min: 0, max: 9 }),
        }),
        { maxLength: 12 },
      ),
    })
    .map(({ groups, agents, queued: waiting, held: with_ }) => {
      const chats = with_.map((one, n) => held(`held-${n}`, one.agentId, one))
      const counted = agents.map((one) => {
        const own = chats.filter(({ agentId }) => agentId === one.id)
        const loadIn = new Map<GroupId, number>()
        for (const { groupId } of own) loadIn.set(groupId, (loadIn.get(groupId) ?? 0) + 1)
        return { ...one, load: own.length, loadIn }
      })
      return facts({
        groups,
        agents: counted,
        queued: waiting.map(([groupId, at], n) => queued(`queued-${n}`, groupId, at)),
        held: chats,
      })
    }),
}

/** Makes the moves one after the other, and shows what was before each; room they make is not counted. */
function replay(
  given: RoutingFacts,
  moves: readonly Move[],
  look: (move: Move, agents: ReadonlyMap<AgentId, RoutingAgent>, group: RoutingGroup) => void,
) {
  const agents = new Map(given.agents)
  for (const move of moves) {
    const { groupId } = move.chat
    look(move, agents, given.groups.get(groupId) as RoutingGroup)
    const to = move.to && agents.get(move.to)
    if (!to) continue
    const loadIn = new Map(to.loadIn).set(groupId, (to.loadIn.get(groupId) ?? 0) + 1)
    agents.set(to.id, { ...to, load: to.load + 1, loadIn })
  }
  return agents
}

const holds = (what: (given: RoutingFacts, moves: Move[]) => void) =>
  fc.assert(
    fc.property(any.facts, (given) => what(given, decide(given))),
    { numRuns: 2_000 },
  )

describe('C8 round robin', () => {
  test('C8 the one with the fewest chats is next, of equals who has waited longest', () => {
    const agents = [
      agent('ada', { load: 1, givenAt: 1 }),
      agent('ben', { givenAt: 9 }),
      agent('cem', { givenAt: 4 }),
    ]
    const chats = ['one', 'two', 'three'].map((id, n) => queued(id, GROUPS[0] as GroupId, n))
    expect(told(decide(facts({ agents, queued: chats })))).toEqual([
      'one to cem',
      'two to ben',
      'three to ada',
    ])
  })

  test('C8 never over a limit: the agent’s own, and the group’s', () => {
    holds((given, moves) => {
      replay(given, moves, (move, agents, { id, chatLimit }) => {
        const to = move.to && agents.get(move.to)
        if (!to) return
        expect(to.load).toBeLessThan(to.limit)
        expect(to.loadIn.get(id) ?? 0).toBeLessThan(chatLimit ?? 99)
      })
    })
  })

  test('C8 never to someone who cannot receive', () => {
    holds((given, moves) => {
      for (const { to, chat } of moves) {
        if (!to) continue
        const agent = given.agents.get(to)
        expect(agent?.receives && agent.groupIds.has(chat.groupId)).toBe(true)
      }
    })
  })

  test('C8 fair within one: nobody is given a chat while a colleague who could have it has fewer', () => {
    holds((given, moves) => {
      replay(given, moves, (move, agents, group) => {
        const to = move.to && agents.get(move.to)
        if (!to) return
        for (const other of agents.values()) {
          const wasTheirs = move.type === 'hand_off' && other.id === move.chat.agentId
          if (!wasTheirs && canReceive(other, group)) {
            expect(to.load).toBeLessThanOrEqual(other.load)
          }
        }
      })
    })
  })

  test('C8 chats that come one by one are spread within one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 30 }),
        (team, count) => {
          const counts = new Map<AgentId, number>()
          const lastGiven = new Map<AgentId, number>()
          for (let n = 0; n < count; n++) {
            const agents = AGENTS.slice(0, team).map((id) =>
              agent(id, { load: 0, limit: 99, givenAt: lastGiven.get(id) ?? 0 }),
            )
            // Each chat is over when the next one comes: only the turn decides.
            const [move] = decide(facts({ agents, queued: [queued('one', GROUPS[0] as GroupId)] }))
            const to = move?.to as AgentId
            counts.set(to, (counts.get(to) ?? 0) + 1)
            lastGiven.set(to, n + 1)
          }
          const all = AGENTS.slice(0, team).map((id) => counts.get(id) ?? 0)
          expect(Math.max(...all) - Math.min(...all)).toBeLessThanOrEqual(1)
        },
      ),
    )
  })

  test('C8 the order of the queue is kept, and nobody waits while somebody could answer', () => {
    holds((given, moves) => {
      const gave = new Set(moves.filter(({ type }) => type === 'give').map(({ chat }) => chat.id))
      const left = given.queued.filter(({ id }) => !gave.has(id))
      for (const chat of given.queued.filter(({ id }) => gave.has(id))) {
        expect(given.groups.get(chat.groupId)?.distribution).toBe('round_robin')
        for (const other of left) {
          if (other.groupId !== chat.groupId) continue
          expect([other.queuedAt, other.id] >= [chat.queuedAt, chat.id]).toBe(true)
        }
      }
      const after = replay(given, moves, () => {})
      for (const { groupId } of left) {
        const group = given.groups.get(groupId) as RoutingGroup
        if (group.distribution === 'pull') continue
        expect([...after.values()].some((one) => canReceive(one, group))).toBe(false)
      }
    })
  })

  test('C8 no chat is moved twice', () => {
    holds((_, moves) => {
      expect(new Set(moves.map(({ chat }) => chat.id)).size).toBe(moves.length)
    })
  })
})

describe('C8 hand-off', () => {
  const first = GROUPS[0] as GroupId
  const timers = group(first)
  const due = (chat: Partial<HeldChat>, who: Partial<RoutingAgent> = {}, at = NOW) =>
    dueReason(held('one', 'ada', chat), agent('ada', who), timers, at)

  test('C8 no initial response for 60 s, no follow-up for 5 minutes, disconnected for 2', () => {
    expect(due({ idleSince: NOW - 59_999 })).toBeUndefined()
    expect(due({ idleSince: NOW - 60_000 })).toBe('no_first_reply')
    expect(due({ idleSince: NOW - 299_999, answered: true })).toBeUndefined()
    expect(due({ idleSince: NOW - 300_000, answered: true })).toBe('no_follow_up')
    expect(due({ idleSince: null }, { goneSince: NOW - 119_999 })).toBeUndefined()
    expect(due({ idleSince: null }, { goneSince: NOW - 120_000 })).toBe('agent_gone')
    expect(due({ idleSince: null, answered: true })).toBeUndefined()
    // Given while they were away: from then.
    expect(due({ idleSince: null, givenAt: NOW - 60_000 }, { goneSince: 0 })).toBeUndefined()
  })

  test('C8 each timer can be off; who has no account any more keeps no chat', () => {
    const off = group(first, { handOff: { firstReply: null, followUp: null, gone: null } })
    for (const answered of [true, false]) {
      const chat = { answered, idleSince: 0, givenAt: 0 }
      expect(dueReason(chat, agent('ada', { goneSince: 0 }), off, NOW)).toBeUndefined()
      expect(dueReason(chat, undefined, off, NOW)).toBe('agent_gone')
    }
  })

  test('C8 round robin reassigns, pull returns to the queue', () => {
    expect(told(decide(facts({ held: [held('one', 'ada')] })))).toEqual(['one no_first_reply ben'])
    const groups = [group(first, { distribution: 'pull' })]
    expect(told(decide(facts({ groups, held: [held('one', 'ada')] })))).toEqual([
      'one no_first_reply null',
    ])
  })

  test('C8 a slow agent who is alone keeps it; one who is gone does not', () => {
    const ada = agent('ada')
    expect(decide(facts({ agents: [ada], held: [held('one', 'ada')] }))).toEqual([])
    const gone = agent('ada', { receives: false, goneSince: 0 })
    expect(told(decide(facts({ agents: [gone], held: [held('one', 'ada')] })))).toEqual([
      'one agent_gone null',
    ])
  })

  test('C8 an invited chat is taken from the inviter only if another agent can receive it', () => {
    holds((given, moves) => {
      for (const move of moves) {
        if (move.type !== 'hand_off' || !move.chat.invited) continue
        if (!given.agents.has(move.chat.agentId)) continue
        const others = [...given.agents.values()].filter(({ id }) => id !== move.chat.agentId)
        const able = others.filter((one) => one.receives && one.groupIds.has(move.chat.groupId))
        expect(able.length).toBeGreaterThan(0)
      }
    })
    for (const distribution of ['pull', 'round_robin'] as const) {
      const groups = [group(first, { distribution })]
      const chat = held('one', 'ada', { invited: true })
      const full = agent('ben', { load: 3 })
      expect(decide(facts({ groups, agents: [agent('ada'), full], held: [chat] }))).toEqual([])
      expect(decide(facts({ groups, held: [chat] }))).toHaveLength(1)
    }
  })

  test('C8 nothing is taken before its time, and what is returned goes to nobody it was taken from', () => {
    holds((given, moves) => {
      for (const move of moves) {
        if (move.type !== 'hand_off') continue
        const { chat, to, reason } = move
        expect(to).not.toBe(chat.agentId)
        const group = given.groups.get(chat.groupId)
        expect(dueReason(chat, given.agents.get(chat.agentId), group, NOW)).toBe(reason)
        if (group?.distribution === 'pull') expect(to).toBeNull()
      }
    })
  })
})

describe('C3 expected wait', () => {
  const waited = (place: number, ms: number) => ({ place, queuedAt: 0, startedAt: ms })

  test('C3 what a place took others, times the places ahead', () => {
    const lately = [waited(1, 60_000), waited(2, 120_000), waited(1, 30_000), waited(4, 800_000)]
    expect(expectedWait(lately, 1)).toBe(60_000)
    expect(expectedWait(lately, 3)).toBe(180_000)
  })

  test('C3 unknown while few have waited: who was answered at once has seen no queue', () => {
    expect(expectedWait([waited(1, 60_000), waited(1, 60_000)], 1)).toBeUndefined()
    expect(
      expectedWait(
        [1, 2, 3, 4].map(() => waited(1, 500)),
        1,
      ),
    ).toBeUndefined()
  })
})
