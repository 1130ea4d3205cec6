import { openMemoryStore } from '../conversations/memory-store.ts'
import { runModel, runScheduled } from '../conversations/model/model.ts'

/** Set in the bundles of bugs that show only when things meet at an await. */
declare const SCHEDULED: boolean

/** Why the model fails; undefined when it passes. The seed is fixed: a bug is found always or never. */
export async function failure(runs: number): Promise<string | undefined> {
  const store = await openMemoryStore(() => 0)
  try {
    if (SCHEDULED) await runScheduled(store, { runs, seed: 8, quick: true })
    else await runModel(store, { runs, seed: 20_261_123, quick: true })
  } catch (error) {
    return String((error as { cause?: unknown }).cause ?? error).slice(0, 400)
  } finally {
    await store.close().catch(() => {})
  }
  return undefined
}
