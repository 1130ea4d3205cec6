import type { BoardGroup, BoardState } from '@beckon/protocol'

/** By department and name: a board that moved would be no board. */
export const groupsInOrder = ({ groups }: BoardState): BoardGroup[] =>
  Object.values(groups).sort(
    (a, b) =>
      a.department.localeCompare(b.department) ||
      a.name.localeCompare(b.name) ||
      (a.id < b.id ? -1 : 1),
  )

export const totalsOf = ({ groups, agents }: BoardState) => {
  const sum = (of: (group: BoardGroup) => number) =>
    Object.values(groups).reduce((all, group) => all + of(group), 0)
  return {
    queued: sum((group) => group.queued),
    active: sum((group) => group.active),
    available: Object.values(agents).filter((agent) => agent.available && agent.connected).length,
  }
}
