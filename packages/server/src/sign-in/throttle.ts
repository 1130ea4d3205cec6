import { createHash } from 'node:crypto'
import type { Timestamp } from '@beckon/protocol'
import { addressBlock } from '../http/client-ip.ts'
import type { Db, Tx } from '../store/store.ts'
import { days, minutes } from '../time/clock.ts'

/*
 * How often a password or a code may be guessed (T12, T15), or a mail asked for. Failures are
 * counted per account, per address block and per pair of them, in rows, so a restart forgets
 * nothing. A guess is counted before it is checked and taken back when it was right: a thousand at
 * once are no way around. A browser that has signed in to the account before is counted by itself
 * alone, so strangers cannot lock its owner out.
 */

const WINDOW = minutes(30)
const DEVICE_REMEMBERED = days(90)

const LIMITS = {
  account: 10,
  address: 10,
  pair: 5,
  device: 10,
  setup: 10,
  // T15: of a million codes three are right at any moment.
  code: 5,
  deviceCode: 5,
  proof: 10,
  // Mails asked for by whoever says an address.
  mailAccount: 3,
  mailAddress: 10,
} as const
type Kind = keyof typeof LIMITS

export type Bucket = { key: string; limit: number }

const digest = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 27)
const bucket = (kind: Kind, ...parts: string[]): Bucket => ({
  key: `${kind}:${digest(parts.join('\n'))}`,
  limit: LIMITS[kind],
})
const knownKey = (account: string, device: string) => `known:${digest(`${account}\n${device}`)}`

/** The buckets one guess counts in. */
export async function bucketsOf(
  db: Db,
  guess: { account: string; ip: string; device: string | undefined; now: Timestamp },
): Promise<Bucket[]> {
  const { account, device } = guess
  const block = addressBlock(guess.ip)
  const known = device && (await isKnown(db, knownKey(account, device), guess.now))
  if (device && known) return [bucket('device', account, device)]
  return [bucket('account', account), bucket('address', block), bucket('pair', account, block)]
}

/** The buckets one code of a second step counts in: a known browser has its own here as well. */
export async function codeBuckets(
  db: Db,
  guess: { account: string; device: string | undefined; now: Timestamp },
): Promise<Bucket[]> {
  const { account, device, now } = guess
  const known = device && (await isKnown(db, knownKey(account, device), now))
  return [device && known ? bucket('deviceCode', account, device) : bucket('code', account)]
}

/** A sign-in somebody else got hold of guesses alone. */
export const proofBuckets = (agentId: string, signInId: string): Bucket[] => [
  bucket('proof', agentId, signInId),
]

export const mailBuckets = (account: string, ip: string): Bucket[] => [
  bucket('mailAccount', account),
  bucket('mailAddress', addressBlock(ip)),
]

export const setupBuckets = (ip: string): Bucket[] => [bucket('setup', addressBlock(ip))]

const isKnown = async (db: Db, key: string, now: Timestamp): Promise<boolean> =>
  (await db
    .selectFrom('throttles')
    .select('until')
    .where('bucket', '=', key)
    .where('until', '>', now)
    .executeTakeFirst()) !== undefined

/** When the next guess is allowed, if it is not allowed now. */
export async function blockedUntil(
  db: Db | Tx,
  buckets: readonly Bucket[],
  now: Timestamp,
): Promise<Timestamp | undefined> {
  const rows = await db
    .selectFrom('throttles')
    .select(['bucket', 'failures', 'until'])
    .where(
      'bucket',
      'in',
      buckets.map((one) => one.key),
    )
    .where('until', '>', now)
    .execute()
  const full = rows.filter((row) => {
    const limit = buckets.find((one) => one.key === row.bucket)?.limit
    return limit !== undefined && row.failures >= limit
  })
  return full.length === 0 ? undefined : Math.max(...full.map((row) => row.until))
}

/** Counts one guess, unless it is not allowed: then says until when. */
export async function countGuess(
  tx: Tx,
  buckets: readonly Bucket[],
  now: Timestamp,
): Promise<Timestamp | undefined> {
  const until = await blockedUntil(tx, buckets, now)
  if (until !== undefined) return until
  for (const { key } of buckets) {
    await tx.deleteFrom('throttles').where('bucket', '=', key).where('until', '<=', now).execute()
    await tx
      .insertInto('throttles')
      .values({ bucket: key, failures: 1, until: now + WINDOW })
      .onConflict((conflict) =>
        conflict.column('bucket').doUpdateSet((eb) => ({
          failures: eb('throttles.failures', '+', 1),
        })),
      )
      .execute()
  }
  return undefined
}

/** The guess was right: it was none. */
export async function forgiveGuess(tx: Tx, buckets: readonly Bucket[]): Promise<void> {
  for (const { key } of buckets) {
    await tx
      .updateTable('throttles')
      .set((eb) => ({ failures: eb('failures', '-', 1) }))
      .where('bucket', '=', key)
      .where('failures', '>', 0)
      .execute()
  }
}

export async function rememberDevice(
  tx: Tx,
  device: { account: string; token: string; now: Timestamp },
): Promise<void> {
  const until = device.now + DEVICE_REMEMBERED
  await tx
    .insertInto('throttles')
    .values({ bucket: knownKey(device.account, device.token), failures: 0, until })
    .onConflict((conflict) => conflict.column('bucket').doUpdateSet({ until }))
    .execute()
}

export const forgetOld = (tx: Tx, now: Timestamp) =>
  tx.deleteFrom('throttles').where('until', '<=', now).execute()

/** How long a device cookie lasts: as long as the row behind it. */
export const DEVICE_COOKIE_MS = DEVICE_REMEMBERED
