import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import { expect, test } from 'vitest'
import type { Database } from './database.ts'
import { prepared } from './prepared.ts'

test('a prepared statement is put together once, and each run brings its own values', async () => {
  const asked: unknown[] = []
  const db = new Kysely<Database>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createIntrospector: (of) => new SqliteIntrospector(of),
      createQueryCompiler: () => new SqliteQueryCompiler(),
      createDriver: () =>
        Object.assign(new DummyDriver(), {
          acquireConnection: async () => ({
            async executeQuery({
              sql,
              parameters,
            }: {
              sql: string
              parameters: readonly unknown[]
            }) {
              asked.push([sql, parameters])
              return { rows: [] }
            },
          }),
        }),
    },
  })
  let built = 0
  const find = prepared((of, { key, value }: { key: string; value: string | null }) => {
    built += 1
    return of
      .selectFrom('settings')
      .select('key')
      .where('value', 'is not', value)
      .where('key', '=', key)
      .limit(3)
  })
  await find(db, { key: 'a', value: 'x' })
  await find(db, { value: null, key: 'b' })
  const sql = 'select "key" from "settings" where "value" is not ? and "key" = ? limit ?'
  expect(asked).toEqual([
    [sql, ['x', 'a', 3]],
    [sql, [null, 'b', 3]],
  ])
  expect(built).toBe(1)
})
