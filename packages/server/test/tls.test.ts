import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../../../bench/src/free-port.ts'
import { silentLog } from '../src/log.ts'
import { createNodes } from '../src/nodes/nodes.ts'
import { openStore } from '../src/store/open-store.ts'
import { systemClock } from '../src/time/clock.ts'
import { makeCertificates } from './certificates.ts'
import { openChild } from './child.ts'
import { type PostgresServer, postgresPrograms, startPostgres } from './postgres-server.ts'
import { type RedisServer, redisServerProgram, startRedis } from './redis-server.ts'

/* A PostgreSQL and a Redis across machines are spoken to by TLS, and only where they are who they say. */

describe.skipIf(!postgresPrograms || !redisServerProgram)('T37 TLS to database and Redis', () => {
  let certificates: ReturnType<typeof makeCertificates>
  let postgres: PostgresServer
  let redis: RedisServer
  let redisUrl: string
  beforeAll(async () => {
    certificates = makeCertificates()
    const { certificate, key } = certificates
    postgres = await startPostgres({ ssl: 'on', ssl_cert_file: certificate, ssl_key_file: key })
    const tlsPort = await freePort()
    redis = await startRedis([
      ...['--tls-port', String(tlsPort), '--tls-auth-clients', 'no'],
      ...['--tls-cert-file', certificate, '--tls-key-file', key],
      ...['--tls-ca-cert-file', certificates.authority],
      ...['--user', 'beckon', 'on', '>secret', '~beckon:*', '&beckon:*', '+@all', '-@dangerous'],
    ])
    redisUrl = `rediss://beckon:secret@127.0.0.1:${tlsPort}`
  })
  afterAll(async () => {
    await postgres?.stop()
    await redis?.stop()
    certificates?.remove()
  })

  const open = (databaseUrl: string) =>
    openStore({ dataDir: '', databaseUrl, clock: systemClock, onlyNode: false })

  test('T37 a certificate nobody vouches for stops the start with a sentence', async () => {
    const databaseUrl = await postgres.database()
    for (const mode of ['require', 'verify-full']) {
      await expect(open(`${databaseUrl}?sslmode=${mode}`)).rejects.toThrow(
        /^No safe connection to beckon_1 on 127.*sslrootcert=FILE/,
      )
    }
    await (await open(`${databaseUrl}?sslmode=no-verify`)).close()
    const node = createNodes({ redisUrl, installation: 'tls', log: silentLog })
    await expect(node.start(60_000)).rejects.toThrow(
      /^No safe connection to Redis at 127.*NODE_EXTRA_CA_CERTS=FILE/,
    )
    await node.stop()
  })

  test('T37 with their authority named, every connection to both is one of TLS', async () => {
    const databaseUrl = await postgres.database()
    const { authority } = certificates
    await using child = await openChild(
      'http://127.0.0.1:5999',
      `${databaseUrl}?sslmode=verify-full&sslrootcert=${authority}`,
      { REDIS_URL: redisUrl, NODE_EXTRA_CA_CERTS: authority },
    )
    expect(await (await fetch(`${child.base}/metrics`)).text()).toContain('beckon_redis_up 1')
    const connections = await postgres.ask(
      `select ssl from pg_stat_ssl join pg_stat_activity using (pid)
        where application_name like 'beckon-%'`,
    )
    expect(connections.length).toBeGreaterThan(2)
    expect(new Set(connections.map(({ ssl }) => ssl))).toEqual(new Set([true]))
  })
})
