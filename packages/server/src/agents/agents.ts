import type { AgentId, AgentInput, AgentView, BrandId, Role } from '@beckon/protocol'
import type { Agent } from '../directory/directory.ts'
import { newId } from '../ids.ts'
import { notThere, Refusal } from '../refusal.ts'
import { endOneTimes } from '../sign-in/one-times.ts'
import { weakness } from '../sign-in/passwords.ts'
import type { SignIns } from '../sign-in/sign-ins.ts'
import type { Tx } from '../store/store.ts'
import type { AgentActor } from './actor.ts'
import { agentView, endsSignIns, isWorkingAdministrator, knowsAgent } from './agent.ts'
import type { Admin } from './change.ts'
import { ROLES } from './rights.ts'

type Deps = Admin & { signIns: SignIns }

const CHAT_LIMIT = 3

const emailTaken = () =>
  new Refusal('email_taken', 'Another account has this email. Use a different one.')

export function createAgents({ directory, clock, change, signIns }: Deps) {
  return {
    list(actor: AgentActor): AgentView[] {
      const { agents } = directory.now
      return [...agents.values()]
        .filter((agent) => knowsAgent(actor, agent, brandsOf))
        .map((agent) => agentView(agent, actor))
        .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id))
    },

    one(actor: AgentActor, id: AgentId): AgentView {
      const agent = directory.now.agents.get(id)
      if (!agent || !knowsAgent(actor, agent, brandsOf)) throw notThere('agent')
      return agentView(agent, actor)
    },

    async create(actor: AgentActor, input: AgentInput): Promise<AgentView> {
      const id = newId<AgentId>()
      const email = cleanEmail(input.email)
      const { password } = input
      if (password !== undefined) refuseWeak(password, { ...input, email })
      // An empty one matches nothing.
      const passwordHash = password === undefined ? '' : await signIns.passwords.hash(password)
      const fact = { actor, type: 'agent.created', subjectId: id, taken: emailTaken }
      await change({ ...fact, data: { name: input.name, roles: input.roles } }, async (tx) => {
        await refuseTaken(tx, email)
        await tx
          .insertInto('agents')
          .values({
            id,
            name: input.name.trim(),
            chat_name: input.chatName.trim(),
            email,
            password_hash: passwordHash,
            roles: JSON.stringify(inOrder(input.roles)),
            available: 0,
            chat_limit: input.chatLimit ?? CHAT_LIMIT,
            disabled: input.disabled ? 1 : 0,
            created_at: clock.now(),
          })
          .execute()
      })
      return this.one(actor, id)
    },

    /** Says whether the agent's sign-ins ended with it. */
    async update(
      actor: AgentActor,
      id: AgentId,
      patch: Partial<AgentInput>,
    ): Promise<{ agent: AgentView; signedOut: boolean }> {
      const before = directory.now.agents.get(id)
      if (!before) throw notThere('agent')
      const email = patch.email === undefined ? undefined : cleanEmail(patch.email)
      if (patch.password !== undefined) {
        refuseWeak(patch.password, { email: email ?? before.email, name: before.name })
      }
      const passwordHash =
        patch.password === undefined ? undefined : await signIns.passwords.hash(patch.password)

      const fact = { actor, type: 'agent.changed', subjectId: id, taken: emailTaken }
      const { password, ...told } = patch
      const data = { ...told, ...(password === undefined ? {} : { password: 'changed' }) }
      const signedOut = await change({ ...fact, data }, async (tx) => {
        const row = await tx
          .selectFrom('agents')
          .select(['roles', 'disabled'])
          .where('id', '=', id)
          .executeTakeFirst()
        if (!row) throw notThere('agent')
        const was = { roles: JSON.parse(row.roles) as Role[], disabled: row.disabled === 1 }
        const will = {
          roles: patch.roles ?? was.roles,
          disabled: patch.disabled ?? was.disabled,
        }
        if (isWorkingAdministrator(was) && !isWorkingAdministrator(will)) {
          await refuseLastAdministrator(tx, id)
        }
        if (email !== undefined) await refuseTaken(tx, email, id)
        await tx
          .updateTable('agents')
          .set({
            ...(patch.name === undefined ? {} : { name: patch.name.trim() }),
            ...(patch.chatName === undefined ? {} : { chat_name: patch.chatName.trim() }),
            ...(email === undefined ? {} : { email }),
            ...(passwordHash === undefined ? {} : { password_hash: passwordHash }),
            ...(patch.chatLimit === undefined ? {} : { chat_limit: patch.chatLimit }),
            roles: JSON.stringify(inOrder(will.roles)),
            disabled: will.disabled ? 1 : 0,
            // Whoever comes back after being disabled switches on again by hand.
            ...(will.disabled ? { available: 0 as const } : {}),
          })
          .where('id', '=', id)
          .execute()
        const ends = endsSignIns(was, patch)
        if (ends) await signIns.revokeIn(tx, id)
        if (passwordHash !== undefined) await endOneTimes(tx, id, ['welcome'])
        // Links lie in the mailbox of the address before.
        if (email !== undefined && email !== before.email) {
          await endOneTimes(tx, id, ['reset', 'welcome'])
        }
        return ends
      })
      if (signedOut) signIns.announceRevoked(id)
      return { agent: this.one(actor, id), signedOut }
    },

    /** Only who has left no trace: chats and reports keep naming the others, so those are disabled. */
    async remove(actor: AgentActor, id: AgentId): Promise<void> {
      const before = directory.now.agents.get(id)
      if (!before) throw notThere('agent')
      if (id === actor.agentId) {
        throw new Refusal('not_allowed', 'You cannot delete your own account.')
      }
      const fact = { actor, type: 'agent.deleted', subjectId: id, data: { name: before.name } }
      await change(fact, async (tx) => {
        if (before.roles.has('administrator') && !before.disabled) {
          await refuseLastAdministrator(tx, id)
        }
        if (await hasHistory(tx, id)) {
          throw new Refusal(
            'in_use',
            `${before.name} has chats or invitations. Disable the account instead.`,
          )
        }
        await tx.deleteFrom('group_members').where('agent_id', '=', id).execute()
        await signIns.revokeIn(tx, id)
        await tx.deleteFrom('agents').where('id', '=', id).execute()
      })
      signIns.announceRevoked(id)
    },

    /**
     * An agent's own password: the old one proves it is them. Every other sign-in of theirs ends,
     * and this one goes on under the token it answers with (T13).
     */
    async changeOwnPassword(
      actor: AgentActor,
      { current, password }: { current: string; password: string },
    ): Promise<string> {
      const { agentId: id } = actor
      await signIns.proofs.checkPassword(actor, current)
      refuseWeak(password, { email: directory.now.agents.get(id)?.email ?? '', name: actor.name })
      const passwordHash = await signIns.passwords.hash(password)
      const data = { password: 'changed' }
      const fact = { actor, type: 'agent.changed', subjectId: id, data }
      const { token, ended } = await change(fact, async (tx) => {
        await tx
          .updateTable('agents')
          .set({ password_hash: passwordHash })
          .where('id', '=', id)
          .execute()
        return signIns.renewIn(tx, actor)
      })
      signIns.announceEnded(id, ended)
      return token
    },
  }

  function* brandsOf(agent: Agent): Iterable<BrandId> {
    for (const group of directory.now.groups.values()) {
      if (group.members.has(agent.id)) yield group.brandId
    }
  }
}

