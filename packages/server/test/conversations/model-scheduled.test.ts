import { test } from 'vitest'
import { openMemoryStore } from './memory-store.ts'
import { runScheduled } from './model/model.ts'

/* BECKON_TEST_SCHEDULED_RUNS=5000 for the long form, BECKON_SEED to see one again. */
const runs = Number(process.env.BECKON_TEST_SCHEDULED_RUNS ?? 100)
const seed = process.env.BECKON_SEED === undefined ? undefined : Number(process.env.BECKON_SEED)

test('I1–I18 hold in whichever order the store lets in what happens at once', async () => {
  const store = await openMemoryStore(() => 0)
  try {
    await runScheduled(store, { runs, seed })
  } finally {
    await store.close()
  }
}, 1_800_000)
