import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { contains } from './search.ts'
import type { Store, Tx } from './store.ts'
import type { OpenedStore } from './store-laws.ts'
import { savePages, saveVisitors } from './visit-rows.ts'

/** What every engine does alike with what is put into it. One store for all of them. */
export function valueLaws(name: string, open: () => Promise<OpenedStore>): void {
  describe(`values in the store: ${name}`, () => {
    let opened: OpenedStore
    let store: Store
    beforeAll(async () => {
      opened = await open()
      store = opened.store
    })
    afterAll(() => opened.remove())
    beforeEach(() => store.commit((tx) => tx.deleteFrom('settings').execute()))

    test('a counter or moment comes back as the same number, up to the largest safe one', async () => {
      const numbers = [0, -1, 2 ** 31, 1_795_000_000_000, Number.MAX_SAFE_INTEGER]
      for (const [n, at] of numbers.entries()) {
        await store.commit((tx) => put(tx, `n${n}`, String(at)))
        await store.commit((tx) =>
          tx
            .insertInto('throttles')
            .values({ bucket: `n${n}`, failures: 1, until: at })
            .execute(),
        )
      }
      const rows = await store.read((db) =>
        db.selectFrom('throttles').select('until').orderBy('bucket').execute(),
      )
      expect(rows.map(({ until }) => until)).toEqual(numbers)
      await store.commit((tx) => tx.deleteFrom('throttles').execute())
    })

    test('counts, sums and maxima are numbers, and nothing at all is null', async () => {
      for (const [n, failures] of [3, 4].entries()) {
        await store.commit((tx) =>
          tx
            .insertInto('throttles')
            .values({ bucket: `b${n}`, failures, until: n })
            .execute(),
        )
      }
      const figures = (bucket: string) =>
        store.read((db) =>
          db
            .selectFrom('throttles')
            .select(({ fn }) => [
              fn.countAll<number>().as('rows'),
              fn.sum<number>('failures').as('failures'),
              fn.sum<number>('until').as('until'),
              fn.max('until').as('last'),
            ])
            .where('bucket', 'like', bucket)
            .executeTakeFirst(),
        )
      expect(await figures('b%')).toEqual({ rows: 2, failures: 7, until: 1, last: 1 })
      expect(await figures('none')).toEqual({ rows: 0, failures: null, until: null, last: null })
    })

    test('text comes back as it was: emoji, every script, quotes, JSON byte for byte', async () => {
      const texts = [
        '',
        '👩🏽‍🚀 ẞ ﷺ שלום 你好 e\u0301',
        `'"; drop table visits; -- \\ % _ $1 ? :x`,
        '{"b":1.50,"a":"\\u0000 \\ud800","a":null, "n":12345678901234567890}',
        'line\r\nline\u2028\u0007',
      ]
      for (const [n, text] of texts.entries()) await store.commit((tx) => put(tx, `t${n}`, text))
      expect((await all(store)).map(([, value]) => value)).toEqual(texts)
    })

    test('T24 NUL and half a surrogate pair in a batch leave, and the rest is stored', async () => {
      const visitor = (id: string, display_name: string) => ({
        id: id as never,
        brand_id: 'b' as never,
        token_hash: null,
        display_name,
        username: null,
        email: null,
        attributes: JSON.stringify({ plan: 'a\0b' }),
        visits: 1,
        first_seen_at: 1,
        last_seen_at: 1,
        person_id: null,
      })
      const hostile = [visitor('v1', 'a\0b'), visitor('v2', 'x\ud800y'), visitor('v3', '\\u0000')]
      await store.append((db) => saveVisitors(store.engine, db, hostile))
      const page = { visit_id: 'v1' as never, page_id: 'p', at: 1, url: '\0', title: '\udfff' }
      await store.append((db) => savePages(store.engine, db, [{ ...page, left_at: null }]))
      const stored = await store.read((db) =>
        db.selectFrom('visitors').select(['display_name', 'attributes']).orderBy('id').execute(),
      )
      expect(stored.map((row) => row.display_name)).toEqual(['ab', 'x\ufffdy', '\\u0000'])
      expect(JSON.parse(stored[0]?.attributes ?? '')).toEqual({ plan: 'a\0b' })
      const pages = await store.read((db) =>
        db.selectFrom('page_views').select(['url', 'title']).execute(),
      )
      expect(pages).toEqual([{ url: '', title: '\ufffd' }])
    })

    test('a batch stored twice is stored once, as the later one says', async () => {
      const page = { visit_id: 'v9' as never, page_id: 'p', at: 1, url: '/', title: 'First' }
      for (const [title, left_at] of [
        ['First', null],
        ['Second', 9],
      ] as const) {
        await store.append((db) => savePages(store.engine, db, [{ ...page, title, left_at }]))
      }
      const pages = await store.read((db) =>
        db.selectFrom('page_views').selectAll().where('visit_id', '=', page.visit_id).execute(),
      )
      expect(pages).toEqual([{ ...page, title: 'Second', left_at: 9 }])
    })

    test('a search finds any case in every script, and its own signs mean themselves', async () => {
      await store.commit(async (tx) => {
        await put(tx, 'a', 'Ärger in KÖLN, ΑΘΗΝΑ, Москва')
        await put(tx, 'b', '100% of a_b \\ c')
        await put(tx, 'c', '1000 of axb / c')
      })
      const found = async (text: string) => {
        const rows = await store.read((db) =>
          db
            .selectFrom('settings')
            .select('key')
            .where(contains('value', text))
            .orderBy('key')
            .execute(),
        )
        return rows.map(({ key }) => key).join('')
      }
      for (const text of ['ÄRGER', 'ärger', 'köln', 'αθηνα', 'МОСКВА']) {
        expect(await found(text), text).toBe('a')
      }
      for (const text of ['100%', 'A_B', '\\']) expect(await found(text), text).toBe('b')
      expect(await found('')).toBe('abc')
      expect(await found("'")).toBe('')
    })

    test('texts are in the order of their bytes', async () => {
      const keys = ['Z', 'a', 'ä', 'a-b', 'ab', 'é', 'A', '_', '10', '9', '👍']
      await store.commit((tx) => Promise.all(keys.map((key) => put(tx, key, ''))))
      const bytes = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      expect((await all(store)).map(([key]) => key)).toEqual(bytes)
      const below = await store.read((db) =>
        db.selectFrom('settings').select('key').where('key', '<', 'a').orderBy('key').execute(),
      )
      expect(below.map(({ key }) => key)).toEqual(['10', '9', 'A', 'Z', '_'])
    })

    test('nulls stand where the query says', async () => {
      await store.commit((tx) => tx.deleteFrom('visitors').execute())
      for (const [id, username] of [
        ['1', 'b'],
        ['2', null],
        ['3', 'a'],
      ] as const) {
        await store.commit((tx) =>
          tx
            .insertInto('visitors')
            .values({
              id: id as never,
              brand_id: 'b' as never,
              username,
              attributes: '{}',
              visits: 1,
              first_seen_at: 1,
              last_seen_at: 1,
            })
            .execute(),
        )
      }
      const ids = async (nulls: 'nullsFirst' | 'nullsLast') => {
        const rows = await store.read((db) =>
          db
            .selectFrom('visitors')
            .select('id')
            .orderBy('username', (by) => by.asc()[nulls]())
            .execute(),
        )
        return rows.map(({ id }) => id).join('')
      }
      expect([await ids('nullsFirst'), await ids('nullsLast')]).toEqual(['231', '312'])
    })

    test('nothing is in an empty list, and everything is outside of it', async () => {
      await store.commit((tx) => put(tx, 'a', '1'))
      const keys = (operator: 'in' | 'not in') =>
        store.read((db) =>
          db.selectFrom('settings').select('key').where('key', operator, []).execute(),
        )
      expect(await keys('in')).toEqual([])
      expect(await keys('not in')).toEqual([{ key: 'a' }])
    })

    test('what is neither text nor number nor null is refused, and nothing is guessed', async () => {
      for (const value of [true, { a: 1 }, new Date(0)]) {
        await expect(
          store.commit((tx) => put(tx, 'a', value as never)),
          String(value),
        ).rejects.toThrow()
      }
      expect(await all(store)).toEqual([])
    })

    test('a work that keeps a failed statement to itself fails all the same', async () => {
      const kept = store.commit(async (tx) => {
        await put(tx, 'a', '1')
        await put(tx, 'a', 'again').catch(() => {})
        return 'all is well'
      })
      await expect(kept).rejects.toThrow()
      expect(await all(store)).toEqual([])
    })

    test('a foreign key holds', async () => {
      const orphan = { id: 'g' as never, department_id: 'none' as never, name: '', created_at: 1 }
      await expect(
        store.commit((tx) =>
          tx
            .insertInto('groups')
            .values({ ...orphan, front_line: 0, created_at: 1 })
            .execute(),
        ),
      ).rejects.toThrow()
    })
  })
}

const put = async (tx: Tx, key: string, value: string): Promise<void> => {
  await tx.insertInto('settings').values({ key, value }).execute()
}

async function all(store: Store): Promise<[string, string][]> {
  const rows = await store.read((db) =>
    db.selectFrom('settings').select(['key', 'value']).orderBy('key').execute(),
  )
  return rows.map(({ key, value }) => [key, value])
}
