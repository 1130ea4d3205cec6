import type { AgentId, GroupId, Timestamp } from '@beckon/protocol'
import type { Picture } from '../../directory/directory.ts'
import type { AgentLines } from '../../standing/agent-lines.ts'
import type { RoutingAgent } from './routing.ts'

export type Loads = ReadonlyMap<AgentId, ReadonlyMap<GroupId, number>>

/** Every agent as routing sees them. */
export function seatsOf(given: {
  picture: Picture
  lines: Pick<AgentLines, 'isHere' | 'goneSince'>
  loads: Loads
  rounds: ReadonlyMap<AgentId, Timestamp>
}): Map<AgentId, RoutingAgent> {
  const { picture, lines, loads, rounds } = given
  const groupIds = new Map<AgentId, Set<GroupId>>()
  for (const group of picture.groups.values()) {
    for (const [agentId, { active }] of group.members) {
      if (!active) continue
      const own = groupIds.get(agentId) ?? new Set<GroupId>()
      groupIds.set(agentId, own.add(group.id))
    }
  }
  const seats = new Map<AgentId, RoutingAgent>()
  for (const { id, disabled, available, roles, chatLimit } of picture.agents.values()) {
    // Whoever may not answer any more has left, like one without an account.
    if (disabled || !roles.has('agent')) continue
    seats.set(id, {
      id,
      receives: available && lines.isHere(id),
      groupIds: groupIds.get(id) ?? new Set(),
      limit: chatLimit,
      ...loadOf(loads, id),
      givenAt: rounds.get(id) ?? 0,
      goneSince: lines.goneSince(id),
    })
  }
  return seats
}

export function loadOf(loads: Loads, id: AgentId): Pick<RoutingAgent, 'load' | 'loadIn'> {
  const loadIn = loads.get(id) ?? new Map<GroupId, number>()
  let load = 0
  for (const n of loadIn.values()) load += n
  return { load, loadIn }
}
