import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../ids.ts'
import { Refusal } from '../refusal.ts'
import type { Db, Store, Tx } from './store.ts'
import { isTaken } from './taken.ts'

export type OpenedStore = {
  store: Store
  /** Closes it and opens the same data again. */
  reopen(): Promise<Store>
  remove(): Promise<void>
}

/** What every engine keeps (DESIGN §8). An engine's test file calls this and adds only its own. */
export function storeLaws(name: string, open: () => Promise<OpenedStore>): void {
  describe(`laws of the store: ${name}`, () => {
    let opened: OpenedStore
    let store: Store
    beforeEach(async () => {
      opened = await open()
      store = opened.store
    })
    afterEach(() => opened.remove())

    test('R2 what commit has answered is there after closing and opening again', async () => {
      await store.commit((tx) => put(tx, 'a', '1'))
      store = await opened.reopen()
      expect(await all(store)).toEqual([['a', '1']])
    })

    test('a read right after commit sees it', async () => {
      for (let i = 0; i < 20; i++) {
        await store.commit((tx) => put(tx, `k${i}`, 'x'))
        expect((await all(store)).length).toBe(i + 1)
      }
    })

    test('R2 what append has answered is durable, in the order it was sent, and works go on beside it', async () => {
      await store.append((db) => put(db, 'last', '0'))
      const bulk = Array.from({ length: 10 }, (_, n) =>
        store.append((db) => change(db, 'last', String(n), String(n + 1))),
      )
      const work = store.commit(async (tx) => {
        await put(tx, 'work', '1')
        await put(tx, 'work too', '2')
      })
      await work
      expect(await Promise.all(bulk)).toEqual(bulk.map(() => 1))
      store = await opened.reopen()
      expect(await all(store)).toEqual([
        ['last', '10'],
        ['work', '1'],
        ['work too', '2'],
      ])
    })

    test('what append is refused is undone alone', async () => {
      const results = await Promise.allSettled([
        store.append((db) => put(db, 'before', '1')),
        store.append((db) =>
          db
            .insertInto('settings')
            .values({ key: null as never, value: '1' })
            .execute(),
        ),
        store.append((db) => put(db, 'after', '1')),
      ])
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect((await all(store)).map(([key]) => key)).toEqual(['after', 'before'])
    })

    test('a read never sees a work that is not committed yet', async () => {
      const seen: unknown[] = []
      await store.commit(async (tx) => {
        await put(tx, 'a', '1')
        seen.push(await all(store))
        seen.push(await tx.selectFrom('settings').select('key').execute())
      })
      expect(seen).toEqual([[], [{ key: 'a' }]])
    })

    test('a work that throws is undone alone, and its own error comes back', async () => {
      const refusal = new Refusal('in_use', 'No.')
      const results = await Promise.allSettled([
        store.commit((tx) => put(tx, 'before', '1')),
        store.commit(async (tx) => {
          await put(tx, 'half', '1')
          throw refusal
        }),
        store.commit((tx) => put(tx, 'after', '1')),
      ])
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect((results[1] as PromiseRejectedResult).reason).toBe(refusal)
      expect((await all(store)).map(([key]) => key)).toEqual(['after', 'before'])
    })

    test('a work that throws without asking anything changes nothing', async () => {
      await expect(
        store.commit(() => {
          throw new Error('at once')
        }),
      ).rejects.toThrow('at once')
      await store.commit((tx) => put(tx, 'a', '1'))
      expect(await all(store)).toEqual([['a', '1']])
    })

    test('a statement the database refuses undoes its work alone', async () => {
      const results = await Promise.allSettled([
        store.commit((tx) => put(tx, 'a', '1')),
        store.commit(async (tx) => {
          await put(tx, 'b', '1')
          await put(tx, 'a', 'again')
        }),
        store.commit((tx) => put(tx, 'c', '1')),
      ])
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect((await all(store)).map(([key]) => key)).toEqual(['a', 'c'])
    })

    test('statements of one work that do not wait for each other run in the order asked', async () => {
      const last = await store.commit(async (tx) => {
        const asked = [put(tx, 'a', '1'), change(tx, 'a', '1', '2'), change(tx, 'a', '2', '3')]
        return (await Promise.all(asked)).length
      })
      expect(last).toBe(3)
      expect(await all(store)).toEqual([['a', '3']])
    })

    test('a query that leaks out of its work is refused, not run in the next one', async () => {
      const leaked = await store.commit(async (tx) => tx)
      await expect(put(leaked, 'late', '1')).rejects.toThrow('over')
      expect(await all(store)).toEqual([])
    })

    test('works run and are answered in the order they were asked', async () => {
      const ran: number[] = []
      const answered: number[] = []
      await Promise.all(
        Array.from({ length: 200 }, (_, i) =>
          store
            .commit(async (tx) => {
              await put(tx, String(i), 'x')
              ran.push(i)
            })
            .then(() => answered.push(i)),
        ),
      )
      const order = Array.from({ length: 200 }, (_, i) => i)
      expect(ran).toEqual(order)
      expect(answered).toEqual(order)
    })

    describe('works in one breath', () => {
      const inOneBreath = true

      test('each sees what those before it did, and they are answered in the order they were asked', async () => {
        await store.commit((tx) => put(tx, 'last', '0'))
        const answered: number[] = []
        const changed = Array.from({ length: 200 }, (_, n) =>
          store
            // One by one among those side by side.
            .commit((tx) => change(tx, 'last', String(n), String(n + 1)), {
              inOneBreath: n % 50 !== 7,
            })
            .finally(() => answered.push(n)),
        )
        expect(await Promise.all(changed)).toEqual(changed.map(() => 1))
        expect(answered).toEqual(changed.map((_, n) => n))
        expect(await all(store)).toEqual([['last', '200']])
      })

      test('one that is refused, or throws, is undone alone and hears its own error', async () => {
        const refusal = new Refusal('in_use', 'No.')
        const asked = ['a', 'b', 'taken', 'taken', 'c', 'refused', 'd'].map((key) =>
          store.commit(
            async (tx) => {
              await Promise.all([put(tx, key, '1'), put(tx, `${key} too`, '1')])
              if (key === 'refused') throw refusal
              return key
            },
            { inOneBreath },
          ),
        )
        const results = await Promise.allSettled(asked)
        expect(results.map((one) => one.status === 'fulfilled' && one.value)).toEqual([
          ...['a', 'b', 'taken', false, 'c', false, 'd'],
        ])
        const whys = results.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
        expect(isTaken(whys[0])).toBe(true)
        expect(whys[1]).toBe(refusal)
        const keys = ['a', 'b', 'taken', 'c', 'd'].flatMap((key) => [key, `${key} too`]).sort()
        expect((await all(store)).map(([key]) => key)).toEqual(keys)
      })

      test('one that asks again after an answer is refused and undone, however few wait', async () => {
        const asksAgain = store.commit(
          async (tx) => {
            await put(tx, 'first', '1')
            await put(tx, 'second', '1')
          },
          { inOneBreath },
        )
        await expect(asksAgain).rejects.toThrow('asks everything before it awaits an answer')
        expect(await all(store)).toEqual([])
      })
    })

    test('I8 of eight that compare and set at once exactly one wins', async () => {
      await store.commit((tx) => put(tx, 'seat', 'free'))
      const won = await Promise.all(
        Array.from({ length: 8 }, (_, i) =>
          store.commit((tx) => change(tx, 'seat', 'free', `taken by ${i}`)),
        ),
      )
      expect(won.filter((changed) => changed === 1)).toHaveLength(1)
    })

    test('a count of changed rows and RETURNING both tell what a statement did', async () => {
      const returned = await store.commit(async (tx) => {
        await put(tx, 'a', '1')
        return tx
          .updateTable('settings')
          .set({ value: '2' })
          .where('key', '=', 'a')
          .returning(['key', 'value'])
          .execute()
      })
      expect(returned).toEqual([{ key: 'a', value: '2' }])
      expect(await store.commit((tx) => change(tx, 'a', '1', '3'))).toBe(0)
    })

    test('I1 a visitor has at most one open invitation, and any number of ended ones', async () => {
      await store.commit((tx) => invite(tx, 'kim', 'ignored'))
      await store.commit((tx) => invite(tx, 'kim', 'declined'))
      await store.commit((tx) => invite(tx, 'kim', 'sent'))
      await store.commit((tx) => invite(tx, 'lee', 'viewed'))
      for (const state of ['sent', 'delivered', 'viewed'] as const) {
        await expect(store.commit((tx) => invite(tx, 'kim', state))).rejects.toThrow()
      }
    })

    test('I1 a visitor has at most one open chat, and an invitation at most one chat', async () => {
      await store.commit((tx) => chat(tx, { visitor: 'kim', state: 'ended', number: 1 }))
      await store.commit((tx) => chat(tx, { visitor: 'kim', state: 'queued', number: 2 }))
      const second = { visitor: 'kim', state: 'active', number: 3 } as const
      await expect(store.commit((tx) => chat(tx, second))).rejects.toThrow()
      const from = { state: 'ended', invitation: 'invitation-1' } as const
      await store.commit((tx) => chat(tx, { ...from, visitor: 'lee', number: 4 }))
      await expect(
        store.commit((tx) => chat(tx, { ...from, visitor: 'lee', number: 5 })),
      ).rejects.toThrow()
      await expect(
        store.commit((tx) => chat(tx, { visitor: 'ada', state: 'ended', number: 1 })),
      ).rejects.toThrow()
    })

    test('I13 a message number and a sender’s own id are used once in a chat', async () => {
      const id = await store.commit((tx) =>
        chat(tx, { visitor: 'kim', state: 'active', number: 1 }),
      )
      await store.commit((tx) => message(tx, id, { seq: 1, clientId: 'm1', sender: 'visitor' }))
      await store.commit((tx) => message(tx, id, { seq: 2, clientId: 'm1', sender: 'agent' }))
      const sameSeq = { seq: 2, clientId: 'm3', sender: 'visitor' } as const
      const sameId = { seq: 3, clientId: 'm1', sender: 'visitor' } as const
      await expect(store.commit((tx) => message(tx, id, sameSeq))).rejects.toThrow()
      await expect(store.commit((tx) => message(tx, id, sameId))).rejects.toThrow()
    })

    test('close answers every work that waits, then refuses new ones', async () => {
      const waiting = Array.from({ length: 100 }, (_, i) =>
        store.commit((tx) => put(tx, String(i), 'x')),
      )
      const closed = store.close()
      await expect(store.commit((tx) => put(tx, 'late', 'x'))).rejects.toThrow('closed')
      await Promise.all(waiting)
      await closed
      store = await opened.reopen()
      expect(await all(store)).toHaveLength(100)
    })

    test('check answers while it is open and rejects once it is closed', async () => {
      await store.check()
      await store.close()
      await expect(store.check()).rejects.toThrow()
    })
  })
}

