import { type IdentityProblem, LIMITS } from '@beckon/protocol'
import { decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose'

/** Who a website's server has signed that its visitor is. */
export type Vouched = {
  subject: string
  name: string | undefined
  username: string | undefined
  email: string | undefined
}

export type Checked<Key> =
  | { ok: true; vouched: Vouched; key: Key }
  | { ok: false; problem: IdentityProblem }

/** Clocks of two servers are never quite the same. */
const CLOCKS_APART_SECONDS = 60

/**
 * Checks an identity token: a JWT signed with HMAC SHA-256 under one of the site's keys, which says
 * for whom it is (`sub`) and until when it may be used (`exp`). Another algorithm proves nothing.
 */
export async function checkToken<Key extends { secret: Uint8Array }>(
  token: string,
  { keys, now }: { keys: readonly Key[]; now: number },
): Promise<Checked<Key>> {
  const wrong = (problem: IdentityProblem) => ({ ok: false, problem }) as const
  if (keys.length === 0) return wrong('no_identity_key')
  if (!readable(token)) return wrong('token_malformed')
  for (const key of keys) {
    try {
      const { payload } = await jwtVerify(token, key.secret, {
        algorithms: ['HS256'],
        clockTolerance: CLOCKS_APART_SECONDS,
        currentDate: new Date(now),
      })
      if (payload.exp === undefined) return wrong('token_without_expiry')
      const vouched = vouchedBy(payload)
      return vouched ? { ok: true, vouched, key } : wrong('token_without_subject')
    } catch (error) {
      if (error instanceof errors.JWTExpired) return wrong('token_expired')
      if (error instanceof errors.JWSSignatureVerificationFailed) continue
      if (error instanceof errors.JOSEAlgNotAllowed) return wrong('token_not_signed')
      return wrong('token_malformed')
    }
  }
  return wrong('token_not_signed')
}

function readable(token: string): boolean {
  try {
    decodeJwt(token)
    return true
  } catch {
    return false
  }
}

function vouchedBy(payload: JWTPayload): Vouched | undefined {
  const text = (value: unknown, most: number) =>
    typeof value === 'string' || typeof value === 'number'
      ? `${value}`.trim().slice(0, most) || undefined
      : undefined
  // A subject that were cut could be somebody else's.
  const subject = text(payload.sub, LIMITS.subjectCharacters + 1)
  if (subject === undefined || subject.length > LIMITS.subjectCharacters) return undefined
  return {
    subject,
    name: text(payload.name, 120),
    username: text(payload.username ?? payload.preferred_username, 120),
    email: text(payload.email, 254),
  }
}

/** For whoever builds the page; without anything from the token (T35). */
export const PROBLEM_SENTENCES: Record<IdentityProblem, string> = {
  no_identity_key:
    'the site has no identity key. Make one in Beckon under Settings, Sites, Verified identity.',
  token_not_signed:
    'the token is not signed with a key of this site (HS256). Was it made for another site, or with a key that was revoked?',
  token_expired: 'the token has expired. Make a new one for every page.',
  token_malformed: 'the token is not a JWT that may be used now.',
  token_without_expiry: 'the token has no “exp”. Let it end after an hour at most.',
  token_without_subject:
    'the token has no “sub”, or one above 200 characters: your own id of the person.',
}
