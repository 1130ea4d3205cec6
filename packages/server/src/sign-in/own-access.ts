import type { OwnAccess, OwnSignIn } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { record } from '../agents/record.ts'
import type { Geo } from '../geo/geo.ts'
import type { Bus } from '../realtime/bus.ts'
import { notThere } from '../refusal.ts'
import type { Store, Tx } from '../store/store.ts'
import type { Clock } from '../time/clock.ts'
import { readBrowser } from '../visits/browser.ts'
import { authenticatorOf } from './authenticator-codes.ts'
import { passkeysOf } from './passkeys.ts'
import { recoveryCodesLeft } from './recovery-codes.ts'
import { IDLE_MS } from './sign-ins.ts'

/** An agent's own ways in, and the browsers they are signed in with. */
export function createOwnAccess(deps: {
  store: Store
  clock: Clock
  bus: Bus
  geo?: Pick<Geo, 'locate'> | undefined
}) {
  const { store, clock, bus, geo } = deps

  return {
    read: (actor: AgentActor): Promise<OwnAccess> =>
      store.read(async (db) => {
        const now = clock.now()
        const rows = await db
          .selectFrom('sign_ins')
          .select(['id', 'user_agent', 'ip', 'created_at', 'last_seen_at'])
          .where('agent_id', '=', actor.agentId)
          .where('expires_at', '>', now)
          .where('last_seen_at', '>', now - IDLE_MS)
          .orderBy('last_seen_at', 'desc')
          .execute()
        const codes = await authenticatorOf(db, actor.agentId)
        return {
          signIns: rows.map((row) => viewOf(row, actor)),
          codes: codes?.confirmed_at
            ? {
                since: codes.confirmed_at,
                recoveryCodesLeft: await recoveryCodesLeft(db, actor.agentId),
              }
            : null,
          passkeys: await passkeysOf(db, actor.agentId),
        }
      }),

    async end(actor: AgentActor, id: string): Promise<void> {
      const ended = await store.commit((tx) => endWhere(tx, actor, '=', id))
      if (ended.length === 0) throw notThere('sign-in')
      cut(actor, ended)
    },

    async endOthers(actor: AgentActor): Promise<void> {
      const ended = await store.commit((tx) => endWhere(tx, actor, '!=', actor.signInId))
      if (ended.length > 0) cut(actor, ended)
    },
  }

  async function endWhere(
    tx: Tx,
    { agentId }: AgentActor,
    is: '=' | '!=',
    id: string,
  ): Promise<string[]> {
    const rows = await tx
      .deleteFrom('sign_ins')
      .where('agent_id', '=', agentId)
      .where('id', is, id)
      .returning('id')
      .execute()
    if (rows.length > 0) {
      const data = { ended: rows.length }
      const fact = { type: 'agent.sign_ins_ended', subjectId: agentId, agentId, data }
      await record(tx, { ...fact, at: clock.now() })
    }
    return rows.map((row) => row.id)
  }

  function cut({ agentId }: AgentActor, signInIds: string[]): void {
    bus.publish({ type: 'revoked', agentId, signInIds })
  }

  function viewOf(
    row: {
      id: string
      user_agent: string
      ip: string
      created_at: number
      last_seen_at: number
    },
    actor: AgentActor,
  ): OwnSignIn {
    const { browser, os, device } = readBrowser(row.user_agent)
    const { city, country } = geo?.locate(row.ip) ?? {}
    return {
      id: row.id,
      here: row.id === actor.signInId,
      ip: row.ip,
      startedAt: row.created_at,
      lastSeenAt: row.last_seen_at,
      ...(browser && { browser }),
      ...(os && { os }),
      ...(device && { device }),
      ...(city && { city }),
      ...(country && { country }),
    }
  }
}
