import type { OfflineMessageId } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { managesBrand, mayOpenOffline, offlineDepartments } from '../agents/rights.ts'
import type { Picture } from '../directory/directory.ts'
import { notThere } from '../refusal.ts'
import { type OfflineReader, type OfflineRecord, offlineById } from '../store/offline-rows.ts'
import type { Db, Tx } from '../store/store.ts'

/** The only way request code gets an offline message: for everybody else it is not there. */
export async function offlineVisibleTo(
  db: Db | Tx,
  { actor, picture }: { actor: AgentActor; picture: Picture },
  id: OfflineMessageId,
): Promise<OfflineRecord> {
  const record = await offlineById(db, id)
  const ref = record && {
    agentId: record.agent_id,
    departmentId: record.department_id,
    brandId: record.brand_id,
  }
  if (!record || !ref || !mayOpenOffline(actor, ref, picture)) throw notThere('message')
  return record
}

/** The same rule for a list, so that the database can follow it. */
export const offlineReader = (actor: AgentActor, picture: Picture): OfflineReader => ({
  agentId: actor.agentId,
  departmentIds: [...offlineDepartments(actor, picture)],
  managedBrandIds: [...actor.brandIds].filter((brandId) => managesBrand(actor, brandId)),
  allDepartmentIds: [...picture.departments.keys()],
})
