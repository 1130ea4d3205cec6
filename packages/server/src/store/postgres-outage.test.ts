import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PostgresServer, postgresPrograms, startPostgres } from '../../test/postgres-server.ts'
import { openTcpProxy } from '../../test/tcp-proxy.ts'
import { createLog } from '../log.ts'
import { systemClock } from '../time/clock.ts'
import { openStore } from './open-store.ts'
import type { Store, Tx } from './store.ts'

/* R12: what becomes of works and reads while PostgreSQL is away, hangs, or is cut off at COMMIT. */

describe.skipIf(!postgresPrograms)('PostgreSQL goes away', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  }, 120_000)
  afterAll(() => server.stop())

  const lines: string[] = []
  const log = createLog({ level: 'debug', to: { write: (line) => void lines.push(line) } })
  const open = (databaseUrl: string, onlyNode = true) =>
    openStore({ dataDir: '', databaseUrl, clock: systemClock, onlyNode, log })

  test('R12 killed and started again, works wait and none is lost, doubled or refused', async () => {
    await using on = await opened()
    const { store } = on
    const written = stream(store, 'a')
    await written.atLeast(50)
    await server.kill()
    await server.start()
    await written.atLeast(written.count + 50)
    expect(await written.stop()).toEqual([])
    expect(await keys(store, 'a')).toEqual(written.acknowledged)
    expect(lines.join('')).toContain('the database went away')
  }, 120_000)

  test('R12 away for longer, works and reads are refused by name within moments, and go on by themselves', async () => {
    await using on = await opened()
    const { store } = on
    await store.commit((tx) => put(tx, 'before'))
    await server.kill()
    const began = performance.now()
    const away = await Promise.allSettled([
      store.commit((tx) => put(tx, 'lost')),
      store.append((db) => put(db as Tx, 'lost too')),
      store.read((db) => db.selectFrom('settings').select('key').execute()),
      store.check(),
    ])
    expect(performance.now() - began).toBeLessThan(20_000)
    for (const result of away) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'try_again' } })
    }
    await server.start()
    await until(() => store.check().then(() => true))
    await store.commit((tx) => put(tx, 'after'))
    expect(await keys(store, '')).toEqual(['after', 'before'])
  }, 120_000)

  test('R12 hanging, every call ends within moments', async () => {
    await using on = await opened()
    const { store } = on
    await store.commit((tx) => put(tx, 'before'))
    await server.hang()
    const began = performance.now()
    const hung = await Promise.allSettled([
      store.read((db) => db.selectFrom('settings').select('key').execute()),
      store.append((db) => put(db as Tx, 'bulk')),
      store.commit(async (tx) => {
        await put(tx, 'work')
        throw new Error('not reached: nothing is answered')
      }),
    ])
    expect(performance.now() - began).toBeLessThan(30_000)
    for (const result of hung) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'try_again' } })
    }
    await server.goOn()
    await until(() => store.check().then(() => true))
    await store.commit((tx) => put(tx, 'after'))
    // A statement of its own may have been done, unanswered; a work without its COMMIT never is.
    expect((await keys(store, '')).filter((key) => key !== 'bulk')).toEqual(['after', 'before'])
  }, 90_000)

  test('R1 R12 a COMMIT that is never answered is looked up: done once, and acknowledged', async () => {
    const proxy = await openTcpProxy(server.port)
    const direct = await server.database()
    const store = await open(direct.replace(String(server.port), String(proxy.port)))
    let runs = 0
    for (let n = 0; n < 5; n++) {
      proxy.cutAfter('commit\0')
      await store.commit((tx) => {
        runs += 1
        return put(tx, `k${n}`)
      })
    }
    expect(runs).toBe(5)
    expect(await keys(store, '')).toEqual(['k0', 'k1', 'k2', 'k3', 'k4'])

    // Cut off before it says COMMIT, it was not done; so it runs again.
    proxy.cutAfter('savepoint work')
    await store.commit((tx) => {
      runs += 1
      return put(tx, 'k5')
    })
    expect(runs).toBe(7)
    expect((await keys(store, '')).length).toBe(6)
    await store.close()
    await proxy.close()
  }, 120_000)

  test('R12 while a COMMIT is in doubt, whoever comes behind it is refused by name within moments', async () => {
    const proxy = await openTcpProxy(server.port)
    const direct = await server.database()
    const store = await open(direct.replace(String(server.port), String(proxy.port)))
    await store.commit((tx) => put(tx, 'before'))
    lines.length = 0
    proxy.shut(true)
    proxy.cutAfter('commit\0')
    const inDoubt = store.commit((tx) => put(tx, 'in doubt'))
    await until(async () => lines.join('').includes('the database went away'))
    const began = performance.now()
    await expect(store.commit((tx) => put(tx, 'behind'))).rejects.toMatchObject({
      code: 'try_again',
    })
    expect(performance.now() - began).toBeLessThan(20_000)
    proxy.shut(false)
    await inDoubt
    expect(await keys(store, '')).toEqual(['before', 'in doubt'])
    await store.close()
    await proxy.close()
  }, 120_000)

  test('T28 neither log nor refusal ever shows the password', async () => {
    const secret = 'wonderful-secret-31'
    await server.ask(`create role shy login password '${secret}'`)
    const url = (await server.database('owner shy')).replace('beckon@', `shy:${secret}@`)
    const store = await open(url)
    await server.kill()
    const refusal = await store
      .read((db) => db.selectFrom('settings').select('key').execute())
      .catch(String)
    await server.start()
    await store.close()
    const nowhere = url.replace(/beckon_\d+$/, 'nowhere')
    const fault = await open(nowhere).catch(String)
    expect(fault).toMatch(/no such database: nowhere on 127\.0\.0\.1/)
    expect([refusal, fault, ...lines].join('')).not.toContain(secret)
  }, 120_000)

  async function opened() {
    const store = await open(await server.database())
    return { store, [Symbol.asyncDispose]: () => store.close() }
  }
})

/** Writes one after the other, noting what was acknowledged and what was refused. */
function stream(store: Store, prefix: string) {
  const acknowledged: string[] = []
  const refused: unknown[] = []
  let over = false
  const running = (async () => {
    for (let n = 0; !over; n++) {
      const key = `${prefix}${String(n).padStart(6, '0')}`
      await store
        .commit((tx) => put(tx, key))
        .then(
          () => acknowledged.push(key),
          (error: unknown) => refused.push(error),
        )
    }
  })()
  return {
    acknowledged,
    get count() {
      return acknowledged.length
    },
    atLeast: (n: number) => until(async () => acknowledged.length >= n),
    async stop() {
      over = true
      await running
      return refused
    },
  }
}

const put = async (tx: Tx, key: string): Promise<void> => {
  await tx.insertInto('settings').values({ key, value: '' }).execute()
}

async function keys(store: Store, prefix: string): Promise<string[]> {
  const rows = await store.read((db) =>
    db
      .selectFrom('settings')
      .select('key')
      .where('key', 'like', `${prefix}%`)
      .orderBy('key')
      .execute(),
  )
  return rows.map(({ key }) => key)
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 30_000
  while (!(await holds().catch(() => false))) {
    if (performance.now() > end) throw new Error('waited 30 s')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
