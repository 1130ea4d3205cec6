import type { AgentId, DepartmentId, GroupId, GroupInput, GroupView } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import type { Admin } from '../agents/change.ts'
import { knowsBrand } from '../agents/rights.ts'
import type { Group } from '../directory/directory.ts'
import { newId } from '../ids.ts'
import { notThere, Refusal } from '../refusal.ts'
import type { Tx } from '../store/store.ts'

const nameTaken = () =>
  new Refusal(
    'name_taken',
    'This department has a group of this name already. Choose another name.',
  )

export function createGroups({ directory, clock, change }: Admin) {
  return {
    list(actor: AgentActor): GroupView[] {
      return [...directory.now.groups.values()]
        .filter((group) => knowsBrand(actor, group.brandId))
        .map(view)
        .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id))
    },

    one(actor: AgentActor, id: GroupId): GroupView {
      const group = directory.now.groups.get(id)
      if (!group || !knowsBrand(actor, group.brandId)) throw notThere('group')
      return view(group)
    },

    async create(actor: AgentActor, input: GroupInput): Promise<GroupView> {
      const { brandId } = departmentOf(input.departmentId)
      refuseUnknown(input.memberIds)
      const id = newId<GroupId>()
      const name = input.name.trim()
      const fact = { actor, type: 'group.created', subjectId: id, brandId, taken: nameTaken }
      await change({ ...fact, data: { ...input, name } }, async (tx) => {
        await refuseTaken(tx, input.departmentId, name)
        await tx
          .insertInto('groups')
          .values({
            id,
            department_id: input.departmentId,
            name,
            front_line: 0,
            created_at: clock.now(),
            ...routingColumns(input),
          })
          .execute()
        await setMembers(tx, id, input.memberIds)
      })
      return this.one(actor, id)
    },

    async update(actor: AgentActor, id: GroupId, patch: Partial<GroupInput>): Promise<GroupView> {
      const before = found(id)
      const departmentId = patch.departmentId ?? before.departmentId
      if (departmentId !== before.departmentId) {
        if (before.frontLine) {
          throw new Refusal('in_use', 'A front-line group stays in its department.')
        }
        if (departmentOf(departmentId).brandId !== before.brandId) {
          throw new Refusal('bad_input', 'A group stays in its brand. Make a new one there.')
        }
      }
      if (patch.memberIds) refuseUnknown(patch.memberIds)
      const name = (patch.name ?? before.name).trim()
      const { brandId } = before
      const fact = { actor, type: 'group.changed', subjectId: id, brandId, taken: nameTaken }
      await change({ ...fact, data: patch }, async (tx) => {
        await refuseTaken(tx, departmentId, name, id)
        await tx
          .updateTable('groups')
          .set({ name, department_id: departmentId, ...routingColumns(patch) })
          .where('id', '=', id)
          .execute()
        if (patch.memberIds) await setMembers(tx, id, patch.memberIds)
      })
      return this.one(actor, id)
    },

    /**
     * Open invitations do not hold a group: their chat starts in the department's front-line group
     * (DESIGN §5). Chats that began in it do, they are listed and reported by it.
     */
    async remove(actor: AgentActor, id: GroupId): Promise<void> {
      const { brandId, name, frontLine } = found(id)
      if (frontLine) {
        throw new Refusal(
          'in_use',
          `${name} is the front-line group of its department and stays with it.`,
        )
      }
      const fact = { actor, type: 'group.deleted', subjectId: id, brandId, data: { name } }
      await change(fact, async (tx) => {
        const chat = await tx
          .selectFrom('chats')
          .select('id')
          .where('group_id', '=', id)
          .executeTakeFirst()
        if (chat) {
          throw new Refusal('in_use', `${name} has chats. Remove its members instead.`)
        }
        await tx.deleteFrom('group_members').where('group_id', '=', id).execute()
        await tx.deleteFrom('groups').where('id', '=', id).execute()
      })
    },
  }

  function found(id: GroupId): Group {
    const group = directory.now.groups.get(id)
    if (!group) throw notThere('group')
    return group
  }

  function departmentOf(id: DepartmentId) {
    const department = directory.now.departments.get(id)
    if (!department) throw new Refusal('bad_input', 'departmentId names no department.')
    return department
  }

  function refuseUnknown(memberIds: readonly AgentId[]): void {
    if (memberIds.every((id) => directory.now.agents.has(id))) return
    throw new Refusal('bad_input', 'memberIds names somebody who has no account.')
  }
}

export type Groups = ReturnType<typeof createGroups>

const view = ({ brandId: _, members, ...group }: Group): GroupView => ({
  ...group,
  members: [...members].map(([agentId, { active }]) => ({ agentId, active })),
})

/** What was not said stays as it is, or as shipped. */
const routingColumns = ({ distribution, chatLimit, handOff, alert }: Partial<GroupInput>) => ({
  ...(distribution && { distribution }),
  ...(chatLimit !== undefined && { chat_limit: chatLimit }),
  ...(handOff && {
    first_reply_seconds: handOff.firstReply,
    follow_up_seconds: handOff.followUp,
    gone_seconds: handOff.gone,
  }),
  ...(alert && { alert_waiting: alert.waiting, alert_seconds: alert.seconds }),
})

/** Those who stay keep their switch; those who come are active. */
async function setMembers(tx: Tx, groupId: GroupId, memberIds: readonly AgentId[]): Promise<void> {
  const leave = tx.deleteFrom('group_members').where('group_id', '=', groupId)
  await (memberIds.length > 0 ? leave.where('agent_id', 'not in', memberIds) : leave).execute()
  for (const agentId of memberIds) {
    await tx
      .insertInto('group_members')
      .values({ group_id: groupId, agent_id: agentId, active: 1 })
      .onConflict((conflict) => conflict.columns(['group_id', 'agent_id']).doNothing())
      .execute()
  }
}

async function refuseTaken(
  tx: Tx,
  departmentId: DepartmentId,
  name: string,
  except?: GroupId,
): Promise<void> {
  const rows = await tx
    .selectFrom('groups')
    .select(['id', 'name'])
    .where('department_id', '=', departmentId)
    .execute()
  const same = (row: { name: string }) => row.name.toLowerCase() === name.toLowerCase()
  if (rows.some((row) => row.id !== except && same(row))) throw nameTaken()
}
