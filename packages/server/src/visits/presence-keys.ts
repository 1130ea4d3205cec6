import { createHash } from 'node:crypto'
import type { Site } from '../directory/directory.ts'
import { newToken } from '../ids.ts'
import { type Clock, days } from '../time/clock.ts'

/**
 * What bridges the pages of a visitor of whom nothing is stored: a hash whose salt lives in memory,
 * changes every day and is never written down.
 */
export function createPresenceKeys(clock: Clock) {
  const salts: { day: number; salt: string }[] = []

  /** Today's key first; yesterday's still finds who came before midnight. */
  return (site: Site, caller: { ip: string; userAgent: string }): string[] => {
    const day = Math.floor(clock.now() / days(1))
    if (salts[0]?.day !== day) {
      salts.unshift({ day, salt: newToken() })
      salts.length = Math.min(salts.length, 2)
    }
    return salts.map(({ salt }) =>
      createHash('sha256')
        .update(`${salt}\0${caller.ip}\0${caller.userAgent}\0${site.id}`)
        .digest('base64url'),
    )
  }
}
