import type { Identity, IpMode, VerifiedIdentity, VisitorId, VisitRow } from '@beckon/protocol'
import { storedIp } from './address.ts'

export type Known = {
  displayName?: string | undefined
  username?: string | undefined
  email?: string | undefined
  ip?: string | undefined
  visitorId: VisitorId
  /** What the website signed. */
  person?: Pick<VerifiedIdentity, 'name' | 'username' | 'email'> | undefined
}

/**
 * Who a visitor is to an agent (S19): display name, else username, else e-mail, else IP address,
 * else a code that is at least the same all through the visit. What is signed comes before what a
 * page says, and nothing else is marked as verified (T34).
 */
export function identityOf(known: Known): Identity {
  const { person } = known
  const rungs = [
    ['displayname', person?.name, true],
    ['username', person?.username, true],
    ['email', person?.email, true],
    ['displayname', known.displayName, false],
    ['username', known.username, false],
    ['email', known.email, false],
    ['ip', known.ip, false],
    ['code', visitorCode(known.visitorId), false],
  ] as const
  const having = rungs
    .map(([rung, text, verified]) => ({ rung, text: legible(text), verified }))
    .filter(({ text }) => text !== '')
  const [first] = having
  const second = having.find(({ text }) => text !== first?.text)
  const identity: Identity = {
    rung: first?.rung ?? 'code',
    text: first?.text ?? '',
    verified: first?.verified ?? false,
  }
  // Beside a name the code would be noise; beside an address it tells apart those who share it, and
  // is what they are called where addresses are not kept whole.
  if (second && (second.rung !== 'code' || first?.rung === 'ip')) identity.next = second.text
  return identity
}

// Joiners stay: emoji and some scripts are written with them.
const UNSEEN = /[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const BREAKS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g

/**
 * What is left of a name that can be seen (T34), on one line: signs that turn the words beside them
 * around, or have no width, would make one visitor look like another or like nobody; a second line
 * would look like something Beckon says, in a mail for one.
 */
export const legible = (name: string | undefined): string =>
  name?.replaceAll(UNSEEN, '').replaceAll(BREAKS, ' ').trim() ?? ''

/**
 * The same as it may be written down (T28): the live row holds the full address, what is stored has
 * of it what the site's IP mode lets us keep. What is left of a masked one names nobody, as many
 * share it, and it would read like an address of its own: it stands beside the code.
 */
export function storedIdentity(
  { who, ip, visitorId }: Pick<VisitRow, 'who' | 'ip' | 'visitorId'>,
  mode: IpMode,
): Identity {
  const kept = storedIp(ip, mode)
  if (who.rung === 'ip') {
    if (kept === ip) return who
    const code = visitorCode(visitorId)
    return { rung: 'code', text: code, verified: who.verified, ...(kept && { next: kept }) }
  }
  if (ip === undefined || who.next !== ip) return who
  const { next: _, ...first } = who
  return kept ? { ...who, next: kept } : first
}

/** “Visitor 4F2A”: the tail of a UUIDv7 is random. */
export const visitorCode = (visitorId: VisitorId): string =>
  `Visitor ${visitorId.replaceAll('-', '').slice(-4).toUpperCase()}`
