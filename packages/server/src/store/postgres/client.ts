import pg from 'pg'
import { connectionString } from './address.ts'

/*
 * One connection to PostgreSQL, set up alike wherever it is used: numbers come as numbers, time is
 * limited on both sides, and a commit that was answered is on disk.
 */

/** A database that hangs is noticed within this (QUALITY R12). */
export const ANSWER_MS = 5_000
const KEEP_ALIVE_MS = 10_000

const INT8 = 20
const NUMERIC = 1700

/** Counters and moments are numbers everywhere; one that would lose digits is a fault, not a rounding. */
export function parseInt8(text: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number)) throw new RangeError(`${text} is more than a number can hold.`)
  return number
}

const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === INT8) return parseInt8
    // Sums of bigint.
    if (oid === NUMERIC) return Number
    return pg.types.getTypeParser(oid, format as 'text')
  },
} as pg.CustomTypesConfig

export type ClientOptions = {
  databaseUrl: string
  /** How the connection is called in pg_stat_activity. */
  name: string
  /** Statements are sent without waiting for the answers before. */
  pipeline?: boolean
  /** Migrations may take as long as they take. */
  unlimited?: boolean
}

export const clientConfig = ({ databaseUrl, name, pipeline, unlimited }: ClientOptions) => ({
  connectionString: connectionString(databaseUrl),
  application_name: name,
  connectionTimeoutMillis: ANSWER_MS,
  keepAlive: true,
  keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
  types,
  ...(pipeline && { pipeline }),
  ...(!unlimited && { query_timeout: ANSWER_MS }),
})

/** After connecting, not as startup parameters: poolers know none of those. */
export const settingsFor = (of: {
  readOnly?: boolean
  /** How long to wait for somebody else's row. */
  lockMs: number
  statementMs: number
}): string =>
  [
    `set statement_timeout = ${of.statementMs}`,
    `set lock_timeout = ${of.lockMs}`,
    `set idle_in_transaction_session_timeout = ${2 * ANSWER_MS}`,
    // A peer that vanished without a word lets go of its locks within half a minute.
    'set tcp_keepalives_idle = 10',
    'set tcp_keepalives_interval = 5',
    'set tcp_keepalives_count = 3',
    `set default_transaction_read_only = ${of.readOnly ? 'on' : 'off'}`,
    "select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'",
  ].join('; ')

export async function connect(options: ClientOptions, settings: string): Promise<pg.Client> {
  const client = new pg.Client(clientConfig(options))
  // Told to whoever waits for an answer; without a listener it would end the process.
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query(settings)
    return client
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
}
