import fc from 'fast-check'
import type { Store } from '../../../src/store/store.ts'
import { openScene, type Scene } from '../scene.ts'
import { anAct } from './act.ts'
import { FROZEN } from './frozen.ts'
import { checkInvariants } from './invariants.ts'
import { perform } from './perform.ts'
import { createWorld } from './world.ts'

const TABLES = ['messages', 'chats', 'invitations', 'events', 'done_commands', 'visitors'] as const
const LONGEST_HISTORY = 24

/**
 * Random histories of agents, visitors, time, switches and restarts on the real service. After
 * every step all invariants hold (QUALITY §5). One store for all runs; each has its own visitors.
 */
export async function runModel(
  store: Store,
  { runs, seed, quick = false }: { runs: number; seed?: number | undefined; quick?: boolean },
): Promise<void> {
  const scene = await openScene(store)
  await fc.assert(
    fc.asyncProperty(
      // Left to itself fast-check makes lists of ten: too short to look twice.
      fc.array(anAct, { minLength: 1, maxLength: LONGEST_HISTORY, size: 'medium' }),
      async (acts) => {
        await putBack(scene)
        const world = await createWorld(scene)
        try {
          for (const act of acts) {
            await perform(world, act)
            await scene.settle()
            await checkInvariants(world)
          }
        } finally {
          await world.close()
        }
      },
    ),
    {
      numRuns: runs,
      examples: [...FROZEN],
      endOnFailure: quick,
      ...(seed !== undefined && { seed }),
    },
  )
  await scene.conversations.stop()
}

/** Whatever the last history switched is on again. */
async function putBack(scene: Scene) {
  const { ids, directory } = scene
  scene.faults.length = 0
  await scene.store.commit(async (tx) => {
    for (const table of TABLES) await tx.deleteFrom(table).execute()
  })
  const { agents, departments, sites } = directory.now
  if (!departments.get(ids.support)?.liveChat)
    await scene.set('departments', ids.support, { live_chat: 1 })
  if (sites.get(ids.shop)?.off) await scene.set('sites', ids.shop, { off: 0 })
  if (agents.get(ids.ben)?.disabled) await scene.set('agents', ids.ben, { disabled: 0 })
  if (!agents.get(ids.ada)?.available) await scene.set('agents', ids.ada, { available: 1 })
}
