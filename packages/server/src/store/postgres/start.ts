import type pg from 'pg'
import { placeOf } from './address.ts'

/** pg_xact_status, which tells what became of a COMMIT nobody answered. */
const OLDEST = 13

/** Stops the start with a sentence where the server cannot keep what Beckon promises. */
export async function checkServer(client: pg.Client, log: Log): Promise<void> {
  const { rows } = await client.query(
    `select current_setting('server_version_num')::int as version, pg_is_in_recovery() as standby,
      current_setting('server_encoding') as encoding, current_setting('fsync') as fsync`,
  )
  const { version, standby, encoding, fsync } = rows[0] as {
    version: number
    standby: boolean
    encoding: string
    fsync: string
  }
  if (version < OLDEST * 10_000) {
    throw new StartFault(
      `The database is PostgreSQL ${Math.floor(version / 10_000)}; Beckon needs ${OLDEST} or newer.`,
    )
  }
  if (encoding !== 'UTF8') {
    throw new StartFault(
      `The database is encoded as ${encoding}, which has no place for most of the world's writing. Make one with: create database beckon encoding 'UTF8' template template0.`,
    )
  }
  if (standby) {
    throw new StartFault('The database is a standby, which takes no changes. Name its primary.')
  }
  if (fsync === 'off') {
    log.warn({}, 'the database runs with fsync off: a power cut may lose what was acknowledged')
  }
}

type Log = { warn(fact: object, message: string): void }

/** A sentence for whoever starts the server. */
export class StartFault extends Error {}

/** What stops the start, without the password; undefined where waiting may help. */
export function startFault(error: unknown, databaseUrl: string): StartFault | undefined {
  if (error instanceof StartFault) return error
  const place = placeOf(databaseUrl)
  const code = (error as { code?: unknown }).code
  const { message } = error as Error
  if (code === '28P01' || code === '28000') {
    return new StartFault(
      `PostgreSQL refuses the name or password for ${place}: ${message}. Check DATABASE_URL.`,
    )
  }
  if (code === '3D000') {
    return new StartFault(`PostgreSQL has no such database: ${place}. Create it first.`)
  }
  if (code === '42501') {
    return new StartFault(
      `The account in DATABASE_URL may not make tables in ${place}: ${message}. Let it own the database, or grant it create on the schema.`,
    )
  }
  if (/certificate|self.signed|SSL|TLS/i.test(message)) {
    return new StartFault(
      `No safe connection to ${place}: ${message}. Name the server's authority with sslrootcert=FILE in DATABASE_URL, or trust any certificate with sslmode=no-verify.`,
    )
  }
  return undefined
}

export const unreachable = (error: unknown, databaseUrl: string): Error =>
  new Error(
    `PostgreSQL cannot be reached (${placeOf(databaseUrl)}): ${messageOf(error)}. Start it, or check DATABASE_URL.`,
    { cause: error },
  )

const messageOf = (error: unknown): string => {
  // Node tries every address of a name, and says nothing where all of them fail.
  const first = error instanceof AggregateError ? error.errors[0] : error
  return first instanceof Error ? first.message : String(first)
}
