import { openMemoryStore } from '../conversations/memory-store.ts'
import { runModel } from '../conversations/model/model.ts'

/** Why the model fails; undefined when it passes. The seed is fixed: a bug is found always or never. */
export async function failure(runs: number): Promise<string | undefined> {
  const store = await openMemoryStore(() => 0)
  try {
    await runModel(store, { runs, seed: 20_261_123, quick: true })
  } catch (error) {
    return String((error as { cause?: unknown }).cause ?? error).slice(0, 400)
  } finally {
    await store.close().catch(() => {})
  }
  return undefined
}
