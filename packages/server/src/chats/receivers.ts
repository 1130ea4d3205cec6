import type { BrandId, DepartmentId, Hours, Timestamp } from '@beckon/protocol'
import type { Department, Directory, Group } from '../directory/directory.ts'
import { openNow } from '../hours/hours.ts'
import type { AgentLines } from '../standing/agent-lines.ts'
import type { Clock } from '../time/clock.ts'
import type { Face } from '../visits/presence.ts'

/** Where somebody wants to chat: in a brand, or in some of its departments. */
export type Reach = { brandId: BrandId; departmentIds?: readonly DepartmentId[] }

export type Receivers = ReturnType<typeof createReceivers>

/**
 * Who receives chats now (C8, C10). A department does while its live chat is on and it is not closed
 * by its hours, a group while one of its agents is connected, available and active in it. Agents
 * with their hands full receive all the same: the next chat waits for them in the queue.
 */
export function createReceivers(deps: {
  directory: Directory
  lines: Pick<AgentLines, 'isHere'>
  clock: Clock
}) {
  const { directory, lines, clock } = deps
  const known = new WeakMap<Hours, { at: Timestamp; open: boolean; changesAt?: Timestamp }>()

  /** Asked many times a second; worked out when it changes. */
  function hoursNow(hours: Hours | null): { open: boolean; changesAt?: Timestamp } {
    if (!hours) return { open: true }
    const now = clock.now()
    const before = known.get(hours)
    const isCurrent = before && before.at <= now && now < (before.changesAt ?? before.at + A_DAY)
    if (isCurrent) return before
    const fresh = { at: now, ...openNow(hours, now) }
    known.set(hours, fresh)
    return fresh
  }

  const takesChats = ({ liveChat, closedOutside, hours }: Department): boolean =>
    liveChat && (!closedOutside || hoursNow(hours).open)

  function receives({ members, departmentId }: Group): boolean {
    const department = directory.now.departments.get(departmentId)
    if (!department || !takesChats(department)) return false
    for (const [agentId, { active }] of members) {
      const agent = directory.now.agents.get(agentId)
      if (!active || !agent?.available || agent.disabled || !agent.roles.has('agent')) continue
      if (lines.isHere(agentId)) return true
    }
    return false
  }

  const within = ({ brandId, departmentIds }: Reach, one: Department): boolean =>
    one.brandId === brandId && (!departmentIds || departmentIds.includes(one.id))

  /** Groups in which somebody receives: front-line groups first, the first one gets what comes. */
  const groups = (reach: Reach): Group[] =>
    [...directory.now.groups.values()]
      .filter((group) => {
        const department = directory.now.departments.get(group.departmentId)
        return department !== undefined && within(reach, department) && receives(group)
      })
      .sort((a, b) => Number(b.frontLine) - Number(a.frontLine) || (a.id < b.id ? -1 : 1))

  return {
    groups,

    /** Changes whenever any face may. */
    get mark(): string {
      const { groups, departments } = directory.now
      const open = [...departments.values()].map(({ id, hours }) => `${id} ${hoursNow(hours).open}`)
      return [...open, ...[...groups.values()].filter(receives).map(({ id }) => id)].join()
    },

    /** What a link shows. Where the hours of all say so, when they begin again. */
    face(reach: Reach): Face {
      if (groups(reach).length > 0) return { online: true }
      const all = [...directory.now.departments.values()]
        .filter((one) => one.liveChat && within(reach, one))
        .map(({ hours }) => hoursNow(hours))
      if (all.some(({ open }) => open)) return { online: false }
      const moments = all.flatMap(({ changesAt }) => changesAt ?? [])
      return { online: false, ...(moments.length > 0 && { opensAt: Math.min(...moments) }) }
    },
  }
}

const A_DAY = 86_400_000
