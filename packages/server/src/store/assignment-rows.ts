import type { AgentId, BrandId, DepartmentId, GroupId } from '@beckon/protocol'
import type { Tx } from './store.ts'

/** Whether an agent can be given a chat, as the database knows it inside this work. */
export const agentForChat = (tx: Tx, id: AgentId) =>
  tx.selectFrom('agents').select(['id', 'disabled']).where('id', '=', id).executeTakeFirst()

export const groupById = (tx: Tx, id: GroupId) =>
  tx.selectFrom('groups').select(['id', 'department_id']).where('id', '=', id).executeTakeFirst()

/** The department's front-line group; if the department is gone too, the brand's first one. */
export async function frontLineGroup(
  tx: Tx,
  brandId: BrandId,
  departmentId: DepartmentId | undefined,
) {
  const ofBrand = tx
    .selectFrom('groups')
    .innerJoin('departments', 'departments.id', 'groups.department_id')
    .select('groups.id')
    .where('departments.brand_id', '=', brandId)
    .where('groups.front_line', '=', 1)
    .orderBy('departments.live_chat', 'desc')
    .orderBy('groups.id')
  const own = departmentId
    ? await ofBrand.where('departments.id', '=', departmentId).executeTakeFirst()
    : undefined
  return own ?? (await ofBrand.executeTakeFirst())
}

export const setAvailable = (tx: Tx, id: AgentId, available: boolean) =>
  tx
    .updateTable('agents')
    .set({ available: available ? 1 : 0 })
    .where('id', '=', id)
    .where('available', '!=', available ? 1 : 0)
    .returning('id')
    .executeTakeFirst()

export const setActive = (tx: Tx, groupId: GroupId, agentId: AgentId, active: boolean) =>
  tx
    .updateTable('group_members')
    .set({ active: active ? 1 : 0 })
    .where('group_id', '=', groupId)
    .where('agent_id', '=', agentId)
    .returning('group_id')
    .executeTakeFirst()
