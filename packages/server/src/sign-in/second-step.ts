import type { AgentId, Role } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import type { Change } from '../agents/change.ts'
import { ROLES } from '../agents/rights.ts'
import type { Directory, Picture } from '../directory/directory.ts'
import { Refusal } from '../refusal.ts'
import { keepSecondStepRoles } from '../store/second-step-rows.ts'
import type { Tx } from '../store/store.ts'

/*
 * Two steps may be asked of everybody with a role. What counts is the sign-in: one begun with a code
 * or a passkey has them, one with the password alone may do nothing but set the second step up.
 */

export const lacksStep = (
  { roles, twoSteps }: Pick<AgentActor, 'roles' | 'twoSteps'>,
  { secondStep }: Pick<Picture, 'secondStep'>,
): boolean => !twoSteps && [...roles].some((role) => secondStep.has(role))

export function createSecondStep({ directory, change }: { directory: Directory; change: Change }) {
  return {
    roles: (): Role[] => ROLES.filter((role) => directory.now.secondStep.has(role)),

    /** Whoever asks it of others has it: nobody is sent away by their own switch. */
    async ask(actor: AgentActor, roles: readonly Role[]): Promise<Role[]> {
      if (!actor.twoSteps && roles.some((role) => actor.roles.has(role))) {
        throw new Refusal(
          'not_allowed',
          'You are signed in with the password alone. Switch codes on or use a passkey under Your sign-in first.',
        )
      }
      const asked = ROLES.filter((role) => roles.includes(role))
      const fact = { actor, type: 'sign_in.steps_asked', subjectId: 'sign_in' }
      await change({ ...fact, data: { roles: asked } }, (tx) => keepSecondStepRoles(tx, asked))
      return asked
    },
  }
}

/** This sign-in has shown a second step. */
export const proveStep = (tx: Tx, signInId: string) =>
  tx.updateTable('sign_ins').set({ two_steps: 1 }).where('id', '=', signInId).execute()

/** After a way in was taken away: whoever has no second one left signs in with one step. */
export async function forgetStep(tx: Tx, agentId: AgentId): Promise<void> {
  if (await hasSecondStep(tx, agentId)) return
  await tx.updateTable('sign_ins').set({ two_steps: 0 }).where('agent_id', '=', agentId).execute()
}

async function hasSecondStep(tx: Tx, agentId: AgentId): Promise<boolean> {
  const codes = await tx
    .selectFrom('authenticators')
    .select('agent_id')
    .where('agent_id', '=', agentId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst()
  const passkey = await tx
    .selectFrom('passkeys')
    .select('id')
    .where('agent_id', '=', agentId)
    .executeTakeFirst()
  return codes !== undefined || passkey !== undefined
}