export type Agents = ReturnType<typeof createAgents>

export const cleanEmail = (email: string): string => email.trim().toLowerCase()

const inOrder = (roles: readonly Role[]): Role[] => ROLES.filter((role) => roles.includes(role))

export function refuseWeak(password: string, person: { email: string; name: string }): void {
  const reason = weakness(password, person)
  if (reason) throw new Refusal('bad_input', reason)
}

async function refuseTaken(tx: Tx, email: string, except?: AgentId): Promise<void> {
  const row = await tx
    .selectFrom('agents')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirst()
  if (row && row.id !== except) throw emailTaken()
}

async function refuseLastAdministrator(tx: Tx, leaving: AgentId): Promise<void> {
  const others = await tx
    .selectFrom('agents')
    .select('roles')
    .where('disabled', '=', 0)
    .where('id', '!=', leaving)
    .execute()
  if (others.some((row) => (JSON.parse(row.roles) as Role[]).includes('administrator'))) return
  throw new Refusal(
    'last_administrator',
    'This is the last administrator. Make somebody else one first.',
  )
}

async function hasHistory(tx: Tx, id: AgentId): Promise<boolean> {
  const rows = await Promise.all([
    tx.selectFrom('invitations').select('id').where('agent_id', '=', id).limit(1).execute(),
    tx.selectFrom('chats').select('id').where('agent_id', '=', id).limit(1).execute(),
    tx
      .selectFrom('chat_participants')
      .select('chat_id')
      .where('agent_id', '=', id)
      .limit(1)
      .execute(),
    tx.selectFrom('messages').select('seq').where('agent_id', '=', id).limit(1).execute(),
  ])
  return rows.some((found) => found.length > 0)
}
