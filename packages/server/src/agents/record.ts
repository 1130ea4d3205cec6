import type { BrandId, Timestamp } from '@beckon/protocol'
import { insertEvent } from '../store/event-rows.ts'
import type { Tx } from '../store/store.ts'

/** What an account did or had done to it, as one row of the event log in the same transaction. */
export type AdminEvent = {
  type: string
  subjectId: string
  at: Timestamp
  /** null: the system, or somebody before any account existed. */
  agentId: string | null
  brandId?: BrandId | null
  /** Names and settings, never a password, hash or token (T35). */
  data?: Record<string, unknown>
}

export const record = (tx: Tx, { agentId, brandId = null, ...event }: AdminEvent) =>
  insertEvent(tx, {
    ...event,
    brandId,
    by: agentId === null ? { kind: 'system' } : { kind: 'agent', id: agentId },
  })
