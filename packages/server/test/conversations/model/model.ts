import fc from 'fast-check'
import type { Store } from '../../../src/store/store.ts'
import { openScene, type Scene } from '../scene.ts'
import { scheduledStore } from '../scheduled-store.ts'
import { anAct } from './act.ts'
import { FROZEN } from './frozen.ts'
import { checkInvariants } from './invariants.ts'
import { perform } from './perform.ts'
import { atOnce, RACERS } from './races.ts'
import { createWorld, type ModelScene, must } from './world.ts'

const TABLES = ['messages', 'chats', 'invitations', 'events', 'done_commands', 'visitors'] as const
const LONGEST_HISTORY = 24
const LONGEST_CROWDED = 10

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

/**
 * The same on several nodes: each step goes to one of them, those at once to different ones, and
 * what was done on one is said again on another.
 */
export async function runOnNodes(
  scene: ModelScene,
  { runs, seed, longest }: { runs: number; seed?: number | undefined; longest: number },
): Promise<void> {
  const step = fc.record({ act: anAct, node: fc.nat({ max: 1 }) })
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: longest / 2, maxLength: longest, size: 'max' }),
      async (steps) => {
        const world = await createWorld(scene)
        try {
          for (const { act, node } of steps) {
            scene.use(node)
            await perform(world, act)
            await scene.settle()
            await checkInvariants(world)
          }
        } finally {
          await world.close()
          await putBackSwitches(scene)
          scene.faults.length = 0
        }
      },
    ),
    { numRuns: runs, ...(seed !== undefined && { seed }) },
  )
}

/** Several things at once, whatever the history has come to. */
const aCrowd = fc.record({
  do: fc.constant('crowd' as const),
  v: fc.nat({ max: 1 }),
  // Pages that open a chat meet what is said in it most often.
  racers: fc.array(fc.constantFrom(...RACERS, 'opens', 'opens', 'adaSends', 'visitorSends'), {
    minLength: 2,
    maxLength: 4,
  }),
})

/**
 * What goes on at once meets at every await: the scheduler says who is let into the store next, and
 * who hears its answer next. A history leads somewhere first, then many things happen at the same moment.
 */
export async function runScheduled(
  store: Store,
  { runs, seed, quick = false }: { runs: number; seed?: number | undefined; quick?: boolean },
): Promise<void> {
  const scheduled = scheduledStore(store)
  const scene = await openScene(scheduled)
  const step = fc.oneof({ weight: 1, arbitrary: anAct }, { weight: 1, arbitrary: aCrowd })
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(step, { minLength: 2, maxLength: LONGEST_CROWDED, size: 'medium' }),
      async (scheduler, steps) => {
        await putBack(scene)
        const interleaved = (work: () => Promise<unknown>) => scheduled.interleaved(scheduler, work)
        const world = await createWorld(Object.assign(Object.create(scene), { interleaved }))
        try {
          for (const one of steps) {
            if (one.do === 'crowd') await atOnce(world, must(world.people[one.v]), one.racers)
            else await perform(world, one)
            await scene.settle()
            await checkInvariants(world)
          }
        } finally {
          await world.close()
        }
      },
    ),
    { numRuns: runs, endOnFailure: quick, ...(seed !== undefined && { seed }) },
  )
  await scene.conversations.stop()
}

async function putBack(scene: Scene) {
  scene.faults.length = 0
  await scene.store.commit(async (tx) => {
    for (const table of TABLES) await tx.deleteFrom(table).execute()
  })
  await putBackSwitches(scene)
}

/** Whatever the last history switched is on again. */
async function putBackSwitches(scene: ModelScene) {
  const { ids, directory } = scene
  const { agents, departments, sites } = directory.now
  if (!departments.get(ids.support)?.liveChat)
    await scene.set('departments', ids.support, { live_chat: 1 })
  if (sites.get(ids.shop)?.off) await scene.set('sites', ids.shop, { off: 0 })
  if (agents.get(ids.ben)?.disabled) await scene.set('agents', ids.ben, { disabled: 0 })
  if (!agents.get(ids.ada)?.available) await scene.set('agents', ids.ada, { available: 1 })
}
