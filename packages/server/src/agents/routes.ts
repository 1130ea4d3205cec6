import { type AgentId, AgentInput, AgentView } from '@beckon/protocol'
import type { Api } from '../http/api.ts'
import { collectionRoutes } from '../http/collection.ts'
import type { SignInCookies } from '../sign-in/routes.ts'
import type { SignIns } from '../sign-in/sign-ins.ts'
import { type Agents, cleanEmail } from './agents.ts'

export function agentRoutes(
  api: Api,
  { agents, cookies, signIns }: { agents: Agents; cookies: SignInCookies; signIns: SignIns },
): void {
  collectionRoutes<AgentId, typeof AgentInput, typeof AgentView>(api, {
    path: '/agents',
    tag: 'Agents',
    input: AgentInput,
    view: AgentView,
    says: {
      list: 'Accounts you may see',
      one: 'One account',
      add: 'Add an account',
      change: {
        summary: 'Change an account',
        description: 'A new password, other roles or disabling ends every sign-in of the account.',
      },
      delete: 'Delete an account without history',
    },
    things: agents,
    async change(actor, id, patch, { request, reply }) {
      // A password typed for somebody is a way into their account, and so is their mailbox.
      const { email } = agents.one(actor, id)
      const moved = patch.email !== undefined && cleanEmail(patch.email) !== email
      if (moved || patch.password !== undefined) await signIns.proofs.mustBeFresh(actor)
      const { agent, signedOut } = await agents.update(actor, id, patch)
      // Changing your own account keeps you here, with a new sign-in (T13).
      if (signedOut && agent.id === actor.agentId && !agent.disabled) {
        await cookies.begin(request, reply, agent.id)
      }
      return agent
    },
  })
}