const put = async (tx: Db, key: string, value: string): Promise<void> => {
  await tx.insertInto('settings').values({ key, value }).execute()
}

async function change(tx: Db, key: string, from: string, to: string): Promise<number> {
  const done = await tx
    .updateTable('settings')
    .set({ value: to })
    .where('key', '=', key)
    .where('value', '=', from)
    .executeTakeFirst()
  return Number(done.numUpdatedRows)
}

async function all(store: Store): Promise<[string, string][]> {
  const rows = await store.read((db) =>
    db.selectFrom('settings').select(['key', 'value']).orderBy('key').execute(),
  )
  return rows.map(({ key, value }) => [key, value])
}

const invite = (
  tx: Tx,
  visitor: string,
  state: 'sent' | 'delivered' | 'viewed' | 'ignored' | 'declined',
) =>
  tx
    .insertInto('invitations')
    .values({
      id: newId(),
      brand_id: newId(),
      site_id: newId(),
      visitor_id: visitor as never,
      visit_id: newId(),
      agent_id: newId(),
      group_id: newId(),
      recipient: visitor,
      template: 'Hello',
      text: 'Hello',
      state,
      sent_at: 1,
      keeps: 0,
    })
    .execute()

export async function chat(
  tx: Tx,
  with_: {
    visitor: string
    state: 'queued' | 'active' | 'ended'
    number: number
    invitation?: string
  },
) {
  const id = newId<never>()
  await tx
    .insertInto('chats')
    .values({
      id,
      number: with_.number,
      brand_id: newId(),
      site_id: newId(),
      visitor_id: with_.visitor as never,
      visit_id: newId(),
      group_id: newId(),
      invitation_id: (with_.invitation ?? null) as never,
      state: with_.state,
      who: '{}',
      queued_at: 1,
      last_seq: 0,
      agent_seen: 0,
      visitor_seen: 0,
      visitor_delivered: 0,
    })
    .execute()
  return id
}

const message = (
  tx: Tx,
  chatId: never,
  with_: { seq: number; clientId: string; sender: 'visitor' | 'agent' },
) =>
  tx
    .insertInto('messages')
    .values({
      chat_id: chatId,
      seq: with_.seq,
      client_id: with_.clientId,
      sender: with_.sender,
      name: '',
      text: 'Hi',
      at: 1,
    })
    .execute()
