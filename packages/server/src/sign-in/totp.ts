import type { Timestamp } from '@beckon/protocol'
import { Secret, TOTP } from 'otpauth'

/** What every authenticator app does without being asked: SHA-1, six digits, 30 seconds (RFC 6238). */
const PERIOD = 30
/** One step before and after: clocks of phones are a little off (T15). */
const AROUND = 1
const SECRET_BYTES = 20

export const newTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32

/** What a QR code says to an app. */
export const totpAddress = (account: { secret: string; issuer: string; label: string }): string =>
  new TOTP({ ...account, period: PERIOD }).toString()

/** The step a code belongs to, or undefined for one that is wrong now. Steps only ever grow. */
export function stepOf(secret: string, code: string, now: Timestamp): number | undefined {
  const token = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return undefined
  const delta = TOTP.validate({
    token,
    secret: Secret.fromBase32(secret),
    period: PERIOD,
    timestamp: now,
    window: AROUND,
  })
  return delta === null ? undefined : Math.floor(now / 1_000 / PERIOD) + delta
}
