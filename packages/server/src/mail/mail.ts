import type { Timestamp } from '@beckon/protocol'
import { days, minutes, seconds } from '../time/clock.ts'
import { oneLine } from './address.ts'

/* How often a mail is tried, and what an answer of the mail server means. Pure. */

/** Doubling from half a minute, 12 tries are about a day. */
const FIRST_PAUSE = seconds(30)
const TRIES = 12
/** Nobody else takes a mail over while it may still be under way. */
export const LEASE = minutes(3)
/** A mail server may take its time, but less than the lease. */
export const PATIENCE = minutes(2)
/** Texts that were never sent, and lines of the log, are kept this long. */
export const KEPT = days(30)

/** When to try again after so many tries, or that it has failed. `chance`: 0 to 1, so that a server that comes back is not met by all at once. */
export function nextTry(tries: number, now: Timestamp, chance: number): Timestamp | undefined {
  if (tries >= TRIES) return undefined
  const pause = FIRST_PAUSE * 2 ** (tries - 1)
  return now + Math.round(pause * (0.5 + chance / 2))
}

/** Why a try did not work, and whether another one may. */
export type Failure = { reason: string; final: boolean }

type SmtpError = { code?: unknown; responseCode?: unknown; response?: unknown; message?: unknown }

/** What the mail server, or the way to it, said. Never with what could be a secret. */
export function failureOf(error: unknown): Failure {
  const { code, responseCode, response, message } = (error ?? {}) as SmtpError
  const status = typeof responseCode === 'number' ? responseCode : undefined
  const said = typeof response === 'string' ? `: ${oneLine(response)}` : ''
  switch (code) {
    case 'EAUTH':
    case 'ENOAUTH':
    case 'EOAUTH2':
      return {
        reason: 'The mail server refuses our name and password. Check BECKON_SMTP_URL.',
        final: false,
      }
    case 'EDNS':
    case 'ENOTFOUND':
      return {
        reason: 'The name of the mail server is not known. Check BECKON_SMTP_URL.',
        final: false,
      }
    case 'ETLS':
      return { reason: `No safe connection to the mail server${shownAs(message)}`, final: false }
    case 'ECONNECTION':
    case 'ECONNREFUSED':
    case 'ESOCKET':
    case 'ETIMEDOUT':
      return { reason: `The mail server cannot be reached${shownAs(message)}`, final: false }
    case 'EENVELOPE':
    case 'EMESSAGE':
      return status !== undefined && status >= 500 && status < 600
        ? { reason: `The mail server refuses it${said}`, final: true }
        : { reason: `The mail server does not take it now${said}`, final: false }
    default:
      return { reason: `It could not be sent${said || shownAs(message)}`, final: false }
  }
}

const shownAs = (message: unknown): string =>
  typeof message === 'string' && message ? `: ${oneLine(message)}` : '.'
