import {
  type BrandId,
  type DepartmentId,
  type DepartmentInput,
  type DepartmentView,
  type GroupId,
  hoursProblem,
} from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import type { Admin } from '../agents/change.ts'
import { knowsBrand } from '../agents/rights.ts'
import { brandFor } from '../brands/brand.ts'
import type { Department } from '../directory/directory.ts'
import { openNow } from '../hours/hours.ts'
import { newId } from '../ids.ts'
import { notThere, Refusal } from '../refusal.ts'
import type { Tx } from '../store/store.ts'

const nameTaken = () =>
  new Refusal('name_taken', 'There is a department of this name already. Choose another name.')

export function createDepartments({ directory, clock, change }: Admin) {
  return {
    list(actor: AgentActor): DepartmentView[] {
      return [...directory.now.departments.values()]
        .filter((department) => knowsBrand(actor, department.brandId))
        .map(view)
        .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id))
    },

    one(actor: AgentActor, id: DepartmentId): DepartmentView {
      const department = directory.now.departments.get(id)
      if (!department || !knowsBrand(actor, department.brandId)) throw notThere('department')
      return view(department)
    },

    /** With its front-line group, named as the department. */
    async create(actor: AgentActor, input: DepartmentInput): Promise<DepartmentView> {
      const brandId = brandFor(input.brandId, directory.now)
      const id = newId<DepartmentId>()
      const name = input.name.trim()
      const now = clock.now()
      refuseBadHours(input)
      const fact = { actor, type: 'department.created', subjectId: id, brandId, taken: nameTaken }
      await change({ ...fact, data: { name, liveChat: input.liveChat } }, async (tx) => {
        await refuseTaken(tx, brandId, name)
        await tx
          .insertInto('departments')
          .values({
            id,
            brand_id: brandId,
            name,
            live_chat: input.liveChat ? 1 : 0,
            created_at: now,
            ...hoursColumns(input),
          })
          .execute()
        await tx
          .insertInto('groups')
          .values({ id: newId<GroupId>(), department_id: id, name, front_line: 1, created_at: now })
          .execute()
      })
      return this.one(actor, id)
    },

    async update(
      actor: AgentActor,
      id: DepartmentId,
      patch: Partial<DepartmentInput>,
    ): Promise<DepartmentView> {
      const before = found(id)
      if (patch.brandId !== undefined && patch.brandId !== before.brandId) {
        throw new Refusal('bad_input', 'A department stays in its brand. Make a new one there.')
      }
      refuseBadHours(patch)
      const { brandId } = before
      const name = patch.name?.trim()
      const columns = {
        ...(name !== undefined && { name }),
        ...(patch.liveChat !== undefined && ({ live_chat: patch.liveChat ? 1 : 0 } as const)),
        ...hoursColumns(patch),
      }
      const fact = { actor, type: 'department.changed', subjectId: id, brandId, taken: nameTaken }
      await change({ ...fact, data: patch }, async (tx) => {
        if (name !== undefined) await refuseTaken(tx, brandId, name, id)
        if (Object.keys(columns).length > 0) {
          await tx.updateTable('departments').set(columns).where('id', '=', id).execute()
        }
      })
      return this.one(actor, id)
    },

    async remove(actor: AgentActor, id: DepartmentId): Promise<void> {
      const { brandId, name } = found(id)
      const fact = { actor, type: 'department.deleted', subjectId: id, brandId, data: { name } }
      await change(fact, async (tx) => {
        const groups = await tx
          .selectFrom('groups')
          .select('id')
          .where('department_id', '=', id)
          .execute()
        const ids = groups.map((group) => group.id)
        if (ids.length > 0) {
          await refuseUsed(tx, ids, name)
          await tx.deleteFrom('group_members').where('group_id', 'in', ids).execute()
          await tx.deleteFrom('groups').where('id', 'in', ids).execute()
        }
        await tx.deleteFrom('departments').where('id', '=', id).execute()
      })
    },
  }

  function found(id: DepartmentId): Department {
    const department = directory.now.departments.get(id)
    if (!department) throw notThere('department')
    return department
  }

  function view(department: Department): DepartmentView {
    const { id, hours } = department
    const groups = [...directory.now.groups.values()].filter((group) => group.departmentId === id)
    const front = groups.find((group) => group.frontLine)
    // Made together and never apart: a department without one is a broken database.
    if (!front) throw new Error(`Department ${id} has no front-line group.`)
    return { ...department, frontGroupId: front.id, ...openNow(hours, clock.now()) }
  }
}

export type Departments = ReturnType<typeof createDepartments>

function refuseBadHours({ hours }: Partial<DepartmentInput>): void {
  const problem = hours && hoursProblem(hours)
  if (problem) throw new Refusal('bad_input', problem)
}

const hoursColumns = ({ hours, closedOutside }: Partial<DepartmentInput>) => ({
  ...(hours !== undefined && { hours: hours && JSON.stringify(hours) }),
  ...(closedOutside !== undefined && ({ closed_outside: closedOutside ? 1 : 0 } as const)),
})

async function refuseTaken(
  tx: Tx,
  brandId: BrandId,
  name: string,
  except?: DepartmentId,
): Promise<void> {
  const rows = await tx
    .selectFrom('departments')
    .select(['id', 'name'])
    .where('brand_id', '=', brandId)
    .execute()
  const same = (row: { name: string }) => row.name.toLowerCase() === name.toLowerCase()
  if (rows.some((row) => row.id !== except && same(row))) throw nameTaken()
}

async function refuseUsed(tx: Tx, groupIds: GroupId[], name: string): Promise<void> {
  const used = [
    await tx.selectFrom('chats').select('id').where('group_id', 'in', groupIds).limit(1).execute(),
    await tx
      .selectFrom('invitations')
      .select('id')
      .where('group_id', 'in', groupIds)
      .limit(1)
      .execute(),
  ]
  if (used.every((rows) => rows.length === 0)) return
  throw new Refusal(
    'in_use',
    `${name} has chats or invitations. Switch its live chat off instead; the record stays readable.`,
  )
}
