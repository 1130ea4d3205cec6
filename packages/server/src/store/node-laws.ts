import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../ids.ts'
import { Refusal } from '../refusal.ts'
import { nextChatNumber } from './chat-rows.ts'
import type { Store, Tx } from './store.ts'
import { chat } from './store-laws.ts'
import { isTaken } from './taken.ts'
import { takeTurn } from './turn.ts'

/** What holds when several nodes work on one database at the same moment. */
export function nodeLaws(
  open: () => Promise<{ nodes: readonly Store[]; remove(): Promise<void> }>,
) {
  describe('several nodes on one database', () => {
    let opened: Awaited<ReturnType<typeof open>>
    let nodes: readonly Store[]
    beforeAll(async () => {
      opened = await open()
      nodes = opened.nodes
    })
    afterAll(() => opened.remove())
    beforeEach(() => on(0).commit((tx) => tx.deleteFrom('settings').execute()))
    const on = (n: number): Store => nodes[n % nodes.length] as Store

    test('I8 of forty that compare and set at once exactly one wins', async () => {
      for (let round = 0; round < 5; round++) {
        await on(0).commit((tx) => put(tx, `seat ${round}`, 'free'))
        const won = await Promise.all(
          Array.from({ length: 40 }, (_, n) =>
            on(n).commit((tx) => change(tx, `seat ${round}`, 'free', `taken by ${n}`)),
          ),
        )
        expect(won.filter((changed) => changed === 1)).toHaveLength(1)
      }
    })

    test('I1 I8 of forty that invite one visitor at once one does, and the others hear that it is taken', async () => {
      const results = await Promise.allSettled(
        Array.from({ length: 40 }, (_, n) => on(n).commit((tx) => invite(tx, 'kim'))),
      )
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      for (const result of results) {
        if (result.status === 'rejected') expect(isTaken(result.reason)).toBe(true)
      }
    })

    test('I13 numbers given by counting up a row have no gap and no double', async () => {
      await on(0).commit((tx) => count(tx, 'seq'))
      const numbers = await Promise.all(
        Array.from({ length: 200 }, (_, n) => on(n).commit((tx) => count(tx, 'seq'))),
      )
      expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, n) => n + 2))
    })

    test('C1 of a hundred chats that start at once each has the next number, and none is refused', async () => {
      const from = await on(0).commit(start)
      const numbers = await Promise.all(Array.from({ length: 100 }, (_, n) => on(n).commit(start)))
      expect(numbers.sort((a, b) => a - b)).toEqual(
        Array.from({ length: 100 }, (_, n) => from + n + 1),
      )
    })

    test('works that take rows the other way round from each other are all done, within moments', async () => {
      const rows = Array.from({ length: 10 }, (_, n) => `row ${n}`)
      for (const row of rows) await on(0).commit((tx) => count(tx, row))
      const began = performance.now()
      await Promise.all(
        Array.from({ length: 30 }, (_, n) =>
          untilDone(() =>
            on(n).commit(async (tx) => {
              const mine = n % 2 ? rows : [...rows].reverse()
              for (const row of mine.slice(0, 4)) await count(tx, row)
              for (const row of mine.slice(6)) await count(tx, row)
            }),
          ),
        ),
      )
      expect(performance.now() - began).toBeLessThan(60_000)
      const left = await on(1).read((db) =>
        db.selectFrom('throttles').select('failures').where('bucket', 'like', 'row%').execute(),
      )
      // Each work counts eight of the ten rows once.
      expect(left.reduce((sum, { failures }) => sum + failures, 0)).toBe(10 + 30 * 8)
    })

    test('works that look at several rows take turns: of two administrators one stays', async () => {
      for (let round = 0; round < 10; round++) {
        await on(0).commit(async (tx) => {
          await tx.deleteFrom('settings').execute()
          await put(tx, 'ada', 'administrator')
          await put(tx, 'ben', 'administrator')
        })
        const leave = (who: string) => async (tx: Tx) => {
          await takeTurn(tx, 'settings')
          const others = await tx
            .selectFrom('settings')
            .select('key')
            .where('value', '=', 'administrator')
            .where('key', '!=', who)
            .execute()
          if (others.length === 0) throw new Error('the last one')
          await change(tx, who, 'administrator', 'nobody')
        }
        const left = await Promise.allSettled([
          on(0).commit(leave('ada')),
          on(1).commit(leave('ben')),
        ])
        expect(left.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      }
    })

    test('what one node has committed the other reads at once', async () => {
      for (let n = 0; n < 20; n++) {
        await on(n).commit((tx) => put(tx, `k${n}`, ''))
        const rows = await on(n + 1).read((db) => db.selectFrom('settings').select('key').execute())
        expect(rows).toHaveLength(n + 1)
      }
    })
  })
}

/** Answers its number. */
const start = async (tx: Tx): Promise<number> => {
  const number = await nextChatNumber(tx)
  await chat(tx, { visitor: newId(), state: 'queued', number })
  return number
}

const put = (tx: Tx, key: string, value: string) =>
  tx.insertInto('settings').values({ key, value }).execute()

async function change(tx: Tx, key: string, from: string, to: string): Promise<number> {
  const done = await tx
    .updateTable('settings')
    .set({ value: to })
    .where('key', '=', key)
    .where('value', '=', from)
    .executeTakeFirst()
  return Number(done.numUpdatedRows)
}

async function count(tx: Tx, bucket: string): Promise<number> {
  const { failures } = await tx
    .insertInto('throttles')
    .values({ bucket, failures: 1, until: 0 })
    .onConflict((conflict) =>
      conflict
        .column('bucket')
        .doUpdateSet((eb) => ({ failures: eb('throttles.failures', '+', 1) })),
    )
    .returning('failures')
    .executeTakeFirstOrThrow()
  return failures
}

const invite = (tx: Tx, visitor: string) =>
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
      state: 'sent',
      sent_at: 1,
      keeps: 0,
    })
    .execute()

/** Who is refused because the machine is too busy has changed nothing, and asks again. */
async function untilDone(work: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await work()
      return
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'try_again') throw error
    }
  }
}
