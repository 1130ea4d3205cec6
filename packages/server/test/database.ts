import { type PostgresServer, postgresPrograms, startPostgres } from './postgres-server.ts'

/*
 * Which database the tests of the whole server run on: the embedded one, or with
 * BECKON_TEST_DATABASE=postgres a PostgreSQL that is started for the test file.
 */

export type TestDatabase = 'sqlite' | 'postgres'

export const testDatabase: TestDatabase =
  process.env.BECKON_TEST_DATABASE === 'postgres' ? 'postgres' : 'sqlite'

let server: Promise<PostgresServer> | undefined

/** The file's own server; it ends with the process. */
export const postgresServer = (): Promise<PostgresServer> => {
  if (!postgresPrograms) throw new Error('PostgreSQL is not installed.')
  server ??= startPostgres()
  return server
}

/** An empty database of its own, where the embedded one is not meant. */
export const newDatabaseUrl = async (on = testDatabase): Promise<string | undefined> =>
  on === 'postgres' ? (await postgresServer()).database() : undefined
