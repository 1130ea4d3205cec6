import type { GroupChoice, GroupId } from '@beckon/protocol'
import type { Choice } from '../parts/select.tsx'

/** Groups by department, the agent's own first (S22). One department needs no heading. */
export function groupChoices(
  groups: readonly GroupChoice[],
): (Choice | { group: string; choices: Choice[] })[] {
  const departments = new Map<string, { name: string; groups: GroupChoice[] }>()
  for (const group of ownFirst(groups)) {
    const there = departments.get(group.departmentId)
    if (there) there.groups.push(group)
    else departments.set(group.departmentId, { name: group.department, groups: [group] })
  }
  const blocks = [...departments.values()].map(({ name, groups: inside }) => ({
    group: name,
    choices: inside.map((group) => ({ value: group.id, label: group.name })),
  }))
  return blocks.length === 1 ? (blocks[0]?.choices ?? []) : blocks
}

/** The one chosen last if it can still be chosen, else the first of the agent's own. */
export const preselected = (
  groups: readonly GroupChoice[],
  last: string | null,
): GroupId | undefined => (groups.find(({ id }) => id === last) ?? ownFirst(groups)[0])?.id

const ownFirst = (groups: readonly GroupChoice[]): GroupChoice[] =>
  groups.toSorted((a, b) => Number(b.own) - Number(a.own))
