import type { AgentAccess, AgentId, Timestamp } from '@beckon/protocol'
import type { Db } from '../store/store.ts'

/** How each account gets in, without anything that would let somebody in. */
export async function agentAccess(db: Db, now: Timestamp): Promise<AgentAccess[]> {
  const [agents, welcomes, codes, passkeys] = await Promise.all([
    db.selectFrom('agents').select(['id', 'password_hash']).execute(),
    db
      .selectFrom('one_times')
      .select(['agent_id', 'expires_at'])
      .where('kind', '=', 'welcome')
      .where('expires_at', '>', now)
      .execute(),
    db
      .selectFrom('authenticators')
      .select('agent_id')
      .where('confirmed_at', 'is not', null)
      .execute(),
    db
      .selectFrom('passkeys')
      .select(['agent_id', (eb) => eb.fn.countAll().as('count')])
      .groupBy('agent_id')
      .execute(),
  ])
  const untilOf = new Map(welcomes.map((row) => [row.agent_id, row.expires_at]))
  const withCodes = new Set<AgentId>(codes.map((row) => row.agent_id))
  const passkeysOf = new Map(passkeys.map((row) => [row.agent_id, Number(row.count)]))
  return agents.map(({ id, password_hash }) => ({
    agentId: id,
    welcomeUntil: untilOf.get(id) ?? null,
    password: password_hash !== '',
    codes: withCodes.has(id),
    passkeys: passkeysOf.get(id) ?? 0,
  }))
}
