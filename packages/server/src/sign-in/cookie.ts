import type { IncomingHttpHeaders } from 'node:http'
import { isHttps } from '../http/origin.ts'

/*
 * Cookies: who is signed in, which browser signed in before (T12: a stranger's guesses never lock
 * out a browser that knew the password), and, for some minutes, which browser has begun to sign in
 * with a code or a passkey, so that nobody can finish it elsewhere. Over https they carry the `__Host-` prefix;
 * plain http cannot, so there they have another name rather than a weaker promise under the same.
 */

type Over = { publicUrl?: string | undefined }
type Kind = 'sign-in' | 'device' | 'code' | 'passkey'

const NAMES = {
  'sign-in': { https: '__Host-beckon', http: 'beckon-http' },
  device: { https: '__Host-beckon-device', http: 'beckon-device-http' },
  code: { https: '__Host-beckon-code', http: 'beckon-code-http' },
  passkey: { https: '__Host-beckon-passkey', http: 'beckon-passkey-http' },
} as const

/** 32 bytes as base64url: anything else is not worth a look-up. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/

const nameOf = (kind: Kind, settings: Over) => NAMES[kind][isHttps(settings) ? 'https' : 'http']

function read(kind: Kind, headers: Pick<IncomingHttpHeaders, 'cookie'>, settings: Over) {
  const name = nameOf(kind, settings)
  for (const pair of (headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at < 0 || pair.slice(0, at).trim() !== name) continue
    const value = pair.slice(at + 1).trim()
    return TOKEN.test(value) ? value : undefined
  }
  return undefined
}

function write(kind: Kind, token: string, settings: Over & { maxAge: number }): string {
  const secure = isHttps(settings) ? '; Secure' : ''
  const age = `Max-Age=${Math.floor(settings.maxAge / 1_000)}`
  return `${nameOf(kind, settings)}=${token}; Path=/; ${age}; HttpOnly; SameSite=Strict${secure}`
}

/** The sign-in token of a request or a WebSocket upgrade; hand it to `signIns.actorOf`. */
export const readSignInCookie = (
  headers: Pick<IncomingHttpHeaders, 'cookie'>,
  settings: Over,
): string | undefined => read('sign-in', headers, settings)

export const readDeviceCookie = (
  headers: Pick<IncomingHttpHeaders, 'cookie'>,
  settings: Over,
): string | undefined => read('device', headers, settings)

/** What a browser has begun: `code` and `passkey`. */
export const readStepCookie = (
  kind: 'code' | 'passkey',
  headers: Pick<IncomingHttpHeaders, 'cookie'>,
  settings: Over,
): string | undefined => read(kind, headers, settings)

/** Without a token the cookie goes. */
export const stepCookie = (
  kind: 'code' | 'passkey',
  step: { token: string; maxAge: number } | undefined,
  settings: Over,
): string => write(kind, step?.token ?? '', { ...settings, maxAge: step?.maxAge ?? 0 })

export const signInCookie = (token: string, settings: Over & { maxAge: number }): string =>
  write('sign-in', token, settings)

export const deviceCookie = (token: string, settings: Over & { maxAge: number }): string =>
  write('device', token, settings)

export const noSignInCookie = (settings: Over): string =>
  write('sign-in', '', { ...settings, maxAge: 0 })
