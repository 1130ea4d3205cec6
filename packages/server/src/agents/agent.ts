import type { AgentView, Role } from '@beckon/protocol'
import type { Agent } from '../directory/directory.ts'
import type { AgentActor } from './actor.ts'
import { isAdministrator, knowsBrand, ROLES } from './rights.ts'

/** As REST shows an account. Colleagues see each other's names; addresses are for administrators. */
export function agentView(agent: Agent, actor: AgentActor): AgentView {
  const mayReadEmail = isAdministrator(actor) || actor.agentId === agent.id
  return {
    id: agent.id,
    name: agent.name,
    chatName: agent.chatName,
    email: mayReadEmail ? agent.email : '',
    roles: ROLES.filter((role) => agent.roles.has(role)),
    disabled: agent.disabled,
    available: agent.available,
    chatLimit: agent.chatLimit,
  }
}

/** Administrators see every account, others the colleagues of their brands and themselves. */
export const knowsAgent = (
  actor: AgentActor,
  agent: Agent,
  brandsOf: (agent: Agent) => Iterable<Parameters<typeof knowsBrand>[1]>,
): boolean =>
  isAdministrator(actor) ||
  actor.agentId === agent.id ||
  [...brandsOf(agent)].some((brandId) => knowsBrand(actor, brandId))

export const isWorkingAdministrator = (agent: { roles: readonly Role[]; disabled: boolean }) =>
  !agent.disabled && agent.roles.includes('administrator')

/** What a change means for those signed in: their rights or their proof are no longer what they were. */
export const endsSignIns = (
  before: { roles: readonly Role[]; disabled: boolean },
  after: { roles?: readonly Role[]; disabled?: boolean; password?: string },
): boolean =>
  after.password !== undefined ||
  (after.disabled === true && !before.disabled) ||
  (after.roles !== undefined && [...after.roles].sort().join() !== [...before.roles].sort().join())
