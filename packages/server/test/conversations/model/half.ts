import { openMemoryStore } from '../memory-store.ts'
import { openTempStore } from '../temp-store.ts'
import { runModel } from './model.ts'

/* The histories are many, so two files walk half of them each: one for each core. */

const runs = Number(process.env.BECKON_TEST_RUNS ?? 800)
const seed = process.env.BECKON_SEED === undefined ? undefined : Number(process.env.BECKON_SEED)

/** Generous: on a busy machine each of them waits for its core. */
export const LONG = 1_800_000

export async function walkHalf(): Promise<void> {
  const store = await openMemoryStore(() => 0)
  try {
    await runModel(store, { runs: Math.ceil(runs / 2), seed })
  } finally {
    await store.close()
  }
}

/** A few with everything as it is in the product: the thread, the disk, or PostgreSQL. */
export async function walkOnTheProductsStore(): Promise<void> {
  const store = await openTempStore()
  try {
    await runModel(store, { runs: Math.ceil(runs / 20), seed })
  } finally {
    await store.close()
  }
}
