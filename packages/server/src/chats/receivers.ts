import type { BrandId, DepartmentId } from '@beckon/protocol'
import type { Group, Picture } from '../directory/directory.ts'

/**
 * Groups of a brand in which somebody receives chats now: live chat is on for the department and
 * an available agent is active in the group. Front-line groups first; the first one gets a chat
 * that comes without a group. A live chat link may offer some departments only.
 */
export function receivingGroups(
  picture: Picture,
  brandId: BrandId,
  departmentIds: readonly DepartmentId[] | null = null,
): Group[] {
  return [...picture.groups.values()]
    .filter(
      (group) =>
        group.brandId === brandId &&
        (departmentIds?.includes(group.departmentId) ?? true) &&
        receives(picture, group),
    )
    .sort((a, b) => Number(b.frontLine) - Number(a.frontLine) || (a.id < b.id ? -1 : 1))
}

function receives(picture: Picture, group: Group): boolean {
  if (!picture.departments.get(group.departmentId)?.liveChat) return false
  for (const [agentId, { active }] of group.members) {
    const agent = picture.agents.get(agentId)
    if (active && agent?.available && !agent.disabled && agent.roles.has('agent')) return true
  }
  return false
}
