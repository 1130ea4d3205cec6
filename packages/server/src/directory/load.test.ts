import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrandId } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { newId } from '../ids.ts'
import { createMemoryBus } from '../realtime/memory-bus.ts'
import { openStore } from '../store/open-store.ts'
import { fakeClock } from '../time/fake-clock.ts'
import { cardOf } from './card.ts'
import { createDirectory } from './load.ts'

test('a reload sees every commit before it, also while another reload is under way', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'beckon-'))
  const store = await openStore({ dataDir, clock: fakeClock() })
  const bus = createMemoryBus()
  const directory = await createDirectory({ store, bus })
  const heard: string[] = []
  bus.subscribe(({ type }) => heard.push(type))
  directory.onChange(() => heard.push(`${directory.now.brands.size} brands`))

  const add = async (slug: string) => {
    const brand = { id: newId<BrandId>(), name: slug, slug, created_at: 1 }
    await store.commit((tx) => tx.insertInto('brands').values(brand).execute())
    await directory.reload()
    expect([...directory.now.brands.values()].map((one) => one.slug)).toContain(slug)
  }
  await Promise.all(['one', 'two', 'three'].map(add))
  expect(directory.now.brands.size).toBe(3)
  expect(heard.slice(-2)).toEqual(['3 brands', 'directory'])
  await store.close()
  await rm(dataDir, { recursive: true })
})

test.each([
  ['Ana Duarte', 'AD'],
  ['Ana Maria de Souza', 'AS'],
  ['Kim', 'KI'],
  ['  ', ''],
  ['𝒜da', '𝒜D'],
])('the card of %j says %j', (chatName, initials) => {
  expect(cardOf({ id: 'a', chatName })).toMatchObject({ name: chatName, initials })
})
