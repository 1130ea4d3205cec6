/*
 * What several nodes share, for loads that are sent from outside: a PostgreSQL and a Redis that end
 * with the input. Says their addresses in a line of JSON.
 */
import { startPostgres } from '../postgres-server.ts'
import { startRedis } from '../redis-server.ts'

// As much as a small server of its own would be given.
const postgres = await startPostgres({ shared_buffers: '256MB', fsync: 'on' })
const redis = await startRedis()
process.stdout.write(
  `${JSON.stringify({ DATABASE_URL: await postgres.database(), REDIS_URL: redis.url })}\n`,
)
process.stdin.on('data', () => {})
process.stdin.on('end', async () => {
  await Promise.all([postgres.stop(), redis.stop()])
  process.exit(0)
})
