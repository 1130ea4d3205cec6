import type { ChatId, VisitId, VisitorId } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { createDirectory } from '../../src/directory/load.ts'
import { newId } from '../../src/ids.ts'
import { createCatchUp } from '../../src/nodes/catch-up.ts'
import type { Announcement } from '../../src/realtime/bus.ts'
import { createMemoryBus } from '../../src/realtime/memory-bus.ts'
import type { Store } from '../../src/store/store.ts'
import { fakeClock } from '../../src/time/fake-clock.ts'
import { openMemoryStore } from './memory-store.ts'
import { seed } from './scene.ts'

/* How many chats a look has to go through; more than it reads at once. */
const OPEN_CHATS = 450

test('R11 looking in the database tells everything once, a part at a time', async () => {
  const clock = fakeClock()
  const store = await openMemoryStore(clock.now)
  const ids = await seed(store, clock.now())
  let most = 0
  const counting: Store = {
    ...store,
    read: async (query) => {
      const answer = await store.read(query)
      const { chats, messages } = answer as { chats?: unknown[]; messages?: unknown[] }
      most = Math.max(most, chats?.length ?? 0, messages?.length ?? 0)
      return answer
    },
  }
  const directory = await createDirectory({ store: counting, bus: createMemoryBus() })
  const told: Announcement[] = []
  const catchUp = createCatchUp({
    store: counting,
    directory,
    clock,
    nodes: { together: false },
    tell: (announcement) => void told.push(announcement),
    log: { warn: (fact) => expect(fact).toBeUndefined() },
    timers: clock,
  })
  const look = async (): Promise<string[]> => {
    told.length = 0
    clock.advance(1_500)
    await catchUp.stop()
    catchUp.start()
    return told.map(({ type }) => type)
  }
  catchUp.start()
  const small = ['directory', 'filters', 'bans']
  expect(await look()).toEqual(small)

  await aChat(0)
  expect(await look()).toEqual(['message', 'chat', ...small])
  expect(await look()).toEqual(small)

  for (let number = 1; number < OPEN_CHATS; number++) await aChat(number)
  const types = await look()
  expect(types.filter((type) => type === 'chat')).toHaveLength(OPEN_CHATS - 1)
  expect(types.filter((type) => type === 'message')).toHaveLength(OPEN_CHATS - 1)
  expect(most).toBe(200)
  expect(await look()).toEqual(small)
  await catchUp.stop()
  await store.close()

  /** One that waits, with its first message. */
  function aChat(number: number) {
    const id = newId<ChatId>()
    const at = clock.now()
    return store.commit(async (tx) => {
      await tx
        .insertInto('chats')
        .values({
          id,
          number,
          brand_id: ids.brand,
          site_id: ids.shop,
          visitor_id: newId<VisitorId>(),
          visit_id: newId<VisitId>(),
          group_id: ids.supportGroup,
          state: 'queued',
          who: '{}',
          queued_at: at,
          last_seq: 1,
          agent_seen: 0,
          visitor_seen: 0,
          visitor_delivered: 0,
        } as never)
        .execute()
      await tx
        .insertInto('messages')
        .values({
          chat_id: id,
          seq: 1,
          client_id: newId(),
          sender: 'visitor',
          agent_id: null,
          name: 'Visitor',
          text: `Hello ${number}`,
          at,
        })
        .execute()
    })
  }
})
