import { test } from 'vitest'
import { runModel } from './model/model.ts'
import { openTempStore } from './temp-store.ts'

const runs = Number(process.env.BECKON_RUNS ?? 2_000)

const seed = process.env.BECKON_SEED === undefined ? undefined : Number(process.env.BECKON_SEED)

test('I1–I18 hold after every step of every history', async () => {
  const store = await openTempStore()
  try {
    await runModel(store, { runs, seed })
  } finally {
    await store.close()
  }
}, 1_800_000)
