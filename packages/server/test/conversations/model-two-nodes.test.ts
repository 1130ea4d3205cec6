import { afterAll, beforeAll, describe, test } from 'vitest'
import { postgresPrograms } from '../postgres-server.ts'
import { redisServerProgram } from '../redis-server.ts'
import { runOnNodes } from './model/model.ts'
import { type NodesScene, openNodesScene } from './nodes/scene.ts'

/* BECKON_TEST_NODES_RUNS=150 for the long form, BECKON_SEED to see one again. */
const runs = Number(process.env.BECKON_TEST_NODES_RUNS ?? 4)
const seed = process.env.BECKON_SEED === undefined ? undefined : Number(process.env.BECKON_SEED)

describe.skipIf(!postgresPrograms || !redisServerProgram)('two real nodes', () => {
  let scene: NodesScene
  beforeAll(async () => {
    scene = await openNodesScene()
  })
  afterAll(() => scene?.close())

  test('I1–I18 hold after every step, whichever node it goes to', async () => {
    await runOnNodes(scene, { runs, seed, longest: 12 })
  }, 1_800_000)
})
