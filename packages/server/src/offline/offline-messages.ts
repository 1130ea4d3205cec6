import type {
  DepartmentId,
  OfflineDetail,
  OfflineMailing,
  OfflineMessageId,
  OfflineRow,
} from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import type { Change } from '../agents/change.ts'
import { knowsBrand } from '../agents/rights.ts'
import type { Directory } from '../directory/directory.ts'
import { agentName } from '../invitations/view.ts'
import { readAddress } from '../mail/address.ts'
import { notThere, Refusal } from '../refusal.ts'
import { answersOf, doneOffline, offlineEntry, setOfflineSetting } from '../store/offline-rows.ts'
import type { Store } from '../store/store.ts'
import { offlineReader, offlineVisibleTo } from './access.ts'
import { mailingOf } from './mailing.ts'
import { offlineRow } from './view.ts'

export type OfflineMessages = ReturnType<typeof createOfflineMessages>

/** What REST tells of offline messages: those that are done, all of one, and where they are mailed. */
export function createOfflineMessages(deps: {
  store: Store
  directory: Directory
  change: Change
}) {
  const { store, directory, change } = deps

  return {
    async done(
      actor: AgentActor,
      page: { text: string | undefined; before: string | undefined; limit: number },
    ): Promise<{ items: OfflineRow[]; next: string | null }> {
      const picture = directory.now
      const { text, limit } = page
      const before = page.before === undefined ? undefined : readCursor(page.before)
      const entries = await store.read((db) =>
        doneOffline(db, {
          reader: offlineReader(actor, picture),
          text,
          before,
          limit: limit + 1,
        }),
      )
      const shown = entries.slice(0, limit)
      const last = shown.at(-1)
      return {
        items: shown.map((entry) => offlineRow(entry, picture)),
        next: entries.length > limit && last ? `${last.done_at}.${last.id}` : null,
      }
    },

    async one(actor: AgentActor, id: OfflineMessageId): Promise<OfflineDetail> {
      const picture = directory.now
      return store.read(async (db) => {
        const record = await offlineVisibleTo(db, { actor, picture }, id)
        const entry = await offlineEntry(db, offlineReader(actor, picture), id)
        if (!entry) throw notThere('message')
        const answers = await answersOf(db, id)
        return {
          message: offlineRow(entry, picture),
          text: record.text,
          fields: JSON.parse(record.fields) as OfflineDetail['fields'],
          page: { url: record.page_url, title: record.page_title },
          answers: answers.map((answer) => ({
            id: answer.id,
            agentName: agentName(picture, answer.agent_id),
            text: answer.text,
            at: answer.at,
            ...(answer.state && {
              mail: { state: answer.state, ...(answer.reason && { reason: answer.reason }) },
            }),
          })),
        }
      })
    },

    async mailing(actor: AgentActor, id: DepartmentId): Promise<OfflineMailing> {
      mustKnow(actor, id)
      return store.read((db) => mailingOf(db, id))
    },

    async setMailing(
      actor: AgentActor,
      id: DepartmentId,
      mailing: OfflineMailing,
    ): Promise<OfflineMailing> {
      const { brandId } = mustKnow(actor, id)
      const address = mailing.to === 'address' ? readAddress(mailing.address ?? '') : undefined
      if (mailing.to === 'address' && !address) {
        throw new Refusal('bad_input', 'That is not an email address.')
      }
      const fact = { actor, type: 'department.mailing_changed', subjectId: id, brandId }
      const next = { to: mailing.to, ...(address && { address }) }
      await change({ ...fact, data: next }, (tx) =>
        setOfflineSetting(tx, {
          department_id: id,
          address: address ?? null,
          mailed: mailing.to === 'nobody' ? 0 : 1,
        }),
      )
      return next
    },
  }

  function mustKnow(actor: AgentActor, id: DepartmentId) {
    const department = directory.now.departments.get(id)
    if (!department || !knowsBrand(actor, department.brandId)) throw notThere('department')
    return department
  }
}

function readCursor(text: string): { doneAt: number; id: string } {
  const [, doneAt, id] = /^(\d{1,15})\.([0-9A-Za-z_-]{8,64})$/.exec(text) ?? []
  if (!doneAt || !id) {
    throw new Refusal('bad_input', 'before must be the “next” of an earlier answer.')
  }
  return { doneAt: Number(doneAt), id }
}
