import type { AgentId } from '@beckon/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openScene, type Scene } from '../../test/conversations/scene.ts'
import { openTempStore } from '../../test/conversations/temp-store.ts'
import { createBackground } from '../conversations/background.ts'
import { createCommit } from '../conversations/commit.ts'
import { createMemoryBus } from '../realtime/memory-bus.ts'
import { minutes, seconds } from '../time/clock.ts'
import { createAgentLines } from './agent-lines.ts'

let scene: Scene
beforeAll(async () => {
  scene = await openScene(await openTempStore())
})
afterAll(() => scene.close())

/** A node of its own on the rows of all. */
function node() {
  const { store, clock } = scene
  const bus = createMemoryBus()
  const background = createBackground({ log: { error: (fault) => scene.faults.push(fault) } })
  const commit = createCommit({ store, bus })
  const lines = createAgentLines({ store, commit, clock, background, graceMs: seconds(10) })
  lines.start()
  return { lines, settled: background.settled }
}

test('C8 connected on any node is connected; a reload is no leaving, and a dead node’s lines end', async () => {
  const { clock, ids } = scene
  const ada: AgentId = ids.ada
  const one = node()
  const other = node()
  const pass = async (ms: number) => {
    for (let left = ms; left > 0; left -= seconds(5)) {
      clock.advance(Math.min(left, seconds(5)))
      await one.settled()
      await other.settled()
    }
    await other.lines.refresh()
  }
  expect(other.lines.goneSince(ada)).toBe(0)
  expect(other.lines.isHere(ada)).toBe(false)

  one.lines.came(ada, 'first')
  one.lines.came(ada, 'second')
  one.lines.left('first')
  await pass(minutes(5))
  expect(other.lines.goneSince(ada)).toBeUndefined()

  const leftAt = clock.now()
  one.lines.left('second')
  await pass(seconds(5))
  expect([one, other].map(({ lines }) => lines.goneSince(ada))).toEqual([leftAt, leftAt])
  expect(other.lines.isHere(ada)).toBe(true)
  await pass(seconds(6))
  expect(other.lines.isHere(ada)).toBe(false)

  // The node stops without a word.
  one.lines.came(ada, 'third')
  await pass(seconds(20))
  one.lines.stop()
  await pass(seconds(20))
  expect(other.lines.isHere(ada)).toBe(true)
  await pass(seconds(30))
  expect(other.lines.isHere(ada)).toBe(false)
  const open = await scene.store.read((db) =>
    db.selectFrom('agent_lines').select('agent_id').where('open', '=', 1).execute(),
  )
  expect(open).toEqual([])
  expect(scene.faults).toEqual([])
  other.lines.stop()
})
