import { createHash } from 'node:crypto'
import type { Site } from '../directory/directory.ts'
import { newToken } from '../ids.ts'
import { type Clock, days } from '../time/clock.ts'
import type { FirstCome } from './first-come.ts'

/** Of yesterday, and one that this node had to make alone. */
const KEPT = 3

/**
 * What bridges the pages of a visitor of whom nothing is stored: a hash whose salt lives in memory,
 * changes every day and is never written down.
 */
export function createPresenceKeys(clock: Clock, first: Pick<FirstCome, 'salt'>) {
  const salts: { day: number; salt: string; agreed: boolean }[] = []

  function put(day: number, salt: string, agreed: boolean): void {
    if (salts[0]?.day === day && salts[0].salt === salt) salts[0].agreed = agreed
    else salts.unshift({ day, salt, agreed })
    salts.length = Math.min(salts.length, KEPT)
  }

  /** Today's key first; yesterday's still finds who came before midnight. */
  return async (site: Site, caller: { ip: string; userAgent: string }): Promise<string[]> => {
    const day = Math.floor(clock.now() / days(1))
    if (salts[0]?.day !== day || !salts[0].agreed) {
      const asked = first.salt(day)
      if (asked) put(day, await asked, true)
      else if (salts[0]?.day !== day) put(day, newToken(), false)
    }
    return salts.map(({ salt }) =>
      createHash('sha256')
        .update(`${salt}\0${caller.ip}\0${caller.userAgent}\0${site.id}`)
        .digest('base64url'),
    )
  }
}
